import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyState } from '../../src/engine/record.ts';
import { resources } from '../../src/resources/index.ts';
import { checkTarget, openFileStore, readState } from '../../src/state/file-store.ts';
import type { StateTarget } from '../../src/state/format.ts';
import { freshFolders, leaveState } from './folders.ts';
import { golden, goldenState } from './golden.ts';

const folder = freshFolders();
const { state, ...owner } = goldenState();
const file = (name = 'state.json') => join(folder(), name);
const textOf = (name: string) => readFileSync(file(name), 'utf8');
const serialIn = (name: string) => JSON.parse(textOf(name)).serial;
const save = async (...serials: readonly number[]) => {
  const store = openFileStore(folder(), owner);
  for (const serial of serials) await store.save({ ...state, serial });
};

describe('saving', () => {
  test('what was loaded is saved as it was, member by member', async () => {
    leaveState(folder());
    const saved = await readState(folder(), resources);
    if (!saved) throw new Error('There is no state.');
    await openFileStore(folder(), saved).save(saved.state);
    expect(JSON.parse(textOf('state.json'))).toEqual(golden());
    expect(await readState(folder(), resources)).toEqual(saved);
  });

  test('a first state makes the folder; both are for their owner alone, and nothing else is left', async () => {
    expect(await readState(folder())).toBeUndefined();
    await openFileStore(folder(), owner).save(emptyState);
    expect(await readState(folder())).toEqual({ ...owner, state: emptyState });
    expect(readdirSync(folder())).toEqual(['state.json']);
    expect([statSync(folder()).mode & 0o777, statSync(file()).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  test('says whose it is and who wrote it before all else', async () => {
    await save(1);
    const [first, second] = Object.keys(JSON.parse(textOf('state.json')));
    expect([first, second]).toEqual(['format', 'version']);
    expect(JSON.parse(textOf('state.json'))).toMatchObject({ ...owner, version: 1, serial: 1 });
  });
});

describe('the backup', () => {
  test('is the state before the run, not before the last save', async () => {
    await save(1, 2);
    expect(readdirSync(folder())).toEqual(['state.json']);
    await save(3, 4, 5);
    expect([serialIn('state.json'), serialIn('state.json.backup')]).toEqual([5, 2]);
    await save(6);
    expect([serialIn('state.json'), serialIn('state.json.backup')]).toEqual([6, 5]);
    expect(statSync(file('state.json.backup')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder())).toEqual(['state.json', 'state.json.backup']);
  });

  test('stays where the state itself was lost', async () => {
    await save(1);
    await save(2);
    rmSync(file());
    await save(3);
    expect([serialIn('state.json'), serialIn('state.json.backup')]).toEqual([3, 1]);
  });

  test('that cannot be made ends the run before its first save', async () => {
    await save(1);
    mkdirSync(join(file('state.json.backup.new'), 'x'), { recursive: true });
    await expect(save(2)).rejects.toThrow('The state cannot be written');
    expect(serialIn('state.json')).toBe(1);
  });
});

describe('a save that fails', () => {
  test('leaves the old file, and says what to do', async () => {
    const store = openFileStore(folder(), owner);
    await store.save({ ...state, serial: 1 });
    mkdirSync(join(file('state.json.new'), 'x'), { recursive: true });
    const said = { exit: 1, message: expect.stringContaining(file()), hint: expect.stringContaining('Make room') };
    await expect(store.save({ ...state, serial: 2 })).rejects.toEqual(expect.objectContaining(said));
    expect(serialIn('state.json')).toBe(1);
  });

  test('is said where the folder is gone', async () => {
    const store = openFileStore(folder(), owner);
    await store.save(state);
    rmSync(folder(), { recursive: true });
    await expect(store.save(state)).rejects.toThrow('The state cannot be written');
  });
});

test('half a file that a killed run left is in nobody’s way', async () => {
  leaveState(folder());
  writeFileSync(file('state.json.new'), '{"format": "eo-se', { mode: 0o644 });
  expect((await readState(folder()))?.state.serial).toBe(74);
  await save(75);
  expect(serialIn('state.json')).toBe(75);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder())).toEqual(['state.json', 'state.json.backup']);
});

describe('a state that cannot be used', () => {
  test.each([
    ['an empty one', '', 'it is empty'],
    ['a cut one', '{"format"', 'it is cut off, or is not JSON'],
    ['a foreign one', '{"a": 1}', 'it is not a state of eo-setup'],
    ['a damaged one', '{"format": "eo-setup", "version": 1}', 'it is damaged (installation: '],
  ])('%s is refused with 11, saying how to find again what is installed', async (_which, text, why) => {
    leaveState(folder(), text);
    const message = expect.stringContaining(`The state ${file()} cannot be used: ${why}`);
    const hint = expect.stringContaining('Move the file away and run install or uninstall with --recover');
    await expect(readState(folder())).rejects.toEqual(expect.objectContaining({ exit: 11, message, hint }));
    expect(textOf('state.json')).toBe(text);
  });

  test('names the backup where there is one', async () => {
    await save(1);
    await save(2);
    writeFileSync(file(), '');
    const hint = expect.stringContaining(`The state before the last run is in ${file('state.json.backup')}`);
    await expect(readState(folder())).rejects.toEqual(expect.objectContaining({ exit: 11, hint }));
  });

  test('of a newer program is no reason to go back to the backup', async () => {
    await save(1);
    await save(2);
    writeFileSync(file(), '{"format": "eo-setup", "version": 2, "tool": "9.0.0"}');
    const said = {
      message: expect.stringContaining('a newer eo-setup (9.0.0) wrote it. Nothing was changed.'),
      hint: 'Update eo-setup, then run the command again.',
    };
    await expect(readState(folder())).rejects.toEqual(expect.objectContaining({ exit: 11, ...said }));
  });

  test('of a kind that is not among the given ones is refused with 11', async () => {
    leaveState(folder());
    const { 'genesys.ivr': _, ...others } = resources;
    await expect(readState(folder(), others)).rejects.toEqual(
      expect.objectContaining({ exit: 11, message: expect.stringContaining('it holds a genesys.ivr (steps.ivr)') }),
    );
  });

  test('that is huge is not even read', async () => {
    leaveState(folder(), ' '.repeat(8 * 1024 * 1024 + 1));
    await expect(readState(folder())).rejects.toEqual(
      expect.objectContaining({ exit: 11, message: expect.stringContaining('it has 8388609 bytes') }),
    );
  });
});

describe('the place of a state', () => {
  const elsewhere: StateTarget = {
    awsAccount: '210987654321',
    awsRegion: 'eu-west-1',
    genesysOrg: 'another-organization',
    genesysRegion: 'eu-west-1',
    endpoint: 'mypurecloud.ie',
  };
  const check = (target: Partial<StateTarget>, installation = owner.installation) =>
    checkTarget({ state, ...owner }, { ...owner.target, ...target }, installation);

  test('is right where everything is the same', () => {
    expect(check({})).toBeUndefined();
  });

  test.each<[keyof StateTarget, string]>([
    ['awsAccount', 'AWS account: the state has 123456789012, signed in is 210987654321'],
    ['awsRegion', 'AWS region: the state has us-east-1, signed in is eu-west-1'],
    [
      'genesysOrg',
      `Genesys Cloud organization: the state has ${owner.target.genesysOrg}, signed in is another-organization`,
    ],
    ['genesysRegion', 'Genesys Cloud region: the state has us-east-1, signed in is eu-west-1'],
    ['endpoint', 'endpoint: the state has mypurecloud.com, signed in is mypurecloud.ie'],
  ])('of another %s is refused with 11, naming both', (name, detail) => {
    const error = expect.objectContaining({ exit: 11, details: [detail] });
    expect(() => check({ [name]: elsewhere[name] })).toThrow(error);
  });

  test('names everything that differs', () => {
    expect(() => check(elsewhere)).toThrow(
      expect.objectContaining({ details: expect.toSatisfy(({ length }) => length === 5) }),
    );
  });

  test('that is the same in all but the environment is another installation', () => {
    const details = [`installation: the state has ${owner.installation}, this environment is 0123456789ab`];
    expect(() => check({}, '0123456789ab')).toThrow(expect.objectContaining({ exit: 11, details }));
  });
});
