import { type Operation, Refusal } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { badRequest, notFound } from './error-body.ts';
import { clientRef, describeFlow, type FlowRecord, liveFlows } from './flow-record.ts';
import { settlePublications } from './publications.ts';
import { row } from './row.ts';

/**
 * What is done to a flow in Architect. The sandbox keeps no drafts: a flow is what was last published, so there is never
 * anything newer to check in or to publish, and both succeed without a new version, as they do in that case.
 */
export const flowActionOperations: readonly Operation[] = [
  row({
    operation: 'postFlowsActionsUnlock',
    route: 'POST /api/v2/flows/actions/unlock',
    permission: ['architect:flow:unlock'],
    handle: (world, request) => {
      settlePublications(world, request);
      const flow = flowOf(world, request.query);
      if (!flow || flow.deletedAt !== undefined) throw notFound();
      const { lockedBy: _, ...unlocked } = flow;
      return { status: 200, body: describeFlow(world, world.put<FlowRecord>('flows', flow.id, unlocked)) };
    },
  }),
  row({
    operation: 'postFlowsActionsCheckin',
    route: 'POST /api/v2/flows/actions/checkin',
    permission: ['architect:flow:edit', 'architect:flow:unlock'],
    handle: (world, request) => {
      settlePublications(world, request);
      const flow = flowOf(world, request.query);
      if (!flow || flow.deletedAt !== undefined) throw notFound();
      if (isLocked(flow, request.caller)) throw new Refusal(409, 'request.conflict', locked(flow));
      return { status: 200, body: succeeded(world, 'CHECKIN', request.caller) };
    },
  }),
  row({
    operation: 'postFlowsActionsPublish',
    route: 'POST /api/v2/flows/actions/publish',
    permission: ['architect:flow:publish', 'architect:flow:unlock'],
    handle: (world, request) => {
      settlePublications(world, request);
      const flow = flowOf(world, request.query);
      checkPublishable(world, flow, request.caller);
      return { status: 200, body: succeeded(world, 'PUBLISH', request.caller) };
    },
  }),
];

function flowOf(world: World, query: URLSearchParams): FlowRecord | undefined {
  const id = query.get('flow');
  if (!id) throw badRequest('The query parameter flow is required.', [{ fieldName: 'flow' }]);
  return world.get<FlowRecord>('flows', id);
}

const isLocked = ({ lockedBy }: FlowRecord, caller: string): boolean => lockedBy !== undefined && lockedBy !== caller;

const locked = ({ name, lockedBy }: FlowRecord): string => `The flow '${name}' is locked by another user: ${lockedBy}.`;

function checkPublishable(world: World, flow: FlowRecord | undefined, caller: string): void {
  if (!flow) throw notFound('architect.flow.not.found', 'Could not find the flow.');
  if (flow.deletedAt !== undefined) throw new Refusal(410, 'architect.flow.deleted', 'The flow has been deleted.');
  if (isLocked(flow, caller)) throw new Refusal(409, 'architect.flow.locked.by.user', locked(flow));
  if (flow.yaml === undefined) throw notFound('architect.flow.data.missing', `The flow '${flow.name}' has no content.`);
  const missing = flow.uses.filter(({ kind, id }) =>
    kind === 'action' ? !world.get('actions', id) : !liveFlows(world).some((other) => other.id === id),
  );
  if (missing.length > 0)
    throw new Refusal(
      409,
      'architect.flow.cannot.publish.missing.dependencies',
      `The flow '${flow.name}' uses what is not there any more: ${missing.map(({ id }) => id).join(', ')}.`,
    );
}

const succeeded = (world: World, actionName: 'CHECKIN' | 'PUBLISH', caller: string): Item => ({
  id: world.uuid(),
  complete: true,
  client: clientRef(world, caller),
  actionName,
  actionStatus: 'SUCCESS',
});
