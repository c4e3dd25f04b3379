import type { createPromptModule } from 'inquirer';
import { interrupted, noAnswer } from './no-answer.ts';
import { typedInput } from './typed-input.ts';

interface Asking {
  readonly stdin: NodeJS.ReadableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** What to do where no answer comes. */
  readonly hint: string;
  /** Aborted by Esc, which ends the question. */
  readonly escaped?: AbortController | undefined;
}

type Key = { readonly ctrl?: boolean; readonly name?: string } | undefined;

/**
 * Asks with inquirer on the given streams, and leaves nothing of the question on the screen. Rejects with the reason of
 * what ended it instead of an answer.
 */
export async function withInquirer<T>(
  { stdin, stderr, signal, hint, escaped }: Asking,
  ask: (prompt: ReturnType<typeof createPromptModule>) => Promise<{ readonly answer: T }>,
): Promise<T> {
  const { default: inquirer } = await import('inquirer');
  // Left alone, inquirer waits for ever for an answer once the input has ended.
  const ended = new AbortController();
  const onEnd = () => ended.abort(noAnswer(hint));
  const onKey = (_: unknown, key: Key) => {
    if (key?.ctrl && key.name === 'd') onEnd();
  };
  const { input, release } = typedInput(stdin, () => escaped?.abort());
  input.on('keypress', onKey).on('end', onEnd);
  const either = AbortSignal.any([signal, ended.signal, ...(escaped ? [escaped.signal] : [])]);
  try {
    const streams = { input, output: stderr, clearPromptOnDone: true };
    return (await ask(inquirer.createPromptModule({ ...streams, signal: either }))).answer;
  } catch (error) {
    either.throwIfAborted();
    if (error instanceof Error && error.name === 'ExitPromptError') throw interrupted(error);
    throw error;
  } finally {
    release();
  }
}
