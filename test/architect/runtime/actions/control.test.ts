import { describe, expect, test } from 'vitest';
import { flowOf, rehearse, saying, variables, workflowOf } from '../rehearse.ts';

const say = (tts: string) => ({ playAudio: { name: tts, audio: { tts } } });
const decide = (exp: string, outputs: object) => ({ decision: { name: 'Decide', condition: { exp }, outputs } });
const ways = { yes: { actions: [say('yes')] }, no: { actions: [say('no')] } };
const heardIn = async (actions: readonly object[], more: object = {}) => (await rehearse(flowOf(actions, more))).heard;

describe('a decision', () => {
  test('goes one way, then on', async () => {
    expect(await heardIn([decide('1 < 2', ways), say('after')])).toEqual(['yes', 'after']);
    expect(await heardIn([decide('1 > 2', ways), say('after')])).toEqual(['no', 'after']);
    expect(await heardIn([decide('1 > 2', { yes: ways.yes }), say('after')])).toEqual(['after']);
  });

  test('that is NOT_SET or no boolean is an error', async () => {
    const flow = (exp: string) => flowOf([decide(exp, ways)], { variables: variables({ 'Flow.x': 'boolean' }) });
    expect((await rehearse(flow('Flow.x'))).ending).toMatchObject({ message: 'the condition is NOT_SET' });
    expect((await rehearse(flow('"true"'))).ending).toMatchObject({
      message: 'a string is here, where a boolean is needed',
    });
  });
});

describe('a switch', () => {
  const one = (exp: string, said: string) => ({ case: { value: { exp }, actions: [say(said)] } });
  const cases = [one('1 == 2', 'a'), one('1 == 1', 'b'), one('2 == 2', 'c')];
  const body = { default: { actions: [say('default')] }, cases };
  const of = (evaluate: object) => [{ switch: { name: 'Switch', evaluate } }, say('after')];
  test('goes along the first case that is true', async () => {
    expect(await heardIn(of({ firstTrue: body }))).toEqual(['b', 'after']);
  });
  test('or along all', async () => {
    expect(await heardIn(of({ allTrue: body }))).toEqual(['b', 'c', 'after']);
  });
  test('or along the default, or on', async () => {
    expect(await heardIn(of({ firstTrue: { ...body, cases: cases.slice(0, 1) } }))).toEqual(['default', 'after']);
    expect(await heardIn(of({ firstTrue: { cases: cases.slice(0, 1) } }))).toEqual(['after']);
  });
});

describe('a loop', () => {
  const loop = (actions: readonly object[], loopCount: object = { lit: 3 }) => ({
    loop: { name: 'Loop', currentIndex: { var: 'Task.at' }, loopCount, outputs: { loop: { actions } } },
  });
  const index = saying('ToString(Task.at)');
  test('counts from 0, then goes on', async () => {
    expect(await heardIn([loop([index]), say('after')])).toEqual(['0', '1', '2', 'after']);
    expect(await heardIn([loop([index], { exp: '1 - 1' }), say('after')])).toEqual(['after']);
  });
  test('can be left, and a turn cut short', async () => {
    const leave = decide('Task.at == 1', { yes: { actions: [{ loopExit: { name: 'Leave' } }] } });
    expect(await heardIn([loop([index, leave, say('turn')]), say('after')])).toEqual(['0', 'turn', '1', 'after']);
    const next = decide('Task.at == 1', { yes: { actions: [{ loopNext: { name: 'Next' } }] } });
    expect(await heardIn([loop([next, index]), say('after')])).toEqual(['0', '2', 'after']);
  });
  test('inside another leaves only itself', async () => {
    const inner = loop([index, { loopExit: { name: 'Leave' } }], { lit: 5 });
    expect(await heardIn([loop([inner, say('outer')], { lit: 2 })])).toEqual(['0', 'outer', '0', 'outer']);
  });
  test('can end the call', async () => {
    expect(await heardIn([loop([index, { disconnect: { name: 'End' } }]), say('after')])).toEqual(['0']);
  });
});

