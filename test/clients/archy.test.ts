import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ArchyOptions, createArchy } from '../../src/clients/archy.ts';
import { Secret } from '../../src/clients/redact.ts';
import { TimeoutError } from '../../src/clients/retry.ts';
import { systemClock } from '../../src/clock.ts';
import { type Manner, makeArchy, type TestArchy } from '../support/archy.ts';

const SECRET = 'hunter2: "#{{x}}" \'& *a';
const CLIENT = '7de3af06-c0b3-4f9b-af45-72f4a1403797';
const yaml = Buffer.from('workflow:\n  name: Ω\n');
const published: Manner = { exitCode: 0, status: 'success' };
const { signal: never } = new AbortController();

const made: TestArchy[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

/** The stand-in, and what is noted of it. */
function openArchy(manner: Manner, turns: readonly Manner[] = [], more: Partial<ArchyOptions> = {}) {
  const standIn = makeArchy(manner, turns);
  made.push(standIn);
  const noted: string[] = [];
  const archy = createArchy({
    path: standIn.file,
    env: { PATH: '/usr/bin', GENESYSCLOUD_OAUTHCLIENT_SECRET: SECRET, AWS_SESSION_TOKEN: 'hunter3' },
    clock: systemClock,
    location: 'mypurecloud.ie',
    clientId: CLIENT,
    clientSecret: new Secret(SECRET),
    trail: {
      began: async (folder) => void noted.push(folder),
      started: async (pid) => void noted.push(`process ${pid}`),
      ended: async () => void noted.push('ended'),
    },
    ...more,
  });
  return { ...standIn, archy, noted };
}

describe('Archy publishes', () => {
  test('with everything in files that only we may read, and nothing secret where others see it', async () => {
    const { archy, seen, file, noted } = openArchy(published);
    expect(await archy.publish(yaml, never)).toEqual({ isPublished: true, exit: 0, problems: [] });
    const [probe, run] = seen();
    expect(probe?.argv).toEqual(['version']);
    expect(parse(run?.options ?? '')).toEqual({
      clientId: CLIENT,
      clientSecret: SECRET,
      location: 'mypurecloud.ie',
    });
    expect(run?.modes).toEqual(['600', '700']);
    expect(run?.cwd).toBe(realpathSync(dirname(file)));
    const folder = noted[0] ?? '';
    const at = (name: string) => join(folder, name);
    expect(run?.argv).toEqual([
      ...['publish', '--file', at('flow.yaml'), '--optionsFile', at('options.yaml')],
      ...['--resultsFile', at('results.json'), '--homeDir', at('home')],
    ]);
    for (const { argv, env } of seen()) expect(JSON.stringify([argv, env])).not.toMatch(/hunter/);
    expect(run?.env).toMatchObject({ PATH: '/usr/bin', HOME: at('home') });
    expect(noted).toEqual([folder, `process ${run?.pid}`, 'ended']);
    expect(existsSync(folder)).toBe(false);
  });

  test('after it was asked once what it is', async () => {
    const { archy, seen, file } = openArchy(published);
    expect(await archy.identify(never)).toEqual({ file: realpathSync(file), version: '2.43.2' });
    await archy.publish(yaml, never);
    await archy.publish(yaml, never);
    expect(seen().map(({ argv }) => argv[0])).toEqual(['version', 'publish', 'publish']);
  });

  test('or says what was wrong, by its results', async () => {
    const traces = [{ text: `no matches for ${SECRET}`, type: 'error' }];
    const { archy } = openArchy({ exitCode: 101, status: 'failure', traces });
    expect(await archy.publish(yaml, never)).toEqual({
      isPublished: false,
      exit: 101,
      problems: ['no matches for [secret]'],
    });
  });

  test('or, without results, by what it printed', async () => {
    const { archy } = openArchy({ exitCode: 99, printed: '- ERROR! missing permission -- [ArchSession]\n' });
    expect(await archy.publish(yaml, never)).toEqual({
      isPublished: false,
      exit: 99,
      problems: ['missing permission'],
    });
  });
});

describe('Archy is ended, and nothing is left of what it was lent', () => {
  /** Does this as soon as Archy publishes; `isLeft` says what of it is still there. */
  const whenStarted = (then: () => void) => {
    let [lent, process, isNoted] = ['', 0, false];
    const trail: ArchyOptions['trail'] = {
      began: async (folder) => {
        [lent, isNoted] = [folder, true];
      },
      started: async (pid) => {
        process = pid;
        then();
      },
      ended: async () => {
        isNoted = false;
      },
    };
    return { trail, left: () => ({ folder: existsSync(lent), process: isAlive(process), isNoted }) };
  };
  const nothing = { folder: false, process: false, isNoted: false };

  test('when its time is over', async () => {
    const time = new AbortController();
    const over = new Promise<void>((resolve) => time.signal.addEventListener('abort', () => resolve()));
    const { trail, left } = whenStarted(() => time.abort());
    const clock = { ...systemClock, sleep: () => over };
    const { archy } = openArchy('hang', [], { trail, clock });
    await expect(archy.publish(yaml, never)).rejects.toThrow(new TimeoutError('Archy to publish the flow', 900_000));
    expect(left()).toEqual(nothing);
  });

  test('when the run is stopped', async () => {
    const stop = new AbortController();
    const { trail, left } = whenStarted(() => stop.abort(new Error('Stopped by Ctrl-C.')));
    const { archy } = openArchy('hang', [], { trail });
    await expect(archy.publish(yaml, stop.signal)).rejects.toThrow('Stopped by Ctrl-C.');
    expect(left()).toEqual(nothing);
  });

  test('before it is started, where the run was stopped by then', async () => {
    const { archy, seen } = openArchy(published);
    await archy.identify(never);
    await expect(archy.publish(yaml, AbortSignal.abort(new Error('Stopped.')))).rejects.toThrow('Stopped.');
    expect(seen().map(({ argv }) => argv[0])).toEqual(['version']);
  });

  test('where it cannot be written down that it runs', async () => {
    const began: string[] = [];
    const { archy } = openArchy('hang', [], {
      trail: {
        began: async (folder) => void began.push(folder),
        started: () => Promise.reject(new Error('The disk is full.')),
        ended: () => Promise.resolve(),
      },
    });
    await expect(archy.publish(yaml, never)).rejects.toThrow('The disk is full.');
    expect(existsSync(began[0] ?? '')).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('another program is not taken for Archy', () => {
  const others: readonly [string, string, string, RegExp][] = [
    ["npm's", 'node_modules/archy/cli.js', 'console.log("├── a\\n└── b");', /npm's package archy, which draws trees/],
    ['one of another version', 'bin/archy', 'console.log("archy 0.3.1");', /another program of that name/],
    ['one that knows no version', 'bin/archy', 'process.exitCode = 2;', /another program of that name/],
    ['one that says a version and fails', 'bin/archy', 'console.log("2.1.0"); process.exit(1);', /another program/],
  ];
  test.each(others)('%s', async (_, path, text, message) => {
    const standIn = makeArchy();
    made.push(standIn);
    const { archy } = openArchy('publish', [], { path: standIn.other(path, text) });
    await expect(archy.publish(yaml, never)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      exit: 4,
    });
  });

  test('what cannot be started is said so', async () => {
    const standIn = makeArchy();
    made.push(standIn);
    const file = standIn.other('bin/archy', '');
    writeFileSync(file, '#!/nowhere/node\n');
    const { archy } = openArchy('publish', [], { path: file });
    await expect(archy.identify(never)).rejects.toMatchObject({ message: expect.stringMatching(/cannot be started/) });
  });
});
