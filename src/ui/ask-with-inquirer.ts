import { normalized } from '../settings/answer-problem.ts';
import type { Question } from '../settings/questions.ts';
import type { AskingOnce, Check } from './ask.ts';
import { inLines } from './in-lines.ts';
import { matching } from './matching.ts';
import { widthOf } from './width-of.ts';
import { withInquirer } from './with-inquirer.ts';

interface Asking extends AskingOnce {
  readonly escaped: AbortController;
}

/** More choices than these are searched by typing. */
const FEW = 7;
const NONE = 'Nothing here is called so. Delete some of it to see more.';

/** Asks in a prompt that is redrawn; Esc gives undefined. */
export async function askWithInquirer(
  asking: AskingOnce,
  question: Question,
  check: Check,
): Promise<string | undefined> {
  const escaped = new AbortController();
  try {
    const answer = await forms[question.form]({ ...asking, escaped }, question, check);
    asking.settled(`${question.message} ${asking.present(saidOf(question, answer))}`);
    return answer;
  } catch (error) {
    if (escaped.signal.aborted && !asking.signal.aborted) return undefined;
    throw error;
  }
}

/** What stays on the screen of an answer; of a secret not even its length does. */
function saidOf({ form, setting, choices }: Question, answer: string): string {
  if (form === 'secret') return 'is set';
  if (setting) return normalized(setting, answer).trim();
  return choices.find(({ value }) => value === answer)?.name ?? answer.trim();
}

/** A prompt that is gone must not go on after its check: it would write to a terminal that it gave back. */
const validating =
  ({ signal, escaped }: Asking, check: Check) =>
  async (text: string) => {
    const problem = await check(text);
    return signal.aborted || escaped.signal.aborted ? new Promise<never>(() => undefined) : (problem ?? true);
  };

type Form = (asking: Asking, question: Question, check: Check) => Promise<string>;

const forms: Readonly<Record<Question['form'], Form>> = {
  text: (asking, { message, offer }, check) => {
    const { present, columns } = asking;
    const shown = inLines(message, columns());
    const style = {
      defaultAnswer: (text: string) =>
        beside(shown, `(${present(text)}${offer?.origin ? `, ${offer.origin}` : ''})`, columns()),
    };
    const common = { type: 'input', name: 'answer', message: shown, theme: { style } } as const;
    const question = { ...common, validate: validating(asking, check), ...(offer && { default: offer.text }) };
    return withInquirer(asking, (prompt) => prompt<{ answer: string }>([question]));
  },
  secret: (asking, { message }, check) => {
    const shown = inLines(message, asking.columns());
    const question = { type: 'password', name: 'answer', message: shown, mask: '*', toggleMask: false } as const;
    return withInquirer(asking, (prompt) =>
      prompt<{ answer: string }>([{ ...question, validate: validating(asking, check) }]),
    );
  },
  choice: (asking, { message, choices, offer, setting }) => {
    const origin = offer?.origin ? ` (${offer.origin})` : '';
    const folded = (text: string) => inLines(text, asking.columns());
    const named = choices.map((choice) => ({
      ...choice,
      name: folded(choice.value === offer?.text ? `${choice.name}${origin}` : choice.name),
    }));
    const isSearched = named.length > FEW;
    const keys = `${isSearched ? 'Type to search. ' : ''}Arrows move, Enter takes, Esc goes back.`;
    // Nothing else is ever wrong with a search.
    const style = { keysHelpTip: () => folded(keys), error: () => folded(NONE) };
    const common = {
      name: 'answer',
      message: folded(message),
      theme: { style },
      ...(offer && { default: offer.text }),
    };
    const question = isSearched
      ? ({ ...common, type: 'search', source: (term: string | undefined) => matching(named, term, setting) } as const)
      : ({ ...common, type: 'select', choices: named, loop: false } as const);
    return withInquirer(asking, (prompt) => prompt<{ answer: string }>([question]));
  },
};

/** What there has to be room for behind a question. */
const LEAST = 12;

/** What is offered, behind the question or below it. */
function beside(message: string, offered: string, columns: number): string {
  const last = `? ${message.split('\n').at(-1)} ${offered} `;
  return widthOf(last) + LEAST <= columns ? offered : `\n  ${inLines(offered, columns)}`;
}
