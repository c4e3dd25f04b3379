import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Io } from '../../src/commands/io.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { variablesFor } from '../../src/sandbox/variables.ts';
import { type Manner, makeArchy, type TestArchy } from '../support/archy.ts';
import { openProgram, type Program } from '../support/program.ts';

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

interface Place extends Program {
  readonly archy: TestArchy;
  /** Runs a command that has Archy publish. */
  readonly withArchy: (argv: readonly string[], more?: Partial<Io>) => ReturnType<Program['run']>;
}

async function openPlace(turns: readonly Manner[] = [], observe?: () => void): Promise<Place> {
  const archy = makeArchy('publish', turns);
  const program = await openProgram({ observe });
  opened.push(archy.remove, program.close);
  const options = ['--archy-path', archy.file, '--sandbox', program.sandbox.origin, '--publisher', 'archy'];
  return {
    ...program,
    archy,
    withArchy: ([command = '', ...more], io) => program.run([command, ...options, ...more], io),
  };
}

const install = ['install', '--yes'];
const flows = ({ sandbox }: Program) =>
  sandbox.world.list<{ readonly name: string; readonly publishedVersion: number } & Record<string, never>>('flows');

const publications = ({ archy }: Place) => archy.seen().filter(({ argv }) => argv[0] === 'publish');

/** The folders that Archy was lent. */
const lent = ({ archy }: Place) =>
  archy.seen().flatMap(({ argv }) => argv.filter((word) => word.endsWith('options.yaml')).map((file) => dirname(file)));

test('Archy is found on PATH, and may be asked for by a variable, in an environment that leads to the sandbox', async () => {
  const place = await openPlace();
  const chosen = { EO_SETUP_PUBLISHER: 'archy', EO_SETUP_DID_PROVIDER: 'PURE_CLOUD_VOICE', PATH: place.archy.folder };
  const env = { ...variablesFor(place.sandbox.origin), ...chosen };
  expect(await place.run(['doctor', '--did-start', '+13175550100'], { env })).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/published by Archy 2\.43\.2 \(.*archy\)/),
  });
});

test('with --publisher archy everything is installed, one flow at a time, and a second run has nothing to do', async () => {
  const place = await openPlace();
  const left = leaveBehind(place);
  expect(await place.withArchy(install)).toMatchObject({ exit: 0 });
  const runs = publications(place);
  expect(runs).toHaveLength(3);
  expect(flows(place).map(({ publishedVersion }) => publishedVersion)).toEqual([1, 1, 1]);
  // The credentials and where they belong are in the file, and nowhere else.
  for (const { argv, env, options } of runs) {
    expect(options).toContain(SEED.clientSecret);
    expect(options).toContain(`location: ${new URL(place.sandbox.origin).host}`);
    expect(JSON.stringify([argv, env])).not.toContain(SEED.clientSecret);
  }
  expect(lent(place).filter(existsSync)).toEqual([]);
  expect(readFileSync(place.stateFile, 'utf8')).not.toContain(SEED.clientSecret);
  // What an earlier run was killed over is gone with it.
  expect(existsSync(left)).toBe(false);
  expect(readdirSync(dirname(place.stateFile))).not.toContain('publishing.json');
  place.writes();
  expect(await place.withArchy(install)).toMatchObject({ exit: 0, out: expect.stringContaining('No changes.') });
  expect(place.writes()).toEqual([]);
  expect(publications(place)).toHaveLength(3);
});

/** What is there after a run was killed while Archy published for it. Gives the folder. */
function leaveBehind({ stateFile }: Place): string {
  const folder = mkdtempSync(join(tmpdir(), 'eo-setup-archy-'));
  writeFileSync(join(folder, 'options.yaml'), 'clientSecret: hunter2');
  mkdirSync(dirname(stateFile), { recursive: true, mode: 0o700 });
  const note = JSON.stringify({ folder });
  writeFileSync(join(dirname(stateFile), 'publishing.json'), note, { mode: 0o600 });
  return folder;
}

test.each(['install', 'doctor'])('what is no Archy ends %s before anything is changed', async (command) => {
  const place = await openPlace();
  const npm = place.archy.other('node_modules/archy/cli.js', 'console.log("├── a");');
  const { exit, out, err } = await place.withArchy([command, '--archy-path', npm]);
  expect(exit).toBe(4);
  expect(out + err).toContain("npm's package archy, which draws trees");
  expect(place.writes()).toEqual([]);
});

test('a run that fails at a flow, and one that is stopped at one, are made good by the next', async () => {
  const text = "did not find a text to speech voice with the name 'Jill' for engine 'Genesys Enhanced TTS'";
  const refused = { exitCode: 101, status: 'failure', traces: [{ text, type: 'error' }] };
  let press: () => void = () => undefined;
  const onSignal: Io['onSignal'] = (listener) => {
    press = () => listener('SIGINT');
    return () => undefined;
  };
  const place = await openPlace([refused, 'publish, then hang'], () => {
    if (flows(place).length === 0) return;
    press();
    press = () => undefined;
  });
  const failed = await place.withArchy(install);
  expect(failed.exit).toBe(1);
  expect(failed.err).toMatch(/Archy did not publish the \w+ flow "dev-EventOrchestrator [\w ]+"/);
  expect(failed.err).toContain('The organization has no text-to-speech voice "Jill".');
  expect(failed.err).toContain('exit code 101: errors of Architect Scripting');

  expect(await place.withArchy(install, { onSignal })).toMatchObject({ exit: 130 });
  expect(lent(place).filter(existsSync)).toEqual([]);

  expect(await place.withArchy(install)).toMatchObject({ exit: 0 });
  expect(flows(place)).toHaveLength(3);
  // Nor is there anything to do for a run without Archy.
  expect(await place.inSandbox('install')).toMatchObject({ exit: 0, out: expect.stringContaining('No changes.') });
  // One of them twice: that of the run that was stopped was not known to be whole.
  expect(publications(place)).toHaveLength(5);
});
