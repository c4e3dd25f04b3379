import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CallReport } from '../../src/sandbox/telephony/contract.ts';
import { openProgram, type Program } from '../support/program.ts';
import { typist } from '../support/typist.ts';

let program: Program;
beforeAll(async () => {
  program = await openProgram({ functions: 'real' });
  await program.inSandbox('install');
});
afterAll(() => program.close());
beforeEach(() => {
  program.sandbox.faults.set([]);
  program.sandbox.setProfile({ latency: {}, windows: {} });
});

const NUMBER = '+13175550100';
const CARD = '123456789';

/** Makes a call and gives its account; the exit code says whether it was as expected. */
async function call(...argv: readonly string[]): Promise<CallReport & { readonly exit: number }> {
  const { out } = await program.inSandbox('call', '--json', ...argv);
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
}
const exitReasons = ({ workflows }: CallReport) => workflows.map(({ exitReason }) => exitReason);

describe('a caller who pays', () => {
  test('is heard through to one JSON object in S3 with payment id, number and conversation', async () => {
    const report = await call('--keys', '1', CARD);
    expect(report).toMatchObject({ exit: 0, attributes: { eo_paymentStatus: 'paid' } });
    expect(report.flows.map(({ type, ending }) => [type, ending])).toEqual([
      ['INBOUNDCALL', 'transferred'],
      ['SECURECALL', 'disconnect'],
      ['WORKFLOW', 'ended'],
    ]);
    const [stored] = report.objects;
    const paymentId = report.attributes['eo_paymentId'];
    expect(JSON.parse(stored?.content ?? '')).toMatchObject({
      paymentId,
      phoneNumber: '+13175550142',
      conversationId: report.conversationId,
      savedAt: expect.any(String),
    });
    expect(stored?.key).toBe(`payments/${paymentId}.json`);
    expect(exitReasons(report)).toEqual(['saved']);
  });

  test('hears the greeting once, and never sees the card number anywhere', async () => {
    const card = '987654321';
    const report = await call('--keys', '1', card);
    expect(report.heard.filter((line) => line.includes('Welcome'))).toHaveLength(1);
    expect(JSON.stringify(report)).not.toContain(card);
    const world = program.sandbox.world;
    for (const collection of ['conversations', 'executions', 'objects', 'log-streams'])
      expect(JSON.stringify(world.list(collection)), collection).not.toContain(card);
  });

  test('and withholds the number is saved without one', async () => {
    const report = await call('--from', 'anonymous', '--keys', '1', CARD);
    expect(JSON.parse(report.objects[0]?.content ?? '')).toMatchObject({ phoneNumber: null });
  });

  test('and whose end is told twice is saved once', async () => {
    const report = await call('--events', '2', '--keys', '1', CARD);
    expect(exitReasons(report)).toEqual(['saved', 'saved']);
    expect(report.objects).toHaveLength(1);
  });

  test('at the same time as another is not confused with them', async () => {
    const both = await Promise.all([call('--keys', '1', CARD), call('--keys', '1', '987654321')]);
    const ids = both.map(({ attributes }) => attributes['eo_paymentId']);
    expect(new Set(ids).size).toBe(2);
    for (const [n, report] of both.entries()) expect(report.objects[0]?.key).toBe(`payments/${ids[n]}.json`);
  });
});

describe('a caller who does something else', () => {
  const nothing = { exit: 0, objects: [] };
  const expectNothing = ['--expect', 'not-stored', '--keys'];
  const mistakes: readonly (readonly [
    what: string,
    keys: readonly string[],
    exitReason: string,
    status: string | undefined,
  ])[] = [
    ['presses 9', ['9'], 'no payment', undefined],
    ['says nothing', ['.'], 'no payment', undefined],
    ['enters too little, three times', ['1', '12345.', '12345.', '12345.'], 'no payment', 'no card number'],
    ['enters nothing at all', ['1', '...'], 'no payment', 'no card number'],
    ['hangs up in the menu', ['!'], 'no payment', undefined],
    ['hangs up while entering', ['1', '1234!'], 'no payment', undefined],
  ];
  test.each(mistakes)('who %s pays nothing, and that is known', async (_, keys, exitReason, status) => {
    const report = await call(...expectNothing, ...keys);
    expect(report).toMatchObject(nothing);
    expect(exitReasons(report)).toEqual([exitReason]);
    expect(report.attributes['eo_paymentStatus']).toBe(status);
    expect(report.attributes['eo_paymentId']).toBeUndefined();
  });

  test.each([
    ['presses a key that leads nowhere', ['5', '1', CARD]],
    ['enters too little at first', ['1', '123.', CARD]],
    ['presses * instead', ['1', '*', CARD]],
    ['presses # instead', ['1', '#', CARD]],
    ['has all keys in one word', [`1 12. ${CARD}`]],
  ])('who %s may try again', async (_, keys) => {
    expect(await call('--keys', ...keys)).toMatchObject({ exit: 0, attributes: { eo_paymentStatus: 'paid' } });
  });
});

