import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { parseContract, readContract } from './contract.ts';
import { faultsIn } from './faults.ts';

const document = {
  swagger: '2.0',
  paths: {
    '/api/v2/things': {
      post: {
        operationId: 'postThings',
        parameters: [
          { in: 'query', name: 'size', type: 'integer' },
          { in: 'query', name: 'kind', type: 'array', items: { enum: ['big', 'small'] } },
          { in: 'query', name: 'deep', type: 'boolean', enum: ['true', 'false'] },
          { in: 'query', name: 'owner', type: 'string', required: true },
          { in: 'body', name: 'body', required: true, schema: { $ref: '#/definitions/Thing' } },
        ],
        responses: {
          200: { schema: { $ref: '#/definitions/Thing' } },
          204: {},
          400: { schema: { $ref: '#/definitions/Problem' }, errorCodes: ['bad.thing'] },
        },
      },
    },
  },
  definitions: {
    Thing: {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
    },
    Problem: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
  },
};
const faultsOf = faultsIn(parseContract(document));

interface Told {
  readonly operation?: string;
  readonly service?: string;
  readonly route?: string;
  readonly query?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly byHand?: string;
  readonly sent?: unknown;
  readonly status?: number;
  readonly answered?: unknown;
}

/** An exchange with which all is well, but for what is told otherwise. */
function exchangeOf(told: Told): Exchange {
  const { operation = 'postThings', service = 'genesys', route = 'POST /api/v2/things', query = 'owner=me' } = told;
  const { status = 200, answered = { id: '1', name: 'a' }, path = {}, byHand } = told;
  const body = 'sent' in told ? told.sent : { name: 'a' };
  const url = new URL(`http://localhost/api/v2/things?${query}`);
  const text = answered === null ? '' : JSON.stringify(answered);
  const row = { operation, service, route, permission: [], write: true, handle: () => ({ status }) };
  return {
    entry: { n: 1, at: 0, service, operation, method: 'POST', path: '/api/v2/things', write: true, committed: true },
    incoming: { method: 'POST', url, headers: byHand ? { 'x-by-hand': byHand } : {}, bytes: new Uint8Array(), now: 0 },
    matched: { operation: row, path, query: url.searchParams, body },
    sent: { status, headers: { 'content-type': 'application/json' }, bytes: Buffer.from(text) },
  };
}

test.each<[string, Told]>([
  ['a thing without what the vendor sets', {}],
  ['parameters with values that they have', { query: 'owner=me&size=10&kind=big,small' }],
  ['an answer without a body', { status: 204, answered: null }],
  ['what a test words and is refused', { byHand: 'yes', status: 400, sent: 1, answered: { code: 'bad.thing' } }],
  ['what a test calls wrong', { byHand: 'wrong', query: 'colour=red' }],
  ['another service', { service: 's3', operation: 'CreateBucket', answered: 1 }],
])('nothing is wrong with %s', (_, told) => {
  expect(faultsOf(exchangeOf(told))).toEqual([]);
});

test.each<[string, Told, string]>([
  ['an operation', { operation: 'postStuff' }, 'not in the contract'],
  ['a route', { route: 'POST /api/v2/thing' }, 'its route is POST /api/v2/thing'],
  ['a status', { status: 500 }, 'no such status'],
  ['a code', { status: 400, answered: { code: 'other' } }, 'the code other'],
  ['a refusal without a code', { status: 400, answered: {} }, 'the code none'],
  ['an answer without a required member', { answered: { name: 'a' } }, "required property 'id'"],
  ['an answer with a member that is not known', { answered: { id: '1', name: 'a', size: 1 } }, 'additional properties'],
  ['an answer without a body', { answered: null }, 'must be object'],
  ['a body where there is none', { status: 204 }, 'it has a body'],
  ['a parameter that is not known', { query: 'owner=me&colour=red' }, 'the parameter colour'],
  ['a parameter of another type', { query: 'owner=me&size=ten' }, 'the parameter size is ten'],
  ['a parameter with no such value', { query: 'owner=me&kind=big,huge' }, 'the parameter kind is huge'],
  ['a parameter that is missing', { query: '' }, 'the parameter owner is missing'],
  ['a request without a required member', { sent: {} }, "the request: data must have required property 'name'"],
  ['a request with a member that is not known', { sent: { name: 'a', size: 1 } }, 'additional properties'],
  ['a request that is refused', { status: 400, sent: {}, answered: { code: 'bad.thing' } }, "property 'name'"],
  ['what a test words and is taken', { byHand: 'yes', sent: {} }, "property 'name'"],
  ['a path without its value', { path: { thingId: 'undefined' } }, 'the path has undefined for thingId'],
  ['a path that was not filled in', { path: { thingId: '{thingId}' } }, 'the path has {thingId} for thingId'],
  ['a request without a body', { sent: undefined }, 'the request has no body'],
])('%s that is wrong is found', (_, told, fault) => {
  expect(faultsOf(exchangeOf(told)).join()).toContain(fault);
});

describe('a contract', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eo-contract-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fileOf = (text: string): string => {
    const file = join(folder, 'contract.json');
    writeFileSync(file, text);
    return file;
  };

  test('is read from its file', () => {
    expect([...readContract(fileOf(JSON.stringify(document))).operations.keys()]).toEqual(['postThings']);
  });

  test.each([
    ['is not named', () => undefined, 'GENESYS_CONTRACT is not set'],
    ['is named by nothing', () => '', 'GENESYS_CONTRACT is not set'],
    ['is not there', () => join(folder, 'none.json'), 'ENOENT'],
    ['is no JSON', () => fileOf('openapi: 3.0.0'), 'is no Swagger 2.0 description'],
    ['is of another kind', () => fileOf('{"openapi":"3.0.0"}'), 'is no Swagger 2.0 description'],
    ['describes nothing', () => fileOf(JSON.stringify({ ...document, paths: {} })), 'describes no operation'],
  ])('that %s is refused', (_, file, message) => {
    expect(() => readContract(file())).toThrow(message);
  });
});
