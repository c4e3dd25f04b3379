import { askLine, type Taken } from './plain-lines.ts';
import { withInquirer } from './with-inquirer.ts';

/** Asks yes or no; Enter alone is the default. Rejects with the signal's reason, or where no answer comes. */
export type Confirm = (message: string, byDefault: boolean, signal: AbortSignal) => Promise<boolean>;

interface Asking {
  readonly stdin: NodeJS.ReadableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly present: (text: string) => string;
  /** Nothing is redrawn, and there are no colours. */
  readonly isPlain: boolean;
}

const hint = 'Add --yes to say yes.';

export const confirmer =
  ({ stdin, stderr, present, isPlain }: Asking): Confirm =>
  async (text, byDefault, signal) => {
    signal.throwIfAborted();
    const message = present(text);
    const asking = { stdin, stderr, signal, hint };
    if (isPlain)
      return askLine({ ...asking, message: `${message} (${byDefault ? 'Y/n' : 'y/N'})` }, (line) =>
        answerIn(line, byDefault),
      );
    const question = { type: 'confirm', name: 'answer', message, default: byDefault } as const;
    return withInquirer(asking, (prompt) => prompt<{ answer: boolean }>([question]));
  };

function answerIn(line: string, byDefault: boolean): Taken<boolean> {
  const word = line.trim().toLowerCase();
  if (word === '') return { answer: byDefault };
  if (word === 'y' || word === 'yes') return { answer: true };
  return word === 'n' || word === 'no' ? { answer: false } : { again: 'Answer yes or no:' };
}