describe('a caller who hangs up directly after the card', () => {
  const argv = ['--hang-up-after', '10', '--keys', '1', CARD];

  test('has paid, and that is saved', async () => {
    expect(await call(...argv)).toMatchObject({ exit: 0, event: { disconnectType: 'CLIENT' } });
  });

  test('is told of where the workflow could not see the payment yet, and how to let it wait', async () => {
    program.sandbox.setProfile({ latency: {}, windows: { 'attributes.visible': { ms: 5_000 } } });
    const { exit, out } = await program.inSandbox('call', ...argv);
    expect(exit).toBe(10);
    expect(out).toContain('Install with --trigger-delay 60');
    await program.inSandbox('install', '--trigger-delay', '60');
    program.sandbox.setProfile({ latency: {}, windows: { 'attributes.visible': { ms: 5_000 } } });
    expect(await call(...argv)).toMatchObject({ exit: 0 });
    await program.inSandbox('install', '--trigger-delay', '0');
  });
});

describe('where something fails', () => {
  const argv = ['--expect', 'not-stored', '--keys', '1', CARD];
  const heard = ({ heard: lines }: CallReport) => lines.join('\n');

  test('a data action that is refused is told to the caller and recorded', async () => {
    program.sandbox.faults.set([{ match: { operation: 'invokeDataAction', nth: 1 }, when: 'before', then: 'refuse' }]);
    const report = await call(...argv);
    expect(report).toMatchObject({ exit: 0, attributes: { eo_paymentStatus: 'failed' } });
    expect(heard(report)).toContain('did not go through');
    expect(report.actions[0]).toMatchObject({ outcome: 'failure' });
  });

  test('a data action that takes too long is told to the caller and recorded', async () => {
    program.sandbox.faults.set([{ match: { operation: 'invokeDataAction', nth: 1 }, when: 'before', then: 'stall' }]);
    const report = await call(...argv);
    expect(report).toMatchObject({ exit: 0, attributes: { eo_paymentStatus: 'timed out' } });
    expect(report.actions[0]).toMatchObject({ outcome: 'timeout' });
  });

  test('a secure flow that does not take the call is told to the caller and recorded', async () => {
    program.sandbox.faults.set([{ match: { operation: 'transferToFlowSecure' }, when: 'before', then: 'refuse' }]);
    const report = await call(...argv);
    expect(report).toMatchObject({ exit: 0, attributes: { eo_paymentStatus: 'transfer failed' } });
    expect(heard(report)).toContain('cannot take payments at the moment');
  });

  test('a bucket that refuses the object fails the workflow, which says so', async () => {
    const { world } = program.sandbox;
    const name = 'dev-saveUserData-LambdaExecutionRole';
    const role = world.get<{ inline: object }>('roles', name);
    if (!role) throw new Error('There is no role.');
    world.put('roles', name, { ...role, inline: {} });
    const report = await call(...argv);
    expect(exitReasons(report)).toEqual(['data action failed']);
    expect(report.actions[1]).toMatchObject({
      outcome: 'failure',
      detail: expect.stringContaining('could not be saved'),
    });
    world.put('roles', name, role);
  });

  test('a role that does not trust the organization fails the data action, in words that name it', async () => {
    const { world } = program.sandbox;
    const name = 'dev-generate_paymentId-TrustRole';
    const role = world.get<{ AssumeRolePolicyDocument: string }>('roles', name);
    if (!role) throw new Error('There is no role.');
    const other = role.AssumeRolePolicyDocument.replace('5a4d0b0c', '00000000');
    world.put('roles', name, { ...role, AssumeRolePolicyDocument: other });
    const report = await call(...argv);
    expect(report.actions[0]).toMatchObject({ outcome: 'failure', detail: expect.stringContaining('sts:AssumeRole') });
    world.put('roles', name, role);
  });
});

test('the secure variant takes the card as secure data, from the variable to the data action', async () => {
  const secure = await openProgram({ functions: 'real' });
  expect(await secure.inSandbox('install', '--secure-data-action')).toMatchObject({
    exit: 0,
    out: expect.stringContaining('The card number is passed as secure data.'),
  });
  const actions = secure.sandbox.world.list<{ name: string; secure: boolean }>('actions');
  expect(actions.map(({ secure: isSecure }) => isSecure).sort()).toEqual([false, true]);
  const { exit, out } = await secure.inSandbox('call', '--json', '--keys', '1', '987654321');
  expect(exit).toBe(0);
  expect(out).toContain('actionCallDataSecure');
  expect(out).not.toContain('987654321');
  expect((await secure.inSandbox('install')).out).toContain('No changes.');
  expect(await secure.inSandbox('install', '--secure-data-action', 'off')).toMatchObject({ exit: 0 });
  expect(await secure.inSandbox('call', '--keys', '1', '987654321')).toMatchObject({ exit: 0 });
  await secure.close();
});

