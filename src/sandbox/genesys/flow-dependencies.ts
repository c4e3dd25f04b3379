import { type Operation, Refusal } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { notFound } from './error-body.ts';
import { type FlowRecord, type FlowType, liveFlows } from './flow-record.ts';
import { leadsTo, liveIvrs } from './ivr-record.ts';
import { page } from './paging.ts';
import { settlePublications } from './publications.ts';
import { listOf } from './query-values.ts';
import { row } from './row.ts';

const TYPE_OF_FLOW: Readonly<Record<FlowType, string>> = {
  INBOUNDCALL: 'INBOUNDCALLFLOW',
  SECURECALL: 'SECURECALLFLOW',
  WORKFLOW: 'WORKFLOW',
};

type Exists = (world: World, id: string) => boolean;

const isFlow =
  (type: FlowType): Exists =>
  (world, id) =>
    liveFlows(world).some((flow) => flow.id === id && flow.type === type);
const isAction =
  (secure: boolean): Exists =>
  (world, id) =>
    world.get<{ readonly secure: boolean } & Item>('actions', id)?.secure === secure;

/** The types of objects that can be asked about; the vendor has many more, of which nothing is here. */
const EXISTS: ReadonlyMap<string, Exists> = new Map([
  ['DATAACTION', isAction(false)],
  ['SECUREACTION', isAction(true)],
  [TYPE_OF_FLOW.INBOUNDCALL, isFlow('INBOUNDCALL')],
  [TYPE_OF_FLOW.SECURECALL, isFlow('SECURECALL')],
  [TYPE_OF_FLOW.WORKFLOW, isFlow('WORKFLOW')],
  ['IVRCONFIGURATION', (world, id) => liveIvrs(world).some((ivr) => ivr.id === id)],
]);

/** Who uses a data action or a flow, as the published flows were bound. */
export const flowDependencyOperations: readonly Operation[] = [
  row({
    operation: 'getArchitectDependencytrackingConsumingresources',
    route: 'GET /api/v2/architect/dependencytracking/consumingresources',
    permission: ['architect:dependencyTracking:view'],
    handle: (world, request) => {
      settlePublications(world, request);
      const { query } = request;
      const [id, type] = [required(query, 'id'), required(query, 'objectType')];
      const exists = EXISTS.get(type);
      if (!exists)
        throw new Refusal(400, 'architect.dependency.object.invalid.type', `The object type ${type} is invalid.`);
      if (!exists(world, id))
        throw notFound('architect.dependency.object.not.found', `There is no ${type} with the id ${id}.`);
      const wanted = listOf(query, 'resourceType');
      const consumers = [...flowsUsing(world, id), ...ivrsUsing(world, id)].filter(
        (one) => wanted.length === 0 || wanted.includes(one.type),
      );
      const uri = '/api/v2/architect/dependencytracking/consumingresources';
      return { status: 200, body: page(consumers, { uri, query }) };
    },
  }),
];

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value) return value;
  throw new Refusal(400, 'architect.query.parameter.missing', `The query parameter ${name} is missing.`);
}

/** The live flows that were bound to this object when they were published. */
export const consumersOf = (world: World, id: string): readonly FlowRecord[] =>
  liveFlows(world).filter((flow) => flow.id !== id && flow.uses.some((use) => use.id === id));

const flowsUsing = (world: World, usedId: string) =>
  consumersOf(world, usedId).map(({ id, name, type, publishedVersion }) => ({
    ...{ id, name, type: TYPE_OF_FLOW[type], version: `${publishedVersion}.0` },
    ...{ deleted: false, updated: false, stateUnknown: false, selfUri: `/api/v2/flows/${id}` },
  }));

const ivrsUsing = (world: World, flowId: string) =>
  liveIvrs(world)
    .filter((ivr) => leadsTo(ivr, flowId))
    .map(({ id, name, version }) => ({
      ...{ id, name, type: 'IVRCONFIGURATION', version: String(version) },
      ...{ deleted: false, updated: false, stateUnknown: false, selfUri: `/api/v2/architect/ivrs/${id}` },
    }));
