import * as z from 'zod';
import { type Operation, Refusal, type Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { isInPool, livePools } from './did-pool-record.ts';
import { domainMembers, timesOf } from './domain-object.ts';
import { notFound, refusalWith } from './error-body.ts';
import { divisionRef, flowRef, namePattern, publishedFlow } from './flow-record.ts';
import { FLOW_MEMBERS, holdingIvrs, type IvrRecord, liveIvrs } from './ivr-record.ts';
import { organizationOf } from './organization.ts';
import { page } from './paging.ts';
import { settlePublications } from './publications.ts';
import { sortedBy, wordOf } from './query-values.ts';
import { row } from './row.ts';

const URI = '/api/v2/architect/ivrs';

const refSchema = z
  .looseObject({ id: z.string() })
  .transform(({ id }) => ({ id }))
  .optional();
const ivrSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  division: refSchema,
  version: z.int().optional(),
  dnis: z.array(z.string()).optional(),
  openHoursFlow: refSchema,
  closedHoursFlow: refSchema,
  holidayHoursFlow: refSchema,
  scheduleGroup: refSchema,
  ...domainMembers,
});
type IvrBody = z.infer<typeof ivrSchema>;

/** IVRs, which the vendor also calls call routes: which flow answers which numbers. */
export const ivrOperations: readonly Operation[] = [
  row({
    operation: 'getArchitectIvrs',
    route: `GET ${URI}`,
    permission: ['routing:callRoute:view'],
    handle: (world, request) => {
      const { entities, ...paging } = page(listIvrs(world, request), { uri: URI, query: request.query });
      return { status: 200, body: { entities: entities.map((ivr) => describe(world, ivr)), ...paging } };
    },
  }),
  row({
    operation: 'postArchitectIvrs',
    route: `POST ${URI}`,
    permission: ['routing:callRoute:add'],
    body: ivrSchema,
    handle: (world, request) => {
      const { caller, now } = request;
      const content = contentOf(world, request);
      const id = world.uuid();
      const made = { version: 1, createdBy: caller, createdAt: now, modifiedAt: now };
      return { status: 200, body: describe(world, world.put<IvrRecord>('ivrs', id, { id, ...content, ...made })) };
    },
  }),
  row({
    operation: 'getArchitectIvr',
    route: `GET ${URI}/{ivrId}`,
    permission: ['routing:callRoute:view'],
    handle: (world, { path }) => {
      const ivr = world.get<IvrRecord>('ivrs', path['ivrId'] ?? '');
      if (!ivr) throw noIvr();
      return { status: 200, body: describe(world, ivr) };
    },
  }),
  row({
    operation: 'putArchitectIvr',
    route: `PUT ${URI}/{ivrId}`,
    permission: ['routing:callRoute:edit'],
    body: ivrSchema,
    handle: (world, request) => {
      // Only reading and deleting have a code of their own for it.
      const current = findIvr(world, request, notFound());
      checkVersion(request.body.version, current.version);
      const content = contentOf(world, request, current);
      const { id, version, createdBy, createdAt } = current;
      const ivr = { id, ...content, version: version + 1, createdBy, createdAt, modifiedAt: request.now };
      return { status: 200, body: describe(world, world.put<IvrRecord>('ivrs', id, ivr)) };
    },
  }),
  row({
    operation: 'deleteArchitectIvr',
    route: `DELETE ${URI}/{ivrId}`,
    permission: ['routing:callRoute:delete'],
    handle: (world, request) => {
      const ivr = findIvr(world, request, noIvr());
      world.put<IvrRecord>('ivrs', ivr.id, { ...ivr, deletedAt: request.now });
      return { status: 200 };
    },
  }),
];

function listIvrs(world: World, { query, passed }: Request): readonly IvrRecord[] {
  const [name, dnis, scheduleGroup] = [query.get('name'), query.get('dnis'), query.get('scheduleGroup')];
  const pattern = name === null ? undefined : namePattern(name);
  const found = liveIvrs(world)
    .filter((ivr) => pattern === undefined || pattern.test(ivr.name))
    .filter((ivr) => dnis === null || ivr.dnis.includes(dnis))
    .filter((ivr) => scheduleGroup === null || ivr.scheduleGroup?.id === scheduleGroup)
    .filter(({ id, createdAt }) => passed('genesys.listed', createdAt, id));
  wordOf(query, 'sortBy', ['name']);
  return sortedBy(found, (ivr) => ivr.name.toLowerCase(), wordOf(query, 'sortOrder', ['ASC', 'DESC']) === 'DESC');
}

