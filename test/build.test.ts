import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../src/assets.ts';

const root = packageRoot(import.meta.url);
let folder = '';

interface Ran {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const node = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  new Promise((resolve) => {
    const { PATH = '' } = process.env;
    execFile(process.execPath, [...args], { env: { PATH, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eo-build-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the build', () => {
  test('makes the same functions, byte for byte, in every time zone', async () => {
    const zones = ['Pacific/Auckland', 'America/Los_Angeles'];
    const builds = await Promise.all(
      zones.map(async (zone) => {
        const out = join(folder, zone.replace('/', '-'));
        await node([join(root, 'scripts/build.mjs'), out], { TZ: zone });
        const files = (await readdir(join(out, 'lambdas'))).sort();
        return Promise.all(files.map(async (file) => [file, await readFile(join(out, 'lambdas', file))] as const));
      }),
    );
    const [first = [], second] = builds;
    expect(first.map(([file]) => file)).toEqual(['manifest.json', 'payment-id.zip', 'save-data.zip']);
    expect(second).toEqual(first);
    const bytes = Object.fromEntries(first);
    const sha256 = (file: string) =>
      createHash('sha256')
        .update(bytes[file] ?? '')
        .digest('hex');
    expect(JSON.parse(String(bytes['manifest.json']))).toEqual({
      'payment-id': { sha256: sha256('payment-id.zip') },
      'save-data': { sha256: sha256('save-data.zip') },
    });
  });

  test('puts one module into each zip, which anybody may read and which works on its own', async () => {
    const out = join(folder, 'Pacific-Auckland', 'lambdas');
    for (const [name, message] of [
      ['payment-id', 'cardNumber missing'],
      ['save-data', 'paymentId missing'],
    ] as const) {
      const zip = await readFile(join(out, `${name}.zip`));
      const files = unzipSync(zip);
      expect(Object.keys(files)).toEqual(['index.mjs']);
      expect(modeOf(zip)).toEqual({ system: 'unix', mode: 0o100644 });
      const alone = join(folder, name);
      await mkdir(alone);
      await writeFile(join(alone, 'index.mjs'), files['index.mjs'] ?? '');
      const script = `import(${JSON.stringify(join(alone, 'index.mjs'))}).then(({ handler }) => handler({}, {})).catch(({ message }) => console.log(message))`;
      expect(await node(['--eval', script], { REGION: 'us-east-1', BUCKET_NAME: 'dev-eo' })).toMatchObject({
        stdout: `${message}\n`,
      });
    }
  });
});

/** The file mode of a zip's only file, and the system that it is meant for, from the central directory. */
function modeOf(zip: Buffer) {
  const directory = zip.indexOf(Buffer.from('PK\u0001\u0002'));
  return { system: zip[directory + 5] === 3 ? 'unix' : 'another', mode: zip.readUInt32LE(directory + 38) >>> 16 };
}

describe('bin/eo-setup.js', () => {
  /** A package with this as its program; without one it is not built. */
  async function packageWith(name: string, main?: string): Promise<string> {
    const at = join(folder, name);
    await cp(join(root, 'bin'), join(at, 'bin'), { recursive: true });
    await writeFile(join(at, 'package.json'), '{"name": "eo-setup", "version": "1.2.3", "type": "module"}');
    await mkdir(join(at, 'dist'));
    if (main !== undefined) await writeFile(join(at, 'dist/main.js'), main);
    return join(at, 'bin/eo-setup.js');
  }

  test.each(['--version', '-V'])('answers %s without loading the program', async (flag) => {
    const bin = await packageWith(`version${flag}`, 'throw new Error("loaded");');
    expect(await node([bin, flag])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });

  test('says how to build what is not built', async () => {
    const { code, stdout, stderr } = await node([await packageWith('unbuilt'), 'install']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^eo-setup is not built yet\. Run `npm run build` in .+ first\.\n$/);
  });

  test('says which Node.js it needs to one that is too old', async () => {
    const bin = await packageWith('old', 'throw new Error("loaded");');
    const pretend = join(folder, 'pretend.mjs');
    await writeFile(pretend, "Object.defineProperty(process.versions, 'node', { value: '20.9.0' });");
    expect(await node(['--import', pretend, bin, '--version'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'eo-setup needs Node.js 20.17 or later; this is 20.9.0. Install a newer one.\n',
    });
  });

  test('gives the program all that it needs, and ends with its code', async () => {
    const bin = await packageWith(
      'built',
      `export const systemClock = 'the clock';
       export const run = async ({ argv, env, stdin, stdout, stderr, clock, cwd, root, random, onSignal }) => {
         onSignal(() => {})();
         stderr.write(JSON.stringify([argv, env.SEEN, stdin === process.stdin, clock, cwd, root, random() < 1]));
         stdout.write('done');
         return 6;
       };`,
    );
    const { code, stdout, stderr } = await node([bin, 'status', '--version'], { SEEN: 'yes' });
    expect({ code, stdout }).toEqual({ code: 6, stdout: 'done' });
    const at = `${join(folder, 'built')}/`;
    expect(JSON.parse(stderr)).toEqual([['status', '--version'], 'yes', true, 'the clock', process.cwd(), at, true]);
  });
});
