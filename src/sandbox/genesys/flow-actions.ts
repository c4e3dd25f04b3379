import { type Operation, Refusal, type Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { describeFlow } from './describe-flow.ts';
import { badRequest, notFound } from './error-body.ts';
import { checkIn } from './flow-edits.ts';
import { clientRef, type FlowRecord, liveFlows, type Unpublished } from './flow-record.ts';
import { publishInArchitect, settlePublications } from './publications.ts';
import { row } from './row.ts';

/** What is done to a flow in Architect. Where there is nothing newer, to check in and to publish it succeed all the same. */
export const flowActionOperations: readonly Operation[] = [
  row({
    operation: 'postFlowsActionsUnlock',
    route: 'POST /api/v2/flows/actions/unlock',
    permission: ['architect:flow:unlock'],
    handle: (world, request) => {
      const flow = presentFlow(world, request);
      // Whoever had it locked loses nothing: what they saved is checked in.
      return { status: 200, body: describeFlow(world, world.put<FlowRecord>('flows', flow.id, checkIn(flow))) };
    },
  }),
  row({
    operation: 'postFlowsActionsCheckin',
    route: 'POST /api/v2/flows/actions/checkin',
    permission: ['architect:flow:edit', 'architect:flow:unlock'],
    handle: (world, request) => {
      const flow = presentFlow(world, request);
      if (isLocked(flow, request.caller)) throw new Refusal(409, 'request.conflict', locked(flow));
      world.put<FlowRecord>('flows', flow.id, checkIn(flow));
      return { status: 200, body: succeeded(world, 'CHECKIN', request.caller) };
    },
  }),
  row({
    operation: 'postFlowsActionsPublish',
    route: 'POST /api/v2/flows/actions/publish',
    permission: ['architect:flow:publish', 'architect:flow:unlock'],
    handle: (world, request) => {
      const flow = flowOf(world, request);
      const { yaml } = checkPublishable(world, flow, request.caller) ?? {};
      if (yaml !== undefined) publishInArchitect(world, Buffer.from(yaml, 'base64'), request.caller, request.now);
      return { status: 200, body: succeeded(world, 'PUBLISH', request.caller) };
    },
  }),
];

/** The flow that a request names, as it is once what was published until now is through. */
function flowOf(world: World, request: Request): FlowRecord | undefined {
  settlePublications(world, request);
  const id = request.query.get('flow');
  if (!id) throw badRequest('The query parameter flow is required.', [{ fieldName: 'flow' }]);
  return world.get<FlowRecord>('flows', id);
}

function presentFlow(world: World, request: Request): FlowRecord {
  const flow = flowOf(world, request);
  if (!flow || flow.deletedAt !== undefined) throw notFound();
  return flow;
}

const isLocked = ({ lockedBy }: FlowRecord, caller: string): boolean => lockedBy !== undefined && lockedBy !== caller;

const locked = ({ name, lockedBy }: FlowRecord): string => `The flow '${name}' is locked by another user: ${lockedBy}.`;

/** Gives what is newer than what is published; throws where it cannot be published. */
function checkPublishable(
  world: World,
  flow: FlowRecord | undefined,
  caller: string,
): Pick<Unpublished, 'yaml'> | undefined {
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
  return flow.draft ?? flow.checkedIn;
}

const succeeded = (world: World, actionName: 'CHECKIN' | 'PUBLISH', caller: string): Item => ({
  id: world.uuid(),
  complete: true,
  client: clientRef(world, caller),
  actionName,
  actionStatus: 'SUCCESS',
});
