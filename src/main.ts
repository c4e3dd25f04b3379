import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { type Chosen, createProgram, firstCommands } from './cli.ts';
import type { Outcome } from './commands/command.ts';
import { countingClock } from './commands/counting-clock.ts';
import type { Io } from './commands/io.ts';
import { listenForStop } from './commands/stop.ts';
import { exitCodeOf } from './errors/exit-code-of.ts';
import { exitCode, SetupError } from './errors/setup-error.ts';
import { labelOf } from './resources/labels.ts';
import { openReporter } from './ui/open-reporter.ts';
import { openTerminal, textWriter } from './ui/terminal.ts';

export { systemClock } from './clock.ts';

/** Runs the program and resolves with its exit code: the only place that turns errors into codes. */
export async function run(io: Io): Promise<number> {
  const version = versionOf(io.root);
  let typed = '';
  try {
    const chosen = parse(io, version, (command) => {
      typed = command;
    });
    return 'load' in chosen ? await execute(io, version, chosen) : chosen.exit;
  } catch (error) {
    // A mistake on the command line: there is no command whose reporter could say so.
    const reporter = await openReporter(openTerminal(io), {
      json: io.argv.includes('--json'),
      now: io.clock.now,
      label: labelOf,
    });
    reporter.error(error);
    reporter.result({ command: typed || 'none', exit: exitCodeOf(error) });
    return exitCodeOf(error);
  }
}

const versionOf = (root: string): string =>
  String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);

/**
 * What was asked for; or, where commander has already answered (help, version), how that ends. `mistaken` is told the
 * command whose options or words are wrong, the empty text where it is none.
 */
function parse(
  { argv, stdout, stderr }: Io,
  version: string,
  mistaken: (command: string) => void,
): Chosen | { readonly exit: number } {
  const write = textWriter(stdout);
  if (argv.length === 0) {
    const isTerminal = stdout.isTTY === true;
    (isTerminal ? write : textWriter(stderr))(`${firstCommands}\n\nAll commands: eo-setup --help\n`);
    return { exit: isTerminal ? exitCode.done : exitCode.usage };
  }
  let chosen: Chosen | undefined;
  const program = createProgram(version, (one) => {
    chosen = one;
  });
  let said = '';
  let mistake = '';
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)])
    command
      .exitOverride((error) => {
        mistake = wordsOf(command);
        throw error;
      })
      .configureOutput({
        writeOut: write,
        getOutHelpWidth: () => (stdout.isTTY && stdout.columns) || 80,
        writeErr: (text) => {
          said += text;
        },
      });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { exit: exitCode.done };
    // Half a command was typed: what there is of it is shown.
    if (error.code === 'commander.help') return showHelp(stderr, said);
    mistaken(mistake);
    throw usage(said || error.message, mistake);
  }
  return chosen ?? { exit: exitCode.usage };
}

/** `bootstrap aws` for the command that is so typed; the empty text for the program itself. */
const wordsOf = (command: Command): string =>
  command.parent ? [wordsOf(command.parent), command.name()].filter((word) => word !== '').join(' ') : '';

function showHelp(stderr: Io['stderr'], text: string): { readonly exit: number } {
  textWriter(stderr)(text);
  return { exit: exitCode.usage };
}

/** Commander's sentence as ours: `error: unknown option '--x'\n(Did you mean --y?)`. */
function usage(said: string, command: string): SetupError {
  const [first = '', ...more] = said.trim().split('\n');
  const sentence = first.replace(/^error: /, '');
  const message = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${/[.?!]$/.test(sentence) ? '' : '.'}`;
  const hint = more.join(' ').replace(/^\((.*)\)$/, '$1');
  return new SetupError(message, {
    exit: exitCode.usage,
    hint: hint || `See "${['eo-setup', command, '--help'].filter((word) => word !== '').join(' ')}".`,
  });
}

async function execute(io: Io, version: string, { name, options, load }: Chosen): Promise<number> {
  const terminal = openTerminal(io, options);
  const reporter = await openReporter(terminal, { ...options, now: io.clock.now, label: labelOf });
  const clock = countingClock(io.clock);
  const endNow = (error: unknown) => {
    reporter.pause();
    reporter.error(error);
    reporter.result({ command: name, exit: exitCodeOf(error) });
    io.exit(exitCodeOf(error));
  };
  const stop = listenForStop(io, { say: reporter.say, sent: clock.underWay, endNow });
  const forgetCrash = io.onCrash((error) => {
    stop.because(error);
    endNow(error);
  });
  const { signal } = stop;
  let outcome: Outcome;
  try {
    const command = await load();
    outcome = await command({ io: { ...io, clock }, options, terminal, reporter, signal, version });
  } catch (error) {
    reporter.error(error);
    outcome = { exit: exitCodeOf(error) };
  } finally {
    stop.forget();
    forgetCrash();
    reporter.pause();
  }
  reporter.result({ command: name, ...outcome });
  return outcome.exit;
}
