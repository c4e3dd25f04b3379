import type { DataActionCall, DataActionResult, FlowHost, TraceEntry } from '../../architect/runtime/contract.ts';
import type { Functions } from '../contract.ts';
import type { KeptFaults } from '../faults.ts';
import type { ActionRecord } from '../genesys/action-record.ts';
import { runAction } from '../genesys/action-runs.ts';
import { type FlowRecord, flowNamed } from '../genesys/flow-record.ts';
import type { Passed } from '../profile.ts';
import type { World } from '../world.ts';
import type { Caller } from './caller.ts';
import type { RunAction } from './contract.ts';
import { conversationOf, setAttributes } from './conversation.ts';

/** What calls are made in. */
export interface Surroundings {
  readonly world: World;
  readonly functions: Functions;
  readonly faults: Pick<KeptFaults, 'draw'>;
  readonly passedAt: (now: number) => Passed;
  /** Milliseconds since the epoch, in real time. */
  readonly now: () => number;
}

interface Scene {
  readonly surroundings: Surroundings;
  /** The flow that is played: names in it are bound to what they meant when it was published. */
  readonly flow: FlowRecord;
  readonly conversationId: string;
  readonly time: Caller['time'];
  /** Undefined in a workflow, where nobody is on the phone. */
  readonly caller: Caller | undefined;
  readonly acted: (action: RunAction) => void;
  readonly trace: (entry: TraceEntry) => void;
  /** Told when a secure flow has taken over. */
  readonly transferTo: (flow: FlowRecord, invocationData: string | undefined) => void;
}

/** The sandbox as a flow sees it. What needs no caller goes on after they have hung up, until the flow needs them. */
export function createHost(scene: Scene): FlowHost {
  const { surroundings, conversationId, time, caller, trace, transferTo } = scene;
  const { world, passedAt } = surroundings;
  const isVisible = (name: string, at: number) =>
    caller !== undefined || passedAt(time.now())('attributes.visible', at, `${conversationId} ${name}`);
  return {
    clock: time,
    trace,
    say: async (text, isBargeable) => caller?.hear(text, isBargeable),
    key: async (ms, isSecret) => caller?.key(ms, isSecret),
    invoke: (call) => invoke(scene, call),
    attributes: {
      get: async (names, id = conversationId) => {
        const conversation = conversationOf(world, id);
        if (!conversation) return 'not found';
        const { attributes } = conversation;
        return Object.fromEntries(
          names.map((name) => {
            const found = attributes[name];
            return [name, found && isVisible(name, found.at) ? found.value : undefined];
          }),
        );
      },
      set: async (values, id = conversationId) => {
        if (!conversationOf(world, id)) return 'not found';
        setAttributes(world, id, values, time.now());
        return 'done';
      },
    },
    transfer: async (name, invocationData) => {
      const target = flowNamed(world, 'SECURECALL', name);
      const { before } = surroundings.faults.draw('telephony', 'transferToFlowSecure');
      if (!target || target.publishedVersion === 0 || before)
        return { errorType: 'Transfer failed', errorMessage: `The secure flow "${name}" did not take the call.` };
      transferTo(target, invocationData);
      return 'done';
    },
  };
}

async function invoke({ surroundings, flow, time, acted }: Scene, call: DataActionCall): Promise<DataActionResult> {
  const { world, functions, faults, passedAt, now } = surroundings;
  const { before } = faults.draw('telephony', 'invokeDataAction');
  const started = now();
  const told = (outcome: RunAction['outcome'], detail?: string) =>
    acted({ name: call.name, outcome, durationMs: now() - started, detail });
  if (before?.then === 'stall') {
    await time.sleep(call.timeoutMs ?? LONGEST);
    told('timeout');
    return { outcome: 'timeout' };
  }
  const action = boundAction(world, flow, call);
  const refusal = before && { code: before.code ?? 'bad.request', message: before.message ?? 'Told to fail.' };
  if (!action || refusal) {
    const { code, message } = refusal ?? missing(call);
    told('failure', `${code}: ${message}`);
    return { outcome: 'failure', errors: { errorCode: code, userMessage: message } };
  }
  const at = time.now();
  const run = await runAction(world, { now: at, passed: passedAt(at), functions }, action, call.inputs);
  if (call.timeoutMs !== undefined && now() - started > call.timeoutMs) {
    told('timeout');
    return { outcome: 'timeout' };
  }
  if ('result' in run) {
    told('success');
    return { outcome: 'success', outputs: membersOf(run.result) };
  }
  const { code, message, status } = run.refusal;
  told('failure', `${code}: ${message}`);
  return { outcome: 'failure', errors: { errorCode: code, status: String(status), userMessage: message } };
}

/** The longest that a data action may take. */
const LONGEST = 60_000;

/** Flows hold the ids of what they were published with; a name in their text says which of them is meant. */
function boundAction(world: World, { uses }: FlowRecord, { category, name }: DataActionCall): ActionRecord | undefined {
  const bound = uses.flatMap(({ kind, id }) =>
    kind === 'action' ? (world.get<ActionRecord>('actions', id) ?? []) : [],
  );
  const named = bound.find((one) => isSame(one.name, name) && isSame(one.category, category));
  // Renamed since: if it is the only one, it is the one that is meant.
  return named ?? (bound.length === 1 ? bound[0] : undefined);
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const missing = ({ category, name }: DataActionCall) => ({
  code: 'not.found',
  message: `The data action ${category}/${name} is not there any more.`,
});

const membersOf = (result: unknown): Readonly<Record<string, unknown>> =>
  typeof result === 'object' && result !== null ? Object.fromEntries(Object.entries(result)) : {};
