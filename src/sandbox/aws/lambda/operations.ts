import * as z from 'zod';
import type { Reply, Request } from '../../contract.ts';
import { depart } from '../../departed.ts';
import { SEED } from '../../seed.ts';
import type { World } from '../../world.ts';
import type { AccessKey } from '../access-keys.ts';
import { type AwsOperation, placeOf } from '../operation.ts';
import { presign } from '../presign.ts';
import { createFunction } from './create-function.ts';
import { passRole } from './execution-role.ts';
import { configuration, createBody, tags, updateCodeBody } from './members.ts';
import { type FunctionRecord, functionArn, functionOf, leavingFunction, nameOf, showFunction } from './record.ts';
import { lambdaRow } from './row.ts';
import { updateCode, updateConfiguration } from './update-function.ts';

const FUNCTION = '/2015-03-31/functions/{name}';

function get(world: World, request: Request): Reply {
  const record = leavingFunction(world, request) ?? functionOf(world, request);
  const Code = { RepositoryType: 'S3', Location: locationOf(world, request, record) };
  const { Tags } = record;
  const tags = Object.keys(Tags).length > 0 ? { Tags } : {};
  return { status: 200, body: { Configuration: showFunction(record, request), Code, ...tags } };
}

/** An address for the zip that needs no key, for ten minutes. */
function locationOf(world: World, { origin, now }: Request, { FunctionName }: FunctionRecord): string {
  const secretAccessKey = world.get<AccessKey>('access-keys', SEED.accessKeyId)?.secretAccessKey ?? '';
  return presign({
    origin,
    path: FUNCTION.replace('{name}', `${FunctionName}/code`),
    accessKeyId: SEED.accessKeyId,
    secretAccessKey,
    region: placeOf(world).region,
    service: 'lambda',
    now,
    seconds: 600,
  });
}

function list(world: World, request: Request): Reply {
  const { query } = request;
  const all = world.list<FunctionRecord>('functions').toSorted((a, b) => (a.FunctionName < b.FunctionName ? -1 : 1));
  const after = Buffer.from(query.get('Marker') ?? '', 'base64').toString();
  const rest = all.filter(({ FunctionName }) => FunctionName > after);
  const page = rest.slice(0, Math.min(Number(query.get('MaxItems') ?? '50') || 50, 50));
  const last = page.length < rest.length ? page.at(-1) : undefined;
  const next = last ? { NextMarker: Buffer.from(last.FunctionName).toString('base64') } : {};
  return { status: 200, body: { Functions: page.map((one) => showFunction(one, request)), ...next } };
}

/** Functions: made, shown, changed and deleted. */
export const functionOperations: readonly AwsOperation[] = [
  lambdaRow({
    operation: 'CreateFunction',
    route: 'POST /2015-03-31/functions',
    body: createBody,
    also: (place, { body }) => [
      ...passRole(body.Role),
      ...(body.Tags ? [{ action: 'lambda:TagResource', resource: functionArn(place, body.FunctionName) }] : []),
    ],
    handle: createFunction,
  }),
  lambdaRow({ operation: 'GetFunction', route: `GET ${FUNCTION}`, handle: get }),
  lambdaRow({
    operation: 'GetFunctionConfiguration',
    route: `GET ${FUNCTION}/configuration`,
    handle: (world, request) => ({ status: 200, body: showFunction(functionOf(world, request), request) }),
  }),
  lambdaRow({
    // What the Location of GetFunction leads to; AWS keeps the zips in a bucket of its own.
    operation: 'GetFunctionCode',
    permission: ['lambda:GetFunction'],
    route: `GET ${FUNCTION}/code`,
    handle: (world, request) => ({ status: 200, body: Buffer.from(functionOf(world, request).zip, 'base64') }),
  }),
  lambdaRow({ operation: 'ListFunctions', route: 'GET /2015-03-31/functions', resource: () => '*', handle: list }),
  lambdaRow({
    operation: 'UpdateFunctionCode',
    route: `PUT ${FUNCTION}/code`,
    body: updateCodeBody,
    handle: updateCode,
  }),
  lambdaRow({
    operation: 'UpdateFunctionConfiguration',
    route: `PUT ${FUNCTION}/configuration`,
    body: configuration,
    also: (_place, { body }) => passRole(body.Role),
    handle: updateConfiguration,
  }),
  lambdaRow({
    operation: 'DeleteFunction',
    route: `DELETE ${FUNCTION}`,
    handle: (world, request) => {
      depart(world, 'functions', functionOf(world, request).FunctionName, 'function.gone', request);
      return { status: 200 };
    },
  }),
];

const tagsRoute = '/2017-03-31/tags/{name}';
const tagged = (world: World, { path }: Request<unknown>) =>
  functionOf(world, { path: { name: nameOf(world, path['name'] ?? '') }, query: new URLSearchParams() });

/** The tags of functions. */
export const functionTagOperations: readonly AwsOperation[] = [
  lambdaRow({
    operation: 'ListTags',
    route: `GET ${tagsRoute}`,
    handle: (world, request) => ({ status: 200, body: { Tags: tagged(world, request).Tags } }),
  }),
  lambdaRow({
    operation: 'TagResource',
    route: `POST ${tagsRoute}`,
    body: z.object({ Tags: tags }),
    handle: (world, request) => {
      const record = tagged(world, request);
      const Tags = { ...record.Tags, ...request.body.Tags };
      world.put<FunctionRecord>('functions', record.FunctionName, { ...record, Tags });
      return { status: 204 };
    },
  }),
  lambdaRow({
    operation: 'UntagResource',
    route: `DELETE ${tagsRoute}`,
    handle: (world, request) => {
      const record = tagged(world, request);
      const keys = request.query.getAll('tagKeys');
      const Tags = Object.fromEntries(Object.entries(record.Tags).filter(([key]) => !keys.includes(key)));
      world.put<FunctionRecord>('functions', record.FunctionName, { ...record, Tags });
      return { status: 204 };
    },
  }),
];
