import type { Asking } from './asking.ts';
import { inLines } from './in-lines.ts';
import { askLine, type Taken } from './plain-lines.ts';
import { withInquirer } from './with-inquirer.ts';

/** Asks yes or no; Enter alone is the default. Rejects with the signal's reason, or where no answer comes. */
export type Confirm = (message: string, byDefault: boolean, signal: AbortSignal) => Promise<boolean>;

const hint = 'Add --yes to say yes.';

export const confirmer =
  ({ stdin, stderr, present, isPlain, columns, settled }: Asking): Confirm =>
  async (text, byDefault, signal) => {
    signal.throwIfAborted();
    const message = present(text);
    const asking = { stdin, stderr, signal, hint };
    if (isPlain) {
      const asked = inLines(`${message} (${byDefault ? 'Y/n' : 'y/N'})`, columns());
      return askLine({ ...asking, message: asked }, (line) => answerIn(line, byDefault));
    }
    const question = {
      type: 'confirm',
      name: 'answer',
      message: inLines(message, columns()),
      default: byDefault,
    } as const;
    const answer = await withInquirer(asking, (prompt) => prompt<{ answer: boolean }>([question]));
    settled(`${message} ${answer ? 'Yes' : 'No'}`);
    return answer;
  };

function answerIn(line: string, byDefault: boolean): Taken<boolean> {
  const word = line.trim().toLowerCase();
  if (word === '') return { answer: byDefault };
  if (word === 'y' || word === 'yes') return { answer: true };
  return word === 'n' || word === 'no' ? { answer: false } : { again: 'Answer yes or no:' };
}
