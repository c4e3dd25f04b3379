import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Clock } from '../clock.ts';
import { findArchy, noArchy } from './archy-place.ts';
import { type ArchyEnd, readEnd, versionIn } from './archy-results.ts';
import { inPrivateFolder, type Trail } from './private-folder.ts';
import { redactor, type Secret } from './redact.ts';
import { type ArchyRun, runArchy } from './run-archy.ts';

export interface ArchyOptions {
  /** The executable; undefined: the one on PATH. */
  readonly path: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** The domain of the region, or what stands in for it. */
  readonly location: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly trail: Trail;
}

/** The Archy of this machine. Whoever uses it lets it publish one flow at a time. */
export interface Archy {
  /** Where it is, and its version. Throws where there is none, or it is another program of that name. */
  readonly identify: (signal: AbortSignal) => Promise<{ readonly file: string; readonly version: string }>;
  /** Publishes the flow of a YAML. Ended with the signal, or when its time is over: then it may have published all the same. */
  readonly publish: (yaml: Uint8Array, signal: AbortSignal) => Promise<ArchyEnd>;
}

const TIMEOUT = 15 * 60_000;
const PROBE_TIMEOUT = 60_000;

/** Archy, wherever it is. Nothing is looked for before it is asked to do something. */
export function createArchy({ path, env, clock, trail, ...settings }: ArchyOptions): Archy {
  const redact = redactor(() => [settings.clientSecret]);
  const run = (one: ArchyRun) => clock.track(() => runArchy(one, env, clock));
  let identity: ReturnType<Archy['identify']> | undefined;

  const identify = async (signal: AbortSignal) => {
    const file = await findArchy(path, env);
    const probe = { file, args: ['version'], ms: PROBE_TIMEOUT, what: 'Archy to tell its version', signal };
    const { exit, said } = await inPrivateFolder((home) => run({ ...probe, home }));
    const version = exit === 0 ? versionIn(said) : undefined;
    if (version === undefined) throw noArchy(file);
    return { file, version };
  };
  const identifyOnce = (signal: AbortSignal) => {
    identity ??= identify(signal);
    return identity;
  };
  return {
    identify: identifyOnce,
    publish: async (yaml, signal) => {
      const { file } = await identifyOnce(signal);
      return inPrivateFolder(async (folder) => {
        const { args, home, results } = await fill(folder, yaml, settings);
        const manner = { ms: TIMEOUT, what: 'Archy to publish the flow', signal, started: trail.started };
        const ended = await run({ file, args, home, ...manner });
        return readEnd({ ...ended, results: await readFile(results, 'utf8').catch(() => undefined) }, redact);
      }, trail);
    },
  };
}

/** Puts into a folder what Archy reads, and says how to tell it. The credentials are nowhere but in a file of their own. */
async function fill(
  folder: string,
  yaml: Uint8Array,
  { clientId, clientSecret, location }: Pick<ArchyOptions, 'clientId' | 'clientSecret' | 'location'>,
) {
  const at = (name: string) => join(folder, name);
  const [options, flow, results, home] = [at('options.yaml'), at('flow.yaml'), at('results.json'), at('home')];
  const once = { flag: 'wx', mode: 0o600 };
  await writeFile(options, stringify({ clientId, clientSecret: clientSecret.reveal(), location }), once);
  await writeFile(flow, yaml, once);
  await mkdir(home, { mode: 0o700 });
  const files = ['--file', flow, '--optionsFile', options, '--resultsFile', results];
  return { args: ['publish', ...files, '--homeDir', home], home, results };
}
