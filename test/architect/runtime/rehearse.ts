import { stringify } from 'yaml';
import { parseAnyFlow } from '../../../src/architect/document.ts';
import {
  type DataActionCall,
  type DataActionResult,
  type Ending,
  type FlowHost,
  HungUp,
  type TraceEntry,
} from '../../../src/architect/runtime/contract.ts';
import { runFlow } from '../../../src/architect/runtime/run-flow.ts';

/** What the outside does. */
export interface Outside {
  /** Pressed as soon as the flow listens; `.` lets one time-out pass, `!` hangs up. Then there is silence. */
  readonly keys?: string;
  /** Hangs up at the n-th time, from 0, that the flow needs the caller. */
  readonly hangUpAt?: number;
  readonly answer?: (call: DataActionCall) => DataActionResult | Promise<DataActionResult>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** The other conversation that there is. */
  readonly otherConversation?: string;
  readonly transfer?: Awaited<ReturnType<FlowHost['transfer']>>;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Everything that was seen from outside. */
export interface Rehearsal {
  readonly ending: Ending;
  readonly heard: readonly string[];
  /** Whether a key could end it early, for each thing that was heard. */
  readonly bargeable: readonly boolean[];
  /** `ms` of each time that a key was waited for. */
  readonly waits: readonly number[];
  readonly secretKeys: number;
  readonly calls: readonly DataActionCall[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly transfers: readonly (readonly [string, string | undefined])[];
  readonly trace: readonly TraceEntry[];
  /** What the trace says happened: `actionPlayAudio`, `actionDecision yes`. */
  readonly done: readonly string[];
  /** Milliseconds that it took in its own time. */
  readonly took: number;
  /** How often the caller was needed. */
  readonly needed: number;
}

const START = 1_000_000;
const SAYING = 1_000;

/** What a flow is written as. */
export const textOf = (flow: object): string => stringify(flow, { aliasDuplicateObjects: false });

/** Runs a flow, given as text or as what the text says, with a caller of whom every step is known. */
export async function rehearse(flow: string | object, outside: Outside = {}): Promise<Rehearsal> {
  const text = typeof flow === 'string' ? flow : textOf(flow);
  let now = START;
  // Nothing happens at the same time as anything else: time passes where somebody waits.
  const clock: FlowHost['clock'] = {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
  const keys = [...(outside.keys ?? '').replaceAll(' ', '')];
  const attributes = { ...outside.attributes };
  const seen = {
    heard: [] as string[],
    bargeable: [] as boolean[],
    waits: [] as number[],
    calls: [] as DataActionCall[],
    transfers: [] as [string, string | undefined][],
    trace: [] as TraceEntry[],
  };
  let [needed, secretKeys, isGone] = [0, 0, false];
  const need = () => {
    if (needed === outside.hangUpAt) isGone = true;
    needed += 1;
    if (isGone) throw new HungUp();
  };
  const isThere = (id: string | undefined) => id === undefined || id === outside.otherConversation;
  const host: FlowHost = {
    clock,
    trace: (entry) => void seen.trace.push(entry),
    say: async (said, isBargeable) => {
      need();
      seen.heard.push(said);
      seen.bargeable.push(isBargeable);
      await clock.sleep(SAYING);
    },
    key: async (ms, isSecret) => {
      need();
      seen.waits.push(ms);
      const key = keys.shift();
      if (key === '!') isGone = true;
      if (isGone) throw new HungUp();
      if (key === undefined || key === '.') await clock.sleep(ms);
      if (key === undefined || key === '.') return undefined;
      secretKeys += isSecret ? 1 : 0;
      return key;
    },
    invoke: async (call) => {
      seen.calls.push(call);
      return outside.answer?.(call) ?? { outcome: 'success', outputs: {} };
    },
    attributes: {
      get: async (names, id) =>
        isThere(id) ? Object.fromEntries(names.map((name) => [name, attributes[name]])) : 'not found',
      set: async (values, id) => {
        if (!isThere(id)) return 'not found';
        Object.assign(attributes, values);
        return 'done';
      },
    },
    transfer: async (name, data) => {
      need();
      seen.transfers.push([name, data]);
      return outside.transfer ?? 'done';
    },
  };
  const document = parseAnyFlow(text, 'f.yaml', (root): root is string => root !== '', '');
  const ending = await runFlow(document, host, { variables: outside.variables ?? {} });
  const done = seen.trace.map(({ action, outcome }) => [action, outcome].filter(Boolean).join(' '));
  return { ...seen, ending, attributes, done, secretKeys, needed, took: now - START };
}

/** A flow that begins with a task of these actions; `others` are further tasks. */
export const flowOf = (
  actions: readonly object[],
  more: object = {},
  root = 'inboundCall',
  task: object = {},
  others: readonly object[] = [],
): object => ({
  [root]: {
    name: 'A Flow',
    startUpRef: `/${root}/tasks/task[main]`,
    ...more,
    tasks: [{ task: { name: 'Main', refId: 'main', ...task, actions } }, ...others.map((other) => ({ task: other }))],
  },
});

/** A workflow with one state. */
export const workflowOf = (actions: readonly object[], more: object = {}) => ({
  workflow: {
    name: 'A Workflow',
    startUpRef: '/workflow/states/state[main]',
    ...more,
    states: [{ state: { name: 'Main', refId: 'main', actions } }],
  },
});

/** Declares variables: `{'Flow.x': 'string'}`, or with a value `{'Flow.x': ['string', {lit: 'a'}]}`. */
export const variables = (types: Readonly<Record<string, string | readonly [string, object]>>) =>
  Object.entries(types).map(([name, given]) => {
    const [type, initialValue] = typeof given === 'string' ? [given, { noValue: true }] : given;
    return { [`${type}Variable`]: { name, initialValue, isInput: true, isOutput: false } };
  });

/** An action that says what an expression results in, as text. */
export const saying = (exp: string) => ({ playAudio: { name: 'Say', audio: { exp: `ToAudioTTS(${exp})` } } });
