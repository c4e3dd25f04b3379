import { randomUUID } from 'node:crypto';
import { type Incoming, type Protocol, Refusal } from '../contract.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { iam } from './iam/service.ts';
import { lambda } from './lambda/service.ts';
import { refusePages } from './local-only.ts';
import { logs } from './logs/service.ts';
import type { AwsOperation, AwsService } from './operation.ts';
import { s3 } from './s3/service.ts';
import { signatureOf } from './sigv4.ts';
import { sts } from './sts.ts';

const services: ReadonlyMap<string, AwsService> = new Map(Object.entries({ s3, iam, sts, lambda, logs }));
const rows: ReadonlyMap<object, AwsOperation> = new Map(
  [...services.values()].flatMap(({ operations }) => operations.map((row) => [row, row] as const)),
);

/** The service that a request was signed for; its refusals are worded by it, or as S3 would where there is none. */
const serviceOf = (incoming: Incoming): AwsService => services.get(signatureOf(incoming)?.service ?? '') ?? s3;

/** Throws unless the request says properly who signed it, and for a service that is there. */
function checkScope(incoming: Incoming): void {
  const service = signatureOf(incoming)?.service;
  if (service !== undefined && services.has(service)) return;
  const why = service === undefined ? 'it cannot be read' : `the service '${service}' is not one of the sandbox`;
  throw new Refusal(400, 'AuthorizationHeaderMalformed', `The authorization header is malformed; ${why}.`);
}

/** AWS as the sandbox has it: one address for every service, told apart by what a request was signed for. */
export const aws: Protocol = {
  claims: ({ url, headers }) =>
    (headers['authorization'] ?? '').startsWith('AWS4-HMAC-SHA256') || url.searchParams.has('X-Amz-Credential'),
  match: (incoming) => {
    refusePages(incoming);
    checkScope(incoming);
    return serviceOf(incoming).match(incoming);
  },
  authenticate,
  authorize: (world, operation, request) => {
    const row = rows.get(operation);
    if (!row) throw new TypeError(`${operation.operation} is in no table`);
    authorize(world, row, request);
  },
  render: (incoming, matched, reply) => serviceOf(incoming).render(matched, reply, randomUUID()),
  refuse: (incoming, _matched, refusal) => serviceOf(incoming).refuse(incoming, refusal, randomUUID()),
};
