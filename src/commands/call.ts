import { resolve } from 'node:path';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { CallReport } from '../sandbox/telephony/contract.ts';
import { readState } from '../state/file-store.ts';
import { formatCall } from '../ui/format-call.ts';
import { formatCalls } from '../ui/format-calls.ts';
import { type CallClient, callClient, callFailure, type Wanted } from './call-client.ts';
import { readScript, type ScriptedCall } from './call-script.ts';
import type { Command, Invocation, Outcome } from './command.ts';
import { BY_DEFAULT, type Expectation, parseExpectation, unmet } from './expectations.ts';
import { start } from './gather-settings.ts';
import { lastSettings } from './last-settings.ts';

/** Calls the number that is installed in the sandbox, and plays the published flows. */
export const call: Command = async (invocation) => {
  const { io, options } = invocation;
  // Who calls at the terminal may do what they like, and is told what came of it.
  const expected = (options.expect ?? (options.keys ? [BY_DEFAULT] : [])).map(parseExpectation);
  const script = options.script === undefined ? undefined : await readScript(resolve(io.cwd, options.script));
  // A call is only ever a rehearsal.
  const { place } = await start(io, { ...options, sandbox: options.sandbox ?? true }, 'to the sandbox');
  const installed = await installedNumber(place.folder);
  const { env, close } = await place.open();
  try {
    const client = callClient(env['AWS_ENDPOINT_URL'] ?? '');
    if (script) return await runScript(invocation, client, script, installed);
    const wanted = wantedBy(invocation, installed);
    const report = wanted.keys ? await client.place(wanted) : await talk(invocation, client, wanted);
    // What was heard at the terminal need not be told again.
    return conclude(invocation, wanted.keys ? report : { ...report, heard: [] }, expected);
  } finally {
    await close();
  }
};

/** The first number of what was installed last; undefined where nothing is. */
async function installedNumber(folder: string): Promise<string | undefined> {
  const saved = await readState(folder);
  const settings = new Map<string, unknown>(Object.entries(saved ? lastSettings(saved.state) : {}));
  const first = settings.get('didStart');
  return saved?.state.steps['ivr'] && typeof first === 'string' ? first : undefined;
}

function wantedBy({ options }: Invocation, installed: string | undefined): Wanted {
  const { from, keys, hangUpAfter, events } = options;
  const isAnonymous = from === 'anonymous';
  return {
    to: numberToCall(options.to, installed),
    from: isAnonymous ? undefined : (from ?? CALLER),
    keys,
    hangUpAfter,
    events,
  };
}

/** Who calls where nobody says who: a number that is set aside for fiction. */
const CALLER = '+13175550142';

function numberToCall(to: string | undefined, installed: string | undefined): string {
  if (to !== undefined) return to;
  if (installed !== undefined) return installed;
  throw new SetupError('There is no number to call: nothing is installed in the sandbox.', {
    exit: exitCode.usage,
    hint: 'Install into it first with "eo-setup install --sandbox", or name a number with --to.',
  });
}

/** A call at the terminal: what is heard is printed, what is pressed is sent, Ctrl-C hangs up. */
async function talk(invocation: Invocation, client: CallClient, wanted: Wanted): Promise<CallReport> {
  const { terminal, reporter, signal } = invocation;
  if (!terminal.canAsk || invocation.options.input === false)
    throw new SetupError('Nobody is here to press keys.', {
      exit: exitCode.usage,
      hint: 'Say what the caller presses with --keys, for example --keys 1 123456789.',
    });
  reporter.say(`Calling ${wanted.to}. Press keys as on a telephone; Ctrl-C hangs up.`);
  const id = await client.begin(wanted);
  const hangUp = () => void client.hangUp(id).catch(() => undefined);
  signal.addEventListener('abort', hangUp, { once: true });
  const release = terminal.readKeys((key) => {
    if (key === 'hang up') hangUp();
    else void client.press(id, key).catch(() => undefined);
  });
  try {
    for (let since = 0; ; ) {
      const { lines, report, failure } = await client.follow(id, since);
      for (const line of lines) reporter.say(line);
      since += lines.length;
      if (failure) throw callFailure(failure.code, failure.message);
      if (report) return report;
    }
  } finally {
    release();
    signal.removeEventListener('abort', hangUp);
  }
}

function conclude({ reporter }: Invocation, report: CallReport, expected: readonly Expectation[]): Outcome {
  const missing = unmet(expected, report);
  reporter.show(formatCall(report, missing));
  return { exit: missing.length === 0 ? exitCode.done : exitCode.verification, unmet: missing, ...report };
}

/** How many calls are on the line at once. */
const LINES = 4;

/** Makes all calls of a script and prints a table of them. */
async function runScript(
  { reporter, signal }: Invocation,
  client: CallClient,
  script: readonly ScriptedCall[],
  installed: string | undefined,
): Promise<Outcome> {
  const calls = script.flatMap((one, index) =>
    Array.from({ length: one.times }, () => ({ one, name: one.name ?? `call ${index + 1}` })),
  );
  const rows = await inParallel(LINES, calls, async ({ one, name }) => {
    signal.throwIfAborted();
    const report = await client.place(wantedByScript(one, installed));
    const missing = unmet(one.expect.map(parseExpectation), report);
    return { name, missing, exitReasons: report.workflows.map(({ exitReason }) => exitReason ?? '-') };
  });
  const failed = rows.filter(({ missing }) => missing.length > 0).length;
  reporter.show(formatCalls(rows));
  return { exit: failed === 0 ? exitCode.done : exitCode.verification, calls: rows.length, failed, results: rows };
}

const wantedByScript = (one: ScriptedCall, installed: string | undefined): Wanted => ({
  to: numberToCall(one.to, installed),
  from: one.from === 'anonymous' ? undefined : (one.from ?? CALLER),
  direction: one.direction === 'outbound' ? 'OUTBOUND' : 'INBOUND',
  keys: one.keys,
  hangUpAfter: one['hang-up-after'],
  events: one.events,
});

/** The results in order, at most `limit` under way at once. */
async function inParallel<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < items.length; n = next++) {
      const item = items[n];
      if (item !== undefined) results[n] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