describe('tasks', () => {
  const flow = (actions: readonly object[], task: object) =>
    flowOf(actions, { variables: variables({ 'Flow.result': 'string' }) }, 'inboundCall', {}, [task]);
  const other = (actions: readonly object[], types = {}) => ({
    name: 'Other',
    refId: 'other',
    variables: variables({ 'Task.x': ['string', { lit: 'own' }], ...types }),
    actions,
  });
  const targetTaskRef = '/inboundCall/tasks/task[other]';
  const callTask = (more: object = {}) => ({ callTask: { name: 'Call', targetTaskRef, ...more } });

  test('are jumped to for good', async () => {
    const jump = { jumpToTask: { name: 'Jump', targetTaskRef } };
    const { heard, done } = await rehearse(flow([jump, say('never')], other([saying('Task.x')])));
    expect(heard).toEqual(['own']);
    expect(done).toEqual(['actionJumpToTask to Other', 'actionPlayAudio', 'actionDisconnect']);
  });

  test('are called, and come back along the path they end with', async () => {
    const end = { endTask: { name: 'End', outputPath: { name: 'Good' } } };
    const outputs = { Good: { actions: [say('good')] }, Bad: { actions: [say('bad')] } };
    const { heard } = await rehearse(flow([callTask({ outputs }), say('after')], other([end, say('never')])));
    expect(heard).toEqual(['good', 'after']);
  });

  test('are given values, and give some back', async () => {
    const inputs = { 'Task.x': { exp: '"giv" + "en"' } };
    const outputVariables = { 'Task.y': { var: 'Flow.result' } };
    const set = {
      updateData: { statements: [{ string: { variable: 'Task.y', value: { exp: 'Task.x + "!"' } } }] },
    };
    const actions = [callTask({ inputs, outputVariables }), saying('Flow.result')];
    expect((await rehearse(flow(actions, other([set], { 'Task.y': 'string' })))).heard).toEqual(['given!']);
  });

  test('begin anew each time', async () => {
    const set = { updateData: { statements: [{ string: { variable: 'Task.x', value: { lit: 'changed' } } }] } };
    const { heard } = await rehearse(flow([callTask(), callTask()], other([saying('Task.x'), set])));
    expect(heard).toEqual(['own', 'own']);
  });

  test('that call themselves have an end, however deep', async () => {
    const { ending } = await rehearse(flow([callTask()], other([callTask()])));
    expect(ending).toMatchObject({
      kind: 'error',
      message: 'more than 10,000 actions: the flow goes round in circles',
      where: expect.stringContaining('/inboundCall/tasks/task[other]/actions/callTask[Call]'),
    });
  });
});

describe('a workflow', () => {
  test('goes from state to state, and waits in its own time', async () => {
    const { workflow } = workflowOf([
      { wait: { name: 'Wait', duration: { lit: { minutes: 90 } } } },
      { changeState: { name: 'Go', targetStateRef: '/workflow/states/state[next]' } },
    ]);
    const next = { state: { name: 'Next', refId: 'next', actions: [{ endWorkflow: { name: 'End' } }] } };
    const { ending, took } = await rehearse({ workflow: { ...workflow, states: [...workflow.states, next] } });
    expect(ending).toEqual({ kind: 'ended', exitReason: undefined });
    expect(took).toBe(90 * 60_000);
  });

  test('says why it ended', async () => {
    const end = { endWorkflow: { name: 'End', exitReason: { exp: '"a" + "b"' } } };
    expect((await rehearse(workflowOf([end]))).ending).toEqual({ kind: 'ended', exitReason: 'ab' });
  });

  test('that comes to no end is over', async () => {
    expect((await rehearse(workflowOf([]))).ending).toEqual({ kind: 'ended', exitReason: undefined });
  });

  test('has nobody to say anything to', async () => {
    expect((await rehearse(workflowOf([say('hello')]))).ending).toMatchObject({
      kind: 'error',
      message: 'playAudio needs a caller, and a workflow has none',
    });
  });

  test('that is to wait for no time that is said is an error', async () => {
    expect((await rehearse(workflowOf([{ wait: { name: 'Wait' } }]))).ending).toMatchObject({
      message: 'it is not said how long to wait',
    });
  });
});
