import type { Question } from '../settings/questions.ts';
import { askPlainly } from './ask-plainly.ts';
import { askWithInquirer } from './ask-with-inquirer.ts';
import type { Asking } from './asking.ts';
import { inLines } from './in-lines.ts';

/** What a way of asking one question takes. */
export interface AskingOnce extends Asking {
  readonly signal: AbortSignal;
  /** What to do where no answer comes. */
  readonly hint: string;
}

/** Looks at an answer; gives what would be valid where it is not. */
export type Check = (text: string) => Promise<string | undefined>;

/**
 * Asks a question until there is an answer that passes; undefined takes back the answer before. Rejects with the signal's
 * reason, or where no answer comes.
 */
export type Ask = (question: Question, check: Check, signal: AbortSignal) => Promise<string | undefined>;

const hint = 'Run the command again, or give the values as flags: see "eo-setup install --help".';

/** A way to ask, by redrawing or in plain lines; and the key that goes back. */
export function asker(wired: Asking): { readonly ask: Ask; readonly backKey: string } {
  const { present, isPlain, columns } = wired;
  const way = isPlain ? askPlainly : askWithInquirer;
  const ask: Ask = async (question, check, signal) => {
    signal.throwIfAborted();
    // A prompt would lose what its check throws: it ends the question instead.
    const broken = new AbortController();
    const either = AbortSignal.any([signal, broken.signal]);
    return way({ ...wired, signal: either, hint }, shown(question, present), async (text) => {
      try {
        const problem = await check(text);
        return problem && inLines(present(problem), columns());
      } catch (error) {
        broken.abort(error);
        return 'Stopped.';
      }
    });
  };
  return { ask, backKey: isPlain ? '<' : 'Esc' };
}

/** A question with all its texts made fit to be shown. */
function shown(question: Question, present: (text: string) => string): Question {
  const { message, choices } = question;
  return {
    ...question,
    message: present(message),
    choices: choices.map((choice) => ({ ...choice, name: present(choice.name) })),
  };
}
