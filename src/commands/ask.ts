import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { Invocation } from './command.ts';

interface Question {
  readonly message: string;
  readonly byDefault: boolean;
  /** The flag that answers it, where not `--yes` alone does. */
  readonly flag?: '--recover';
}

/** Asks for a yes, or takes it from the flags; throws where the answer is no, or where nobody can answer. */
export async function agree({ options, terminal, reporter, signal }: Invocation, question: Question): Promise<void> {
  const { message, byDefault, flag } = question;
  if (options.yes || (flag === '--recover' && options.recover)) return;
  if (!terminal.canAsk || options.input === false || options.json)
    throw new SetupError(`Nobody can be asked here: ${message}`, {
      exit: exitCode.usage,
      hint: `Add ${flag ? `${flag} or --yes` : '--yes'} to say yes, or run the command at a terminal.`,
    });
  reporter.pause();
  if (!(await terminal.confirm(message, byDefault, signal)))
    throw new SetupError('Nothing was changed: the answer was No.', { exit: exitCode.declined });
}
