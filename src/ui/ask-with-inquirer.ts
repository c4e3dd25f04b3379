import type { Choice, Question } from '../settings/questions.ts';
import type { Check } from './ask.ts';
import { withInquirer } from './with-inquirer.ts';

type Asking = Omit<Parameters<typeof withInquirer>[0], 'escaped'>;

/** More choices than these are searched by typing. */
const FEW = 7;

/** Asks in a prompt that is redrawn; Esc gives undefined. */
export async function askWithInquirer(asking: Asking, question: Question, check: Check): Promise<string | undefined> {
  const escaped = new AbortController();
  try {
    return await forms[question.form]({ ...asking, escaped }, question, check);
  } catch (error) {
    if (escaped.signal.aborted && !asking.signal.aborted) return undefined;
    throw error;
  }
}

type Form = (asking: Parameters<typeof withInquirer>[0], question: Question, check: Check) => Promise<string>;

/** A prompt that is gone must not go on after its check: it would write to a terminal that it gave back. */
const validating =
  ({ signal, escaped }: Parameters<typeof withInquirer>[0], check: Check) =>
  async (text: string) => {
    const problem = await check(text);
    return signal.aborted || escaped?.signal.aborted ? new Promise<never>(() => undefined) : (problem ?? true);
  };

const forms: Readonly<Record<Question['form'], Form>> = {
  text: (asking, { message, offer }, check) => {
    const style = { defaultAnswer: (text: string) => `(${text}${offer?.origin ? `, ${offer.origin}` : ''})` };
    const question = {
      type: 'input',
      name: 'answer',
      message,
      theme: { style },
      validate: validating(asking, check),
    } as const;
    return withInquirer(asking, (prompt) =>
      prompt<{ answer: string }>([{ ...question, ...(offer && { default: offer.text }) }]),
    );
  },
  secret: (asking, { message }, check) => {
    // Not even its length stays on the screen.
    const theme = { style: { answer: () => 'is set' } };
    const question = { type: 'password', name: 'answer', message, mask: '*', toggleMask: false, theme } as const;
    return withInquirer(asking, (prompt) =>
      prompt<{ answer: string }>([{ ...question, validate: validating(asking, check) }]),
    );
  },
  choice: (asking, { message, choices, offer }) => {
    const named = choices.map(({ value, name }) => ({ value, name: nameOf({ value, name }, offer) }));
    const common = { name: 'answer', message, ...(offer && { default: offer.text }) };
    const question =
      named.length <= FEW
        ? ({ ...common, type: 'select', choices: named, loop: false } as const)
        : ({ ...common, type: 'search', source: (term: string | undefined) => matching(named, term) } as const);
    return withInquirer(asking, (prompt) => prompt<{ answer: string }>([question]));
  },
};

const nameOf = ({ value, name }: Choice, offer: Question['offer']) =>
  offer?.origin && offer.text === value ? `${name} (${offer.origin})` : name;

/** The choices that have every word in them, in whatever order; digits may be written with spaces and hyphens. */
function matching(choices: readonly Choice[], term = ''): readonly Choice[] {
  const words = term.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
