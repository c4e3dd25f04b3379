import { describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, type Node, visit } from 'yaml';
import { parseFlow } from '../src/architect/document.ts';
import { assets, packageRoot } from '../src/assets.ts';

const { flow, template } = assets(packageRoot(import.meta.url));
const names = ['inbound-call', 'secure-call', 'workflow'] as const;
const texts = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await flow(name)])));
const read = (name: (typeof names)[number]) => parseFlow(texts[name] ?? '', `${name}.yaml`);

/** Every value under a key of this name, wherever it stands. */
function every(node: Node, name: string): readonly unknown[] {
  const found: unknown[] = [];
  visit(node, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === name) found.push(isMap(value) || isSeq(value) ? value.toJSON() : value);
    },
  });
  return found.map((value) => (isScalar(value) ? value.value : value));
}

/** The values under a key of this name that are maps. */
function maps(node: Node, name: string): readonly Record<string, unknown>[] {
  return every(node, name).filter((value) => typeof value === 'object' && value !== null) as Record<string, unknown>[];
}

interface Action {
  readonly kind: string;
  readonly body: Record<string, unknown>;
}

const action = (entry: Record<string, Record<string, unknown>>): Action => {
  const [[kind, body] = ['', {}]] = Object.entries(entry);
  return { kind, body };
};

type Outputs = Readonly<Record<string, { readonly actions?: Record<string, Record<string, unknown>>[] }>>;

/** The kinds of actions that a flow can come to last, along every path; an output that is not there falls through. */
function ends(actions: readonly Action[]): ReadonlySet<string> {
  const last = new Set<string>();
  for (const { kind, body } of actions) {
    if (['disconnect', 'endWorkflow'].includes(kind)) return last.add(kind);
    const outputs = (body['outputs'] ?? {}) as Outputs;
    const ways: Readonly<Record<string, readonly string[]>> = {
      collectInput: ['success', 'failure'],
      callData: ['success', 'failure', 'timeout'],
      decision: ['yes', 'no'],
      getConversationData: ['found', 'notFound'],
      transferToFlowSecure: ['failure'],
    };
    const taken = (ways[kind] ?? ['']).map((way) => ends((outputs[way]?.actions ?? []).map(action)));
    for (const end of taken.flatMap((way) => [...way])) if (end !== 'goes on') last.add(end);
    if (taken.every((way) => !way.has('goes on'))) return last;
  }
  return last.add('goes on');
}

const actionsOf = (body: Record<string, unknown>): readonly Action[] =>
  (body['actions'] as Record<string, Record<string, unknown>>[]).map(action);

