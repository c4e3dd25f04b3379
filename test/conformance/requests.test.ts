import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { iam } from '../../src/sandbox/aws/iam/service.ts';
import { lambda } from '../../src/sandbox/aws/lambda/service.ts';
import { logs } from '../../src/sandbox/aws/logs/service.ts';
import { s3 } from '../../src/sandbox/aws/s3/service.ts';
import { sts } from '../../src/sandbox/aws/sts.ts';
import { openProgram } from '../support/program.ts';
import { faultsOf } from './model-faults.ts';
import { models } from './models.ts';

/** One command as it was given to an SDK's client, and what came of it. */
interface Sent {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly output?: object;
}

const SERVICES: Readonly<Record<string, string>> = { 'CloudWatch Logs': 'logs' };
const sent: Sent[] = [];

interface AnyClient {
  readonly config: { readonly serviceId: string };
  send(command: { readonly input: object }, options?: object): Promise<object>;
}

/** Everything that all of AWS's clients send passes here. */
const client: AnyClient = Object.getPrototypeOf(S3Client.prototype);
const send = client.send;

beforeAll(async () => {
  vi.spyOn(client, 'send').mockImplementation(async function (this: AnyClient, command, options) {
    const { serviceId } = this.config;
    const service = SERVICES[serviceId] ?? serviceId.toLowerCase();
    const request = { service, operation: command.constructor.name.replace(/Command$/, ''), input: command.input };
    try {
      const output = await send.call(this, command, options);
      sent.push({ ...request, output });
      return output;
    } catch (error) {
      sent.push(request);
      throw error;
    }
  });
  const program = await openProgram();
  for (const argv of [
    ['install'],
    ['status'],
    ['install', '--bucket-tag', 'Other', '--log-retention-days', '7', '--runtime', 'nodejs22.x'],
    ['install', '--payment-prefix', 'other', '--bucket', 'another-bucket'],
    ['rollback'],
    ['uninstall', '--drain', '0'],
  ])
    expect((await program.inSandbox(...argv)).exit, argv.join(' ')).toBe(0);
  await program.close();
});
afterAll(() => vi.restoreAllMocks());

const modelOf = (service: string) => {
  const model = models.get(service);
  if (!model) throw new Error(`There is no model of ${service}.`);
  return model;
};

test('whatever we ask of AWS is as its own models say', () => {
  expect(sent.length).toBeGreaterThan(100);
  expect(new Set(sent.map(({ service }) => service))).toEqual(new Set(models.keys()));
  const faults = sent.flatMap(({ service, operation, input }) => {
    const shape = modelOf(service).operations[operation]?.input?.shape;
    if (!shape) return Object.keys(input).length > 0 ? [`${operation} takes nothing`] : [];
    return faultsOf(modelOf(service), shape, input, operation);
  });
  expect([...new Set(faults)]).toEqual([]);
});

test('whatever the sandbox answers is as the models say', () => {
  const faults = sent.flatMap(({ service, operation, output }) => {
    const shape = modelOf(service).operations[operation]?.output?.shape;
    if (!shape || !output) return [];
    const { $metadata: _, ...members } = { $metadata: {}, ...output };
    return faultsOf(modelOf(service), shape, members, operation);
  });
  expect([...new Set(faults)]).toEqual([]);
});

test('a request that is not as the models say would be noticed', () => {
  const create = (input: object) => faultsOf(modelOf('iam'), 'CreateRoleRequest', input, 'CreateRole');
  const good = { RoleName: 'a', AssumeRolePolicyDocument: '{}', Tags: [{ Key: 'a', Value: '' }] };
  expect(create(good)).toEqual([]);
  expect(create({ RoleName: 'a b', Colour: 1 })).toEqual([
    'CreateRole.AssumeRolePolicyDocument is missing',
    expect.stringMatching(/^CreateRole\.RoleName: a b does not fit/),
    'CreateRole.Colour is unknown',
  ]);
  expect(create({ ...good, RoleName: 'x'.repeat(65), Tags: [{ Key: '' }] })).toEqual([
    'CreateRole.RoleName: 65 is not within 1 and 64',
    'CreateRole.Tags[0].Value is missing',
    'CreateRole.Tags[0].Key: 0 is not within 1 and 128',
    expect.stringMatching(/^CreateRole\.Tags\[0\]\.Key: {2}does not fit/),
  ]);
});

/** The sandbox serves the code of a function itself, where AWS has S3 do it. */
const OWN = ['GetFunctionCode'];
const rows = Object.entries({ s3, iam, sts, lambda, logs }).flatMap(([service, { operations }]) =>
  operations
    .filter(({ operation }) => !OWN.includes(operation))
    .map(({ operation, route }) => ({ service, operation, route })),
);
/** What parameters are called is nobody's business but the one's who reads them. */
const withoutNames = (route: string) => route.replace(/\{\w+(\+?)\}/g, '{$1}').replace(/\/(?=\?|$)/, '');

/** What the query must have anyway: to the model a member of the input, to the sandbox a part of the route. */
function mustBeAsked(service: string, operation: string): RegExp {
  const { operations, shapes } = modelOf(service);
  const { required = [], members = {} } = shapes[operations[operation]?.input?.shape ?? ''] ?? {};
  const asked = required.filter((name) => members[name]?.location === 'querystring');
  return new RegExp(`[?&](${asked.map((name) => members[name]?.locationName).join('|') || '$^'})$`);
}

describe('every operation of the sandbox is one of AWS, and is found where AWS has it', () => {
  test.each(rows)('$service $operation', ({ service, operation, route }) => {
    const known = modelOf(service).operations[operation];
    expect(known).toBeDefined();
    if (service !== 's3' && service !== 'lambda') return;
    expect(withoutNames(route.replace(mustBeAsked(service, operation), ''))).toBe(
      withoutNames(`${known?.http.method} ${known?.http.requestUri}`),
    );
  });
});
