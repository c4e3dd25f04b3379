import { createInterface } from 'node:readline';
import { exitCode, SetupError } from '../errors/setup-error.ts';

/** Asks yes or no; Enter alone is the default. Rejects with the signal's reason, or where no answer comes. */
export type Confirm = (message: string, byDefault: boolean, signal: AbortSignal) => Promise<boolean>;

interface Asking {
  readonly stdin: NodeJS.ReadableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly present: (text: string) => string;
  /** Nothing is redrawn, and there are no colours. */
  readonly isPlain: boolean;
}

export const confirmer = ({ stdin, stderr, present, isPlain }: Asking): Confirm => {
  const ask = isPlain ? askPlainly : askWithInquirer;
  return async (message, byDefault, signal) => {
    signal.throwIfAborted();
    return ask({ stdin, stderr, message: present(message), byDefault, signal });
  };
};

interface Question extends Pick<Asking, 'stdin' | 'stderr'> {
  readonly message: string;
  readonly byDefault: boolean;
  readonly signal: AbortSignal;
}

const noAnswer = () =>
  new SetupError('There was no answer.', { exit: exitCode.declined, hint: 'Add --yes to say yes.' });

async function askPlainly({ stdin, stderr, message, byDefault, signal }: Question): Promise<boolean> {
  const lines = createInterface({ input: stdin, terminal: false, signal });
  stderr.write(`${message} (${byDefault ? 'Y/n' : 'y/N'}) `);
  for await (const line of lines) {
    const answer = answerIn(line, byDefault);
    if (answer !== undefined) return answer;
    stderr.write('Answer yes or no: ');
  }
  // The end of the line that the question stands in.
  stderr.write('\n');
  signal.throwIfAborted();
  throw noAnswer();
}

function answerIn(line: string, byDefault: boolean): boolean | undefined {
  const word = line.trim().toLowerCase();
  if (word === '') return byDefault;
  if (word === 'y' || word === 'yes') return true;
  return word === 'n' || word === 'no' ? false : undefined;
}

async function askWithInquirer({ stdin, stderr, message, byDefault, signal }: Question): Promise<boolean> {
  const { default: inquirer } = await import('inquirer');
  // Left alone, inquirer waits for ever for an answer once the input has ended.
  const ended = new AbortController();
  const onKey = (_: unknown, key: { readonly ctrl?: boolean; readonly name?: string } | undefined) => {
    if (key?.ctrl && key.name === 'd') ended.abort(noAnswer());
  };
  const onEnd = () => ended.abort(noAnswer());
  stdin.on('keypress', onKey).on('end', onEnd);
  const either = AbortSignal.any([signal, ended.signal]);
  try {
    const prompt = inquirer.createPromptModule({ input: stdin, output: stderr, signal: either });
    const question = { type: 'confirm', name: 'answer', message, default: byDefault } as const;
    return (await prompt<{ answer: boolean }>([question])).answer;
  } catch (error) {
    either.throwIfAborted();
    // In raw mode Ctrl-C is a key and no signal.
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw new SetupError('Stopped by Ctrl-C.', { exit: exitCode.interrupted, cause: error });
    throw error;
  } finally {
    stdin.off('keypress', onKey).off('end', onEnd);
  }
}
