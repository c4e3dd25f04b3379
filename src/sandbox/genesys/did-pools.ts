import * as z from 'zod';
import { type Operation, Refusal, type Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { type DidPoolRecord, isInPool, livePools, overlap, PHONE_NUMBER, sizeOf } from './did-pool-record.ts';
import { domainMembers, timesOf } from './domain-object.ts';
import { notFound, staleVersion } from './error-body.ts';
import { divisionRef } from './flow-record.ts';
import { holdingIvrs } from './ivr-record.ts';
import { organizationOf } from './organization.ts';
import { page } from './paging.ts';
import { listOf, sortedBy, wordOf } from './query-values.ts';
import { row } from './row.ts';

const URI = '/api/v2/telephony/providers/edges/didpools';
const PERMISSION = ['telephony:plugin:all'];
/** More numbers than this are not one pool, here. */
const MOST_NUMBERS = 100_000n;

const poolSchema = z.strictObject({
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  comments: z.string().optional(),
  startPhoneNumber: z.string(),
  endPhoneNumber: z.string(),
  provider: z.enum(['PURE_CLOUD', 'PURE_CLOUD_VOICE']).optional(),
  version: z.int().optional(),
  division: z.looseObject({ id: z.string() }).optional(),
  ...domainMembers,
});
type PoolBody = z.infer<typeof poolSchema>;

/** Ranges of phone numbers, of which no two overlap. */
export const didPoolOperations: readonly Operation[] = [
  row({
    operation: 'getTelephonyProvidersEdgesDidpools',
    route: `GET ${URI}`,
    permission: PERMISSION,
    handle: (world, { query, passed }) => {
      const ids = listOf(query, 'id');
      const found = livePools(world)
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .filter(({ id, createdAt }) => passed('genesys.listed', createdAt, id));
      const sortBy = wordOf(query, 'sortBy', ['number', 'name']);
      const sorted = sortedBy(found, (pool) => (sortBy === 'name' ? pool.name : pool.startPhoneNumber), false);
      const { entities, ...paging } = page(sorted, { uri: URI, query });
      return { status: 200, body: { entities: entities.map((pool) => describe(world, pool)), ...paging } };
    },
  }),
  row({
    operation: 'postTelephonyProvidersEdgesDidpools',
    route: `POST ${URI}`,
    permission: PERMISSION,
    body: poolSchema,
    handle: (world, { body, now, caller }) => {
      const content = contentOf(world, body);
      checkFree(world, content);
      const id = world.uuid();
      const times = { createdAt: now, modifiedAt: now };
      const pool = world.put<DidPoolRecord>('did-pools', id, {
        id,
        ...content,
        version: 1,
        createdBy: caller,
        ...times,
      });
      return { status: 200, body: describe(world, pool) };
    },
  }),
  row({
    operation: 'getTelephonyProvidersEdgesDidpool',
    route: `GET ${URI}/{didPoolId}`,
    permission: PERMISSION,
    handle: (world, { path }) => {
      const pool = world.get<DidPoolRecord>('did-pools', path['didPoolId'] ?? '');
      if (!pool) throw noPool();
      return { status: 200, body: describe(world, pool) };
    },
  }),
  row({
    operation: 'putTelephonyProvidersEdgesDidpool',
    route: `PUT ${URI}/{didPoolId}`,
    permission: PERMISSION,
    body: poolSchema,
    handle: (world, request) => {
      const { body, now } = request;
      const current = findPool(world, request);
      // Terraform's provider sends none, and overwrites what is there.
      const { version: sent = current.version } = body;
      if (sent !== current.version) throw staleVersion(409, 'general.conflict', sent, current.version);
      const content = contentOf(world, body, 'bad.request');
      checkFree(world, content, current.id);
      const { id, version, createdBy, createdAt } = current;
      const pool = { id, ...content, version: version + 1, createdBy, createdAt, modifiedAt: now };
      const lost = takenNumbers(world, current, request).filter((number) => !isInPool(pool, number));
      if (lost.length > 0) throw inUse(lost);
      return { status: 200, body: describe(world, world.put<DidPoolRecord>('did-pools', id, pool)) };
    },
  }),
  row({
    operation: 'deleteTelephonyProvidersEdgesDidpool',
    route: `DELETE ${URI}/{didPoolId}`,
    permission: PERMISSION,
    handle: (world, request) => {
      const pool = findPool(world, request);
      const taken = takenNumbers(world, pool, request);
      if (taken.length > 0) throw inUse(taken);
      world.put<DidPoolRecord>('did-pools', pool.id, { ...pool, deletedAt: request.now });
      return { status: 200 };
    },
  }),
];

const invalid = (message: string, code = 'general.bad.request'): Refusal => new Refusal(400, code, message);

// The text is the vendor's own, and is about something else.
const noPool = (): Refusal => notFound('general.resource.not.found', 'Edge group was not found');

function findPool(world: World, { path }: Pick<Request, 'path'>): DidPoolRecord {
  const pool = livePools(world).find(({ id }) => id === path['didPoolId']);
  if (!pool) throw noPool();
  return pool;
}

function contentOf(world: World, body: PoolBody, code?: string) {
  const { startPhoneNumber, endPhoneNumber, name, description, comments, provider, division } = body;
  for (const number of [startPhoneNumber, endPhoneNumber])
    if (!PHONE_NUMBER.test(number)) throw invalid(`'${number}' is not a valid phone number.`, code);
  const range = { startPhoneNumber, endPhoneNumber };
  const size = sizeOf(range);
  if (startPhoneNumber.length !== endPhoneNumber.length || size < 1n)
    throw invalid('The start phone number must not come after the end phone number.', code);
  if (size > MOST_NUMBERS) throw invalid(`A DID pool can have at most ${MOST_NUMBERS} numbers.`, code);
  const divisionId = division?.id ?? organizationOf(world).homeDivisionId;
  if (!world.get('divisions', divisionId)) throw invalid(`There is no division with the id ${divisionId}.`, code);
  return {
    name: name ?? `${startPhoneNumber} - ${endPhoneNumber}`,
    ...(description !== undefined && { description }),
    ...(comments !== undefined && { comments }),
    ...range,
    provider: provider ?? 'PURE_CLOUD',
    division: { id: divisionId },
  } as const;
}

function checkFree(world: World, range: Parameters<typeof overlap>[0], selfId?: string): void {
  const other = livePools(world).find((pool) => pool.id !== selfId && overlap(pool, range));
  if (!other) return;
  const text = `The range overlaps with the DID pool '${other.name}' (${other.startPhoneNumber} to ${other.endPhoneNumber}).`;
  throw new Refusal(409, 'general.conflict', text, {
    body: { details: [{ entityId: other.id, entityName: other.name }] },
  });
}

/** The numbers of a pool that are on an IVR, or were until just now. */
const takenNumbers = (world: World, pool: DidPoolRecord, request: Pick<Request, 'passed'>): readonly string[] =>
  holdingIvrs(world, request).flatMap(({ dnis }) => dnis.filter((number) => isInPool(pool, number)));

const inUse = (numbers: readonly string[]): Refusal =>
  new Refusal(409, 'general.conflict', `Numbers of the DID pool are still assigned: ${numbers.join(', ')}.`);

function describe(world: World, { createdAt, modifiedAt, deletedAt, division, ...pool }: DidPoolRecord): Item {
  const times = timesOf({ createdAt, modifiedAt, deletedAt });
  return { ...pool, division: divisionRef(world, division.id), ...times, selfUri: `${URI}/${pool.id}` };
}