const noIvr = (): Refusal => notFound('general.resource.not.found', 'Unable to find the IVR.');

function findIvr(world: World, { path }: Pick<Request, 'path'>, missing: Refusal): IvrRecord {
  const ivr = liveIvrs(world).find(({ id }) => id === path['ivrId']);
  if (!ivr) throw missing;
  return ivr;
}

const invalid = (message: string, body: Item = {}): Refusal =>
  new Refusal(400, 'general.bad.request', message, { body });

const required = (field: string): Refusal => invalid(`Field '${field}' is required and cannot be empty.`);

function checkVersion(sent: number | undefined, current: number): void {
  if (sent === undefined) throw required('version');
  if (sent === current) return;
  const text =
    '2 or more modifications were made at once: the version {sent} does not match the current version {current}.';
  throw refusalWith(409, 'general.conflict', text, { sent: String(sent), current: String(current) });
}

function contentOf(world: World, request: Request<IvrBody>, current?: IvrRecord) {
  const { name, description, division, dnis = [], scheduleGroup, ...body } = request.body;
  const { openHoursFlow, closedHoursFlow, holidayHoursFlow } = body;
  settlePublications(world, request);
  checkNumbers(world, request, dnis, current);
  for (const member of FLOW_MEMBERS) checkFlow(world, member, body[member]?.id);
  if (scheduleGroup && !openHoursFlow) throw required('openHoursFlow');
  if (scheduleGroup && !closedHoursFlow) throw required('closedHoursFlow');
  const divisionId = division?.id ?? current?.divisionId ?? organizationOf(world).homeDivisionId;
  if (!world.get('divisions', divisionId)) throw invalid(`There is no division with the id ${divisionId}.`);
  return {
    name,
    ...(description !== undefined && { description }),
    divisionId,
    dnis,
    ...(openHoursFlow && { openHoursFlow }),
    ...(closedHoursFlow && { closedHoursFlow }),
    ...(holidayHoursFlow && { holidayHoursFlow }),
    ...(scheduleGroup && { scheduleGroup }),
  };
}

/** Numbers are each given once, are no other IVR's, and lie in a pool that lends its numbers by now. */
function checkNumbers(world: World, request: Request, dnis: readonly string[], current: IvrRecord | undefined): void {
  const twice = dnis.find((number, index) => dnis.indexOf(number) !== index);
  if (twice !== undefined) throw invalid(`The phone number ${twice} is given more than once.`);
  const others = holdingIvrs(world, request).filter(({ id }) => id !== current?.id);
  const lending = livePools(world).filter(({ id, createdAt }) => request.passed('did-pool.assignable', createdAt, id));
  for (const number of dnis.filter((one) => !current?.dnis.includes(one))) {
    const owner = others.find((ivr) => ivr.dnis.includes(number));
    if (owner) {
      const details = [{ fieldName: 'dnis', entityId: owner.id, entityName: owner.name }];
      throw invalid(`The phone number ${number} is already in use by the IVR '${owner.name}'.`, { details });
    }
    // The vendor's own words for a number that it finds in no pool.
    if (!lending.some((pool) => isInPool(pool, number))) throw required('didPoolId');
  }
}

function checkFlow(world: World, member: string, id: string | undefined): void {
  if (id === undefined || publishedFlow(world, 'INBOUNDCALL', id)) return;
  throw invalid(`The ${member} ${id} is not a published inbound call flow.`, { details: [{ fieldName: member }] });
}

function describe(world: World, ivr: IvrRecord): Item {
  const { createdAt, modifiedAt, deletedAt, divisionId, ...shown } = ivr;
  const flows = FLOW_MEMBERS.flatMap((member) => {
    const flow = ivr[member];
    return flow ? [[member, flowRef(world, flow.id)]] : [];
  });
  return {
    ...shown,
    ...Object.fromEntries(flows),
    division: divisionRef(world, divisionId),
    ...timesOf({ createdAt, modifiedAt, deletedAt }),
    selfUri: `${URI}/${ivr.id}`,
  };
}
