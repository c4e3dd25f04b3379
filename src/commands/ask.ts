import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { Invocation } from './command.ts';

interface Question {
  readonly message: string;
  readonly byDefault: boolean;
  /** The flag that answers it, where not `--yes` alone does. */
  readonly flag?: '--recover';
}

/** Asks for a yes, or takes it from the flags; throws where the answer is no, or where nobody can answer. */
export async function agree(invocation: Invocation, question: Question): Promise<void> {
  const { options } = invocation;
  const { message, flag } = question;
  if (options.yes || (flag === '--recover' && options.recover)) return;
  if (!canAnswer(invocation))
    throw new SetupError(`Nobody can be asked here: ${message}`, {
      exit: exitCode.usage,
      hint: `Add ${flag ? `${flag} or --yes` : '--yes'} to say yes, or run the command at a terminal.`,
    });
  await confirm(invocation, question);
}

/** Whether there is somebody who can answer a question. */
export const canAnswer = ({ options, terminal }: Invocation): boolean =>
  terminal.canAsk && options.input !== false && !options.json;

/** Asks, whatever the flags say; throws where the answer is no. */
export async function confirm(
  { terminal, reporter, signal }: Invocation,
  { message, byDefault }: Pick<Question, 'message' | 'byDefault'>,
): Promise<void> {
  // A question and a live line never run together.
  reporter.pause();
  if (!(await terminal.confirm(message, byDefault, signal)))
    throw new SetupError('Nothing was changed: the answer was No.', { exit: exitCode.declined });
}
