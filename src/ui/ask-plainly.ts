import type { Question } from '../settings/questions.ts';
import type { Check } from './ask.ts';
import { askHiddenLine, askLine, type Taken } from './plain-lines.ts';

type Asking = Omit<Parameters<typeof askHiddenLine>[0], 'message'>;

const BACK = '<';

/** Asks in lines that are never redrawn; choices are numbered, and `<` gives undefined. */
export async function askPlainly(asking: Asking, question: Question, check: Check): Promise<string | undefined> {
  if (question.form === 'secret') return askSecret(asking, question, check);
  const { message, offer, choices } = question;
  for (const [n, { name }] of choices.entries())
    asking.stderr.write(`${n === 0 ? `${message}\n` : ''}  ${n + 1}. ${name}\n`);
  const prompt = choices.length > 0 ? `Number from 1 to ${choices.length}` : message;
  const origin = offer?.origin ? `, ${offer.origin}` : '';
  const shown = offer && (choices.length > 0 ? 1 + choices.findIndex(({ value }) => value === offer.text) : offer.text);
  const take = async (line: string): Promise<Taken<string | undefined>> => {
    if (line.trim() === BACK) return { answer: undefined };
    const text = line.trim() === '' ? (offer?.text ?? '') : line;
    if (choices.length > 0) return chosen(text, question);
    const problem = await check(text);
    return problem ? { again: `${problem}\n${message}` } : { answer: text };
  };
  return askLine({ ...asking, message: `${prompt}${shown ? ` (${shown}${origin})` : ''}:` }, take);
}

/** A choice by its number, or written out. */
function chosen(text: string, { choices }: Question): Taken<string> {
  const word = text.trim().toLowerCase();
  const choice = choices.find(({ value }, n) => word === String(n + 1) || word === value.toLowerCase());
  return choice ? { answer: choice.value } : { again: `Type a number from 1 to ${choices.length}:` };
}

async function askSecret(asking: Asking, { message }: Question, check: Check): Promise<string | undefined> {
  for (;;) {
    const line = await askHiddenLine({ ...asking, message: `${message} (it is not shown):` });
    if (line.trim() === BACK) return undefined;
    const problem = await check(line);
    if (problem === undefined) return line;
    asking.stderr.write(`${problem}\n`);
  }
}
