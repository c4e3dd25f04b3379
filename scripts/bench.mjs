// Measures eo-setup against the budgets it is held to, as ratios within one run: `npm run bench`. Runs that are compared
// are interleaved, and medians are taken, so that a noisy machine disturbs all of them alike. Nothing fails here: what the
// numbers mean is for a person to say.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn as spawnAtTerminal } from '@lydell/node-pty';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'bin', 'eo-setup.js');
const ROUNDS = Number(process.argv[2] ?? 9);
const folder = mkdtempSync(join(tmpdir(), 'eo-bench-'));
const empty = join(folder, 'empty.mjs');
/** Tells, as the last thing a program does, how much memory it had at most. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak-kb '+process.resourceUsage().maxRSS+'\\n'))`;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const seconds = (ms) => `${(ms / 1_000).toFixed(2)} s`;
const line = (what, measured, budget) =>
  process.stdout.write(`${what.padEnd(52)}${measured.padEnd(14)}${budget ? `(budget: ${budget})` : ''}\n`);

function timed(...argv) {
  const start = performance.now();
  spawnSync(process.execPath, argv, { cwd: folder, stdio: 'ignore' });
  return performance.now() - start;
}

/** How long it takes until the wizard asks for the first time. */
function firstQuestion() {
  const env = { PATH: process.env.PATH, HOME: folder, TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const start = performance.now();
  const program = spawnAtTerminal(process.execPath, [bin, 'install'], { cwd: folder, env, cols: 80, rows: 24 });
  return new Promise((resolve, reject) => {
    let screen = '';
    program.onExit(() => reject(new Error(`The wizard ended without its first question:\n${screen}`)));
    program.onData((text) => {
      screen += text;
      if (!/Which region is your Genesys Cloud/.test(screen)) return;
      resolve(performance.now() - start);
      program.kill();
    });
  });
}

/** Ratios of starting to an empty program, round by round. */
async function starting() {
  const programs = { empty: [empty], '--version': [bin, '--version'], '--help': [bin, '--help'] };
  const took = { empty: [], '--version': [], '--help': [], question: [] };
  for (let n = 0; n < ROUNDS; n += 1) {
    for (const [name, argv] of Object.entries(programs)) took[name].push(timed(...argv));
    took.question.push(await firstQuestion());
  }
  const base = median(took.empty);
  line('an empty Node.js program', seconds(base));
  line('--version', `${(median(took['--version']) / base).toFixed(2)} x`, '1.3 x an empty program');
  line('--help', `${(median(took['--help']) / base).toFixed(2)} x`, '1.6 x an empty program');
  line('the first question', `${(median(took.question) / base).toFixed(2)} x`, '2.5 x an empty program');
}

/** Runs a command to its end; gives its events with the moment at which each came, and its peak of memory in MB. */
function follow(...argv) {
  const child = spawn(process.execPath, ['--import', PEAK, bin, ...argv, '--json'], { cwd: folder });
  const start = performance.now();
  const events = [];
  let [rest, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const text of lines) events.push({ ...JSON.parse(text), at: performance.now() - start });
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`eo-setup ${argv.join(' ')} ended with ${code}:\n${err}`));
      const peak = Number(/peak-kb (\d+)/.exec(err)?.[1]) / 1_024;
      return resolve({ events, took: performance.now() - start, peak });
    });
  });
}

/** The longest chain of steps, each as long as it took itself: no schedule of these steps can be shorter. */
function longestChain(events, edgesOf) {
  const spans = new Map();
  for (const { type, id, state, at } of events) {
    if (type !== 'step') continue;
    const span = spans.get(id) ?? { begin: at, end: at };
    spans.set(id, { begin: span.begin, end: state === 'waiting' ? span.end : at });
  }
  const known = new Map();
  const chain = (id) => {
    if (!spans.has(id)) return 0;
    if (!known.has(id)) {
      const { begin, end } = spans.get(id);
      known.set(id, end - begin + Math.max(0, ...edgesOf(id).map(chain)));
    }
    return known.get(id);
  };
  const all = [...spans.values()];
  const first = Math.min(...all.map(({ begin }) => begin));
  const last = Math.max(...all.map(({ end }) => end));
  return { chain: Math.max(...[...spans.keys()].map(chain)), took: last - first };
}

const readSteps = () => JSON.parse(readFileSync(join(folder, '.eo-setup/sandbox/dev/state.json'), 'utf8')).steps;
const ratio = ({ chain, took }) => `${(took / chain).toFixed(2)} x`;

async function running(profile) {
  const at = ['--sandbox', '--sandbox-profile', profile];
  const install = await follow('install', '--yes', ...at);
  const steps = readSteps();
  const below = (id) => [...(steps[id]?.needs ?? []), ...(steps[id]?.after ?? [])];
  const above = (id) => Object.keys(steps).filter((other) => below(other).includes(id));
  const again = await follow('install', '--yes', ...at);
  const status = await follow('status', ...at);
  const uninstall = await follow('uninstall', '--yes', '--drain', '0', ...at);
  line(`install, ${profile}`, seconds(install.took), profile === 'instant' ? '2 s' : undefined);
  if (profile === 'realistic') {
    line('  its steps, to their longest chain', ratio(longestChain(install.events, below)), '1.05 x');
    line('uninstall, realistic', seconds(uninstall.took));
    line('  its steps, to their longest chain', ratio(longestChain(uninstall.events, above)), '1.05 x');
  }
  line(`a second install, ${profile}`, seconds(again.took));
  line(`status, ${profile}`, seconds(status.took));
  line(`peak memory of install, ${profile}`, `${install.peak.toFixed(0)} MB`, '150 MB, sandbox left out');
}

try {
  writeFileSync(empty, '');
  await starting();
  await running('instant');
  await running('realistic');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
