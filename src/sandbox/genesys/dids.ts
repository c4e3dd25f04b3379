import { createHash } from 'node:crypto';
import type { Operation, Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { type DidPoolRecord, livePools, numbersOf } from './did-pool-record.ts';
import { badRequest } from './error-body.ts';
import { holdingIvrs, type IvrRecord } from './ivr-record.ts';
import { page } from './paging.ts';
import { listOf, wordOf } from './query-values.ts';
import { row } from './row.ts';

const EDGES = '/api/v2/telephony/providers/edges';
const PERMISSION = ['telephony:plugin:all'];

interface Did {
  readonly number: string;
  readonly pool: DidPoolRecord;
  /** The IVR that it leads to. */
  readonly owner: IvrRecord | undefined;
}

/** The numbers of all pools, and who has them. */
export const didOperations: readonly Operation[] = [
  row({
    operation: 'getTelephonyProvidersEdgesDidpoolsDids',
    route: `GET ${EDGES}/didpools/dids`,
    permission: PERMISSION,
    handle: (world, request) => {
      const { query } = request;
      if (!query.get('type')) throw badRequest('The query parameter type is required.', [{ fieldName: 'type' }]);
      const type = wordOf(query, 'type', ['ASSIGNED_AND_UNASSIGNED', 'UNASSIGNED']);
      const [pools, match] = [listOf(query, 'id'), query.get('numberMatch') ?? ''];
      const found = didsOf(world, request)
        .filter(({ owner }) => type === 'ASSIGNED_AND_UNASSIGNED' || owner === undefined)
        .filter(({ number, pool }) => number.includes(match) && (pools.length === 0 || pools.includes(pool.id)));
      const isDescending = wordOf(query, 'sortOrder', ['ascending', 'descending']) === 'descending';
      return listing(`${EDGES}/didpools/dids`, query, isDescending ? found.reverse() : found, describeNumber);
    },
  }),
  row({
    operation: 'getTelephonyProvidersEdgesDids',
    route: `GET ${EDGES}/dids`,
    permission: PERMISSION,
    handle: (world, request) => {
      const { query } = request;
      const [ids, number] = [listOf(query, 'id'), query.get('phoneNumber')];
      const [owner, pool] = [query.get('owner.id'), query.get('didPool.id')];
      wordOf(query, 'sortBy', ['number']);
      const found = didsOf(world, request)
        .filter(isAssigned)
        .filter((did) => ids.length === 0 || ids.includes(idOf(did.number)))
        .filter((did) => (number ?? did.number) === did.number)
        .filter((did) => (owner ?? did.owner.id) === did.owner.id && (pool ?? did.pool.id) === did.pool.id);
      const isDescending = wordOf(query, 'sortOrder', ['ASC', 'DESC']) === 'DESC';
      return listing(`${EDGES}/dids`, query, isDescending ? found.reverse() : found, describeDid);
    },
  }),
];

type Assigned = Did & { readonly owner: IvrRecord };

const isAssigned = (did: Did): did is Assigned => did.owner !== undefined;

/** In order. Numbers are there once they can be assigned; those of an IVR that was only just deleted are not free. */
function didsOf(world: World, request: Pick<Request, 'passed'>): readonly Did[] {
  const owners = new Map(holdingIvrs(world, request).flatMap((ivr) => ivr.dnis.map((number) => [number, ivr])));
  return livePools(world)
    .filter(({ id, createdAt }) => request.passed('did-pool.assignable', createdAt, id))
    .toSorted((a, b) => (BigInt(a.startPhoneNumber) < BigInt(b.startPhoneNumber) ? -1 : 1))
    .flatMap((pool) => numbersOf(pool).map((number) => ({ number, pool, owner: owners.get(number) })));
}

function listing<T>(uri: string, query: URLSearchParams, dids: readonly T[], describe: (did: T) => Item) {
  const { entities, ...paging } = page(dids, { uri, query });
  return { status: 200, body: { entities: entities.map(describe), ...paging } };
}

/** An assigned number is an object with an id; it is made from the number, which is all that it is. */
function idOf(number: string): string {
  const hex = createHash('sha256').update(number).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

const ownerOf = ({ id, name }: IvrRecord) => ({
  owner: { id, name, selfUri: `/api/v2/architect/ivrs/${id}` },
  ownerType: 'IVR_CONFIG',
});

const describeNumber = ({ number, pool, owner }: Did): Item => ({
  ...(owner && { id: idOf(number) }),
  name: number,
  number,
  assigned: owner !== undefined,
  didPool: { id: pool.id, selfUri: `${EDGES}/didpools/${pool.id}` },
  ...(owner && ownerOf(owner)),
});

const describeDid = ({ number, pool, owner }: Assigned): Item => ({
  id: idOf(number),
  name: number,
  phoneNumber: number,
  state: 'active',
  didPool: { id: pool.id, name: pool.name, selfUri: `${EDGES}/didpools/${pool.id}` },
  ...ownerOf(owner),
  selfUri: `${EDGES}/dids/${idOf(number)}`,
});