describe.each(names)('the flow %s', (name) => {
  const { flow: body, root, document } = read(name);

  test('refers only to what is there', () => {
    const refs = ['startUpRef', 'defaultChildMenuRef', 'targetTaskRef'].flatMap((key) => every(body, key).map(String));
    expect(refs).not.toHaveLength(0);
    for (const ref of refs) {
      const [, kind = '', id] = /(\w+)\[([^\]]+)\]$/.exec(ref) ?? [];
      expect(
        maps(body, kind).filter(({ refId }) => refId === id),
        ref,
      ).toHaveLength(1);
      if (ref.startsWith('/')) expect(ref).toMatch(new RegExp(`^/${root}/(menus|tasks|states)/`));
    }
  });

  test('declares every variable that it uses, with isInput and isOutput', () => {
    const declared = ['stringVariable', 'booleanVariable'].flatMap((kind) => maps(body, kind));
    for (const variable of declared) expect(variable).toMatchObject({ isOutput: false });
    for (const variable of declared) expect(variable['isInput']).toBeTypeOf('boolean');
    const used = new Set(document.toString().match(/\b(?:Flow|Task)\.\w+/g) ?? []);
    expect([...used].sort()).toEqual(declared.map((variable) => String(variable['name'])).sort());
  });

  test('names no voice, listens for no speech and dials no extension', () => {
    for (const key of ['supportedLanguages', 'textToSpeech', 'settingsSpeechRec', 'speechRecTerms'])
      expect(every(body, key)).toEqual([]);
    for (const listens of maps(body, 'listenForExtensionDialing')) expect(listens).toEqual({ lit: false });
  });

  test('quotes the outputs of every decision', () => {
    expect(texts[name]).not.toMatch(/^\s*(yes|no):/m);
  });

  test('gives every action a name that stands once', () => {
    const all = [
      'playAudio',
      'disconnect',
      'collectInput',
      'callData',
      'decision',
      'setParticipantData',
      'endWorkflow',
    ];
    const actionNames = all.flatMap((kind) => maps(body, kind)).flatMap((one) => (one['name'] ? [one['name']] : []));
    expect(new Set(actionNames).size).toBe(actionNames.length);
  });

  test('has no placeholder and nothing called null', () => {
    expect(texts[name]).not.toMatch(/\{\{|\$\{|\bnull\b/i);
  });
});

describe.each([
  ['secure-call', 'payment-id'],
  ['workflow', 'save-data'],
] as const)('the data action of %s', (name, lambda) => {
  const [call] = maps(read(name).flow, 'callData');
  const [category] = Object.values((call?.['category'] ?? {}) as Record<string, { dataAction: Record<string, Json> }>);
  const [called] = Object.values(category?.dataAction ?? {});

  test('is given the inputs of its contract, required ones included', async () => {
    const { properties, required } = await contract(`${lambda}.input`);
    expect(Object.keys(called?.inputs ?? {}).sort()).toEqual(Object.keys(properties).sort());
    for (const input of required) expect(called?.inputs[input], input).toHaveProperty('exp');
  });

  test('gives the outputs of its contract', async () => {
    const { properties, required } = await contract(`${lambda}.output`);
    expect(Object.keys(called?.successOutputs ?? {}).sort()).toEqual(Object.keys(properties).sort());
    for (const output of required) expect(called?.successOutputs[output], output).toHaveProperty('var');
  });

  test('has an answer to success, failure and timeout', () => {
    expect(Object.keys((call?.['outputs'] ?? {}) as object)).toEqual(['success', 'failure', 'timeout']);
  });
});

interface Json {
  readonly inputs: Record<string, object>;
  readonly successOutputs: Record<string, object>;
}

const contract = async (name: string) =>
  JSON.parse(await template(`contracts/${name}.json`)) as { properties: object; required: readonly string[] };

describe('a caller', () => {
  test('is welcomed, and pays with 1 or ends with 9; whoever presses anything else is told goodbye', () => {
    const { flow: body } = read('inbound-call');
    expect(JSON.stringify(body.get('initialGreeting'))).toContain('Welcome to Cloud Store');
    expect(every(body, 'dtmf')).toEqual(['digit_1', 'digit_9']);
    expect(every(body, 'defaultChildMenuRef')).toEqual(['./choices/menuTask[goodbye]']);
    const [pay, goodbye] = maps(body, 'menuTask').map(({ task }) => actionsOf(task as Record<string, unknown>));
    expect(pay?.[0]?.kind).toBe('transferToFlowSecure');
    expect(goodbye?.map(({ kind }) => kind)).toEqual(['playAudio', 'disconnect']);
    // A transfer that succeeds does not come back.
    expect([...ends(pay ?? [])]).toEqual(['disconnect']);
  });

  test('has three tries to enter nine digits, with time to type them, and they are not read aloud', () => {
    const tries = maps(read('secure-call').flow, 'collectInput');
    expect(tries).toHaveLength(3);
    for (const one of tries)
      expect(one).toMatchObject({
        digits: { exact: 9 },
        noEntryTimeout: { lit: { seconds: 15 } },
        interDigitTimeout: { lit: { seconds: 6 } },
        verificationType: 'none',
      });
    expect(new Set(tries.map(({ inputAudio }) => JSON.stringify(inputAudio))).size).toBe(3);
  });

  test('is told how it ended, on every path of the secure flow', () => {
    const { flow: body } = read('secure-call');
    const [task] = maps(body, 'task');
    expect([...ends(actionsOf(task ?? {}))]).toEqual(['disconnect']);
    for (const steps of every(body, 'actions') as Record<string, Record<string, unknown>>[][]) {
      const kinds = steps.map((step) => action(step).kind);
      if (kinds.includes('disconnect')) expect(kinds).toEqual(['setParticipantData', 'playAudio', 'disconnect']);
    }
  });

  test('who has paid has a payment id and a status before the first sound; nobody else has a payment id', () => {
    const { flow: body } = read('secure-call');
    const attributes = maps(body, 'setParticipantData').map((one) =>
      (one['attributes'] as { attribute: { name: { lit: string }; value: object } }[]).map(({ attribute }) => [
        attribute.name.lit,
        attribute.value,
      ]),
    );
    const paid = [
      ['eo_paymentId', { exp: 'Task.paymentId' }],
      ['eo_paymentStatus', { lit: 'paid' }],
    ];
    const status = (lit: string) => [['eo_paymentStatus', { lit }]];
    expect(attributes).toHaveLength(5);
    expect(attributes).toEqual(
      expect.arrayContaining([status('no card number'), status('failed'), paid, status('timed out')]),
    );
    const [call] = maps(body, 'callData');
    const { success } = (call?.['outputs'] ?? {}) as Outputs;
    const [decision] = (success?.actions ?? []).map(action);
    expect(decision?.body['condition']).toEqual({ exp: 'IsNotSetOrEmpty(Task.paymentId)' });
    const { no } = (decision?.body['outputs'] ?? {}) as Outputs;
    expect((no?.actions ?? []).map(action)[0]).toMatchObject({
      kind: 'setParticipantData',
      body: { name: 'Record Payment' },
    });
  });
});

describe('the workflow', () => {
  const { flow: body } = read('workflow');

  test('takes the two members of the event that it needs', () => {
    const inputs = maps(body, 'stringVariable').filter(({ isInput }) => isInput === true);
    expect(inputs.map(({ name }) => name)).toEqual(['Flow.conversationId', 'Flow.ani']);
  });

  test('ends on every path, each with a reason of its own, and says saved once', () => {
    const [state] = maps(body, 'state');
    expect([...ends(actionsOf(state ?? {}))]).toEqual(['endWorkflow']);
    const reasons = maps(body, 'exitReason').map(({ lit }) => lit);
    expect(reasons).toEqual([
      'no conversation id',
      'conversation not found',
      'no payment',
      'saved',
      'not saved',
      'data action failed',
      'data action timed out',
    ]);
  });

  test('reads the attribute that the secure flow sets', () => {
    const [get] = maps(body, 'getConversationData');
    expect(get?.['attributes']).toEqual([{ attribute: { name: { lit: 'eo_paymentId' }, variable: 'Flow.paymentId' } }]);
    expect(texts['secure-call']).toContain('lit: eo_paymentId');
  });
});
