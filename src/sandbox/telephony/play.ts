import { parseFlow } from '../../architect/document.ts';
import type { Ending, TraceEntry } from '../../architect/runtime/contract.ts';
import { runFlow } from '../../architect/runtime/run-flow.ts';
import type { FlowRecord } from '../genesys/flow-record.ts';
import type { Caller } from './caller.ts';
import type { PlayedFlow, RunAction } from './contract.ts';
import { createHost, type Surroundings } from './host.ts';

/** Where what happens is written down. */
export interface Log {
  readonly flows: PlayedFlow[];
  readonly actions: RunAction[];
  readonly trace: TraceEntry[];
}

interface Played {
  readonly surroundings: Surroundings;
  readonly conversationId: string;
  readonly time: Caller['time'];
  readonly caller: Caller | undefined;
  /** Values of inputs and of what is built in: `Flow.ani`, `Call.Ani`. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly log: Log;
}

/** The flow's document, as it was published. */
const documentOf = ({ yaml = '', name }: FlowRecord) =>
  parseFlow(Buffer.from(yaml, 'base64').toString('utf8'), `${name}.yaml`);

/** Plays one flow to its end, and the secure flows that it transfers to; resolves with how the last one ended. */
export async function playFlow(flow: FlowRecord, played: Played): Promise<Ending> {
  const { surroundings, conversationId, time, caller, variables, log } = played;
  let next: { readonly flow: FlowRecord; readonly invocationData: string | undefined } | undefined;
  const host = createHost({
    surroundings,
    flow,
    conversationId,
    time,
    caller,
    acted: (action) => void log.actions.push(action),
    trace: (entry) => void log.trace.push(entry),
    transferTo: (target, invocationData) => {
      next = { flow: target, invocationData };
    },
  });
  const ending = await runFlow(documentOf(flow), host, { variables });
  log.flows.push({ type: flow.type, name: flow.name, ...shown(ending) });
  if (ending.kind !== 'transferred' || !next) return ending;
  const { flow: target, invocationData } = next;
  return playFlow(target, { ...played, variables: { ...variables, 'Flow.InvocationData': invocationData } });
}

function shown(ending: Ending): Pick<PlayedFlow, 'ending' | 'detail'> {
  switch (ending.kind) {
    case 'transferred':
      return { ending: ending.kind, detail: ending.to };
    case 'left':
      return { ending: 'left the rehearsal', detail: ending.where };
    case 'ended':
      return { ending: ending.kind, detail: ending.exitReason };
    case 'error':
      return { ending: ending.kind, detail: `${ending.where}: ${ending.message}` };
    default:
      return { ending: ending.kind };
  }
}
