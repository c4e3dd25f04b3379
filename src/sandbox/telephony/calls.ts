import { Refusal } from '../contract.ts';
import { type FlowRecord, publishedFlow } from '../genesys/flow-record.ts';
import { liveIvrs } from '../genesys/ivr-record.ts';
import { organizationOf } from '../genesys/organization.ts';
import { settlePublications } from '../genesys/publications.ts';
import type { Item, World } from '../world.ts';
import { type Caller, callTime } from './caller.ts';
import type { CallReport, CallRequest, JudgedTrigger, RunWorkflow, StoredObject } from './contract.ts';
import { beginConversation, type ConversationRecord, conversationOf } from './conversation.ts';
import { customerEnd, inputsOf, judgeTriggers } from './events.ts';
import type { Surroundings } from './host.ts';
import { type Log, playFlow } from './play.ts';

interface Placed extends CallRequest {
  readonly caller: Caller;
  /** What was heard, pressed and done so far; the caller adds to it. */
  readonly heard: readonly string[];
}

/** Makes a call from the first ring to everything that follows from its end. */
export async function placeCall(surroundings: Surroundings, call: Placed): Promise<CallReport> {
  const { world, passedAt } = surroundings;
  const { to, from, direction, caller, heard } = call;
  const start = caller.time.now();
  settlePublications(world, { now: start, passed: passedAt(start) });
  const flow = direction === 'INBOUND' ? answeringFlow(world, to) : undefined;
  const conversation = beginConversation(world, { direction, to, from, now: start });
  const log: Log = { flows: [], actions: [], trace: [] };
  if (flow) await answer(surroundings, flow, conversation, caller, log);
  const endedAt = caller.time.now();
  const disconnectType = caller.hasHungUp() ? 'CLIENT' : log.flows.at(-1)?.ending === 'error' ? 'ERROR' : 'ENDPOINT';
  const { homeDivisionId: divisionId } = organizationOf(world);
  const event = customerEnd(conversation, { endedAt, disconnectType, divisionId });
  const seen = new Set(objectsOf(world).map(idOf));
  const after = await follow(surroundings, event, endedAt, call.events, log);
  return {
    conversationId: conversation.id,
    to,
    from,
    durationMs: endedAt - start,
    heard: [...heard],
    flows: log.flows,
    actions: log.actions,
    attributes: attributesOf(world, conversation.id),
    event,
    ...after,
    objects: storedFor(world, conversation.id, seen),
    trace: log.trace,
  };
}

/** The flow that answers a number: that of the IVR which has it. Throws where nobody would answer. */
function answeringFlow(world: World, to: string): FlowRecord {
  const ivr = liveIvrs(world).find(({ dnis }) => dnis.includes(to));
  if (!ivr) throw new Refusal(404, 'no.such.number', `No IVR has the number ${to}: nobody answers it.`);
  const flow = ivr.openHoursFlow && publishedFlow(world, 'INBOUNDCALL', ivr.openHoursFlow.id);
  if (!flow) throw new Refusal(409, 'no.flow', `The IVR "${ivr.name}" leads to no published flow: nobody answers.`);
  return flow;
}

async function answer(
  surroundings: Surroundings,
  flow: FlowRecord,
  { id, ani, dnis }: ConversationRecord,
  caller: Caller,
  log: Log,
): Promise<void> {
  const variables = { 'Call.Ani': ani, 'Call.CalledAddress': dnis, 'Call.ConversationId': id };
  const { time } = caller;
  await playFlow(flow, { surroundings, conversationId: id, time, caller, variables, log });
}

/** Sends the event as often as it is wanted, and runs the workflows of the triggers that match, one after the other. */
async function follow(surroundings: Surroundings, event: Item, sentAt: number, times: number, log: Log) {
  const triggers: JudgedTrigger[] = [];
  const workflows: RunWorkflow[] = [];
  for (let n = 0; n < times; n += 1) {
    // Nobody waits on the phone any more: from here on time is free.
    const judged = judgeTriggers(surroundings.world, event, { sentAt, now: sentAt });
    for (const { trigger, ...shown } of judged) {
      if (n === 0) triggers.push(shown);
      if (!shown.matched) continue;
      const startAt = sentAt + (trigger.delayBySeconds ?? 0) * 1_000;
      const inputs = inputsOf(event, trigger);
      workflows.push(
        await runWorkflow(surroundings, trigger.target.id, String(event['conversationId']), inputs, startAt, log),
      );
    }
  }
  return { triggers, workflows };
}

/** Runs a workflow with these inputs, and keeps a record of it in `executions`. */
async function runWorkflow(
  surroundings: Surroundings,
  flowId: string,
  conversationId: string,
  variables: Readonly<Record<string, unknown>>,
  startAt: number,
  log: Log,
): Promise<RunWorkflow> {
  const { world } = surroundings;
  const flow = publishedFlow(world, 'WORKFLOW', flowId);
  if (!flow) return { name: flowId, status: 'FAILED', detail: 'There is no such published workflow.' };
  const time = callTime(startAt);
  const ending = await playFlow(flow, { surroundings, conversationId, time, caller: undefined, variables, log });
  const status = ending.kind === 'ended' ? 'COMPLETED' : 'FAILED';
  const exitReason = ending.kind === 'ended' ? ending.exitReason : undefined;
  const id = world.uuid();
  world.put('executions', id, {
    id,
    flowId,
    conversationId,
    status,
    exitReason,
    startedAt: startAt,
    endedAt: time.now(),
  });
  const detail = ending.kind === 'error' ? `${ending.where}: ${ending.message}` : undefined;
  return { name: flow.name, status, exitReason, detail };
}

const attributesOf = (world: World, id: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(conversationOf(world, id)?.attributes ?? {}).map(([name, { value }]) => [name, value]),
  );

type ObjectRecord = { bucket: string; key: string; versionId: string; bytes: string; isDeleteMarker: boolean };

const objectsOf = (world: World) => world.list<ObjectRecord>('objects').filter((one) => !one.isDeleteMarker);
const idOf = ({ bucket, key, versionId }: ObjectRecord): string => `${bucket}/${key}?${versionId}`;

/** The objects that are new and say that they are about this conversation. */
function storedFor(world: World, conversationId: string, seen: ReadonlySet<string>): readonly StoredObject[] {
  return objectsOf(world).flatMap((one) => {
    const content = Buffer.from(one.bytes, 'base64').toString();
    if (seen.has(idOf(one)) || !content.includes(conversationId)) return [];
    return [{ bucket: one.bucket, key: one.key, content }];
  });
}