describe('calls that are none of ours', () => {
  test('an outbound call does not start the workflow', async () => {
    const script = join(program.folder, 'outbound.yaml');
    writeFileSync(script, '- {direction: outbound, to: "+13175559999", expect: [not-triggered, not-stored]}\n');
    expect(await program.inSandbox('call', '--script', script)).toMatchObject({ exit: 0 });
  });

  test('a call to another number does not start the workflow, and the trigger says why', async () => {
    const { world } = program.sandbox;
    const [ivr] = world.list<{ id: string; dnis: readonly string[] }>('ivrs');
    if (!ivr) throw new Error('There is no IVR.');
    world.put('ivrs', ivr.id, { ...ivr, dnis: [...ivr.dnis, '+13175550199'] });
    const report = await call('--to', '+13175550199', '--expect', 'not-triggered', '--keys', '9');
    expect(report.exit).toBe(0);
    expect(report.triggers[0]).toMatchObject({
      matched: false,
      why: expect.stringContaining('dnis Contains "13175550100" does not hold'),
    });
    world.put('ivrs', ivr.id, ivr);
  });

  test('a number that no IVR has is answered by nobody', async () => {
    expect(await program.inSandbox('call', '--to', '+15555550000', '--keys', '1')).toMatchObject({
      exit: 10,
      err: expect.stringContaining('No IVR has the number +15555550000'),
    });
  });
});

describe('a call at the terminal', () => {
  test.each([
    ['ends well whatever is pressed, where nothing was expected', [], '9', 0],
    ['ends with 10 where it did not do what was expected', ['--expect', 'stored'], '9', 10],
  ])('%s', async (_, argv, key, exit) => {
    const person = typist([['press 1', key]]);
    const ended = await program.run(['call', '--sandbox', program.sandbox.origin, ...argv], person.streams);
    expect(ended.exit, person.text()).toBe(exit);
    expect(person.rest()).toEqual([]);
  });
});

describe('the command', () => {
  test('ends with 10 where the call did not do what was expected, and says what', async () => {
    const { exit, out } = await program.inSandbox('call', '--keys', '9', '--expect', 'stored', 'paymentId');
    expect(exit).toBe(10);
    expect(out).toContain('It did not do what was expected: stored, paymentId.');
  });

  test('makes all calls of a script and prints a table of them', async () => {
    const script = join(program.folder, 'calls.yaml');
    writeFileSync(
      script,
      ['- {name: pays, keys: "1 123456789", times: 3}', '- {name: leaves, keys: "9", expect: [stored]}', ''].join('\n'),
    );
    const { exit, out } = await program.inSandbox('call', '--script', script);
    expect(exit).toBe(10);
    expect(out).toMatch(/ok +pays \(3 times\) +saved/);
    expect(out).toMatch(/FAILED +leaves +no payment +not: stored/);
    expect(out).toContain('1 of 4 calls did not do what was expected.');
  });

  test.each([
    ['a script that is none', ['--script', 'eo-setup.yaml'], /cannot be used/],
    ['an expectation that is none', ['--keys', '1', '--expect', 'wonders'], /"wonders" is nothing/],
    ['keys that are none', ['--keys', '1 12a'], /'1 12a' is invalid. Keys are 0 to 9/],
    ['a caller that is none', ['--keys', '1', '--from', 'me'], /'me' is invalid. Use the international form/],
    ['nobody to press keys', [], /Nobody is here to press keys/],
  ])('refuses %s with 2', async (_, argv, said) => {
    const ended = await program.inSandbox('call', ...argv);
    expect(ended.exit).toBe(2);
    expect(ended.err).toMatch(said);
  });

  test('refuses a script with keys that are none, naming them', async () => {
    const script = join(program.folder, 'wrong.yaml');
    writeFileSync(script, '- {keys: [1, 12a]}\n');
    const ended = await program.inSandbox('call', '--script', script);
    expect(ended).toMatchObject({ exit: 2, err: expect.stringContaining('"1 12a": Keys are 0 to 9') });
  });

  test('needs something that is installed', async () => {
    const empty = await openProgram();
    expect(await empty.inSandbox('call', '--keys', '1')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('nothing is installed'),
    });
    await empty.close();
  });

  test(`calls ${NUMBER} where nobody says which number`, async () => {
    expect((await call('--keys', '9', '--expect', 'not-stored')).to).toBe(NUMBER);
  });
});
