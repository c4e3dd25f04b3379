import { normalized } from '../settings/answer-problem.ts';
import type { Question } from '../settings/questions.ts';
import type { AskingOnce, Check } from './ask.ts';
import { inLines } from './in-lines.ts';
import { askHiddenLine, askLine, type Taken } from './plain-lines.ts';

const BACK = '<';

/** Asks in lines that are never redrawn; choices are numbered, and `<` gives undefined. */
export async function askPlainly(asking: AskingOnce, question: Question, check: Check): Promise<string | undefined> {
  if (question.form === 'secret') return askSecret(asking, question, check);
  const { message, choices, offer } = question;
  const folded = (text: string) => inLines(text, asking.columns());
  const list = choices.map(({ name }, n) => folded(`  ${n + 1}. ${name}`));
  if (list.length > 0) asking.stderr.write(`${[folded(message), ...list].join('\n')}\n`);
  const prompt = list.length > 0 ? `Number from 1 to ${list.length}` : message;
  const open = `${prompt}${offered(asking, question)}`;
  const asked = folded(open.endsWith('?') ? open : `${open}:`);
  const take = async (line: string): Promise<Taken<string | undefined>> => {
    if (line.trim() === BACK) return { answer: undefined };
    const text = line.trim() === '' ? (offer?.text ?? '') : line;
    if (choices.length > 0) return chosen(text, question);
    const problem = await check(text);
    return problem ? { again: `${problem}\n${asked}` } : { answer: text };
  };
  return askLine({ ...asking, message: asked }, take);
}

/** What Enter alone takes, and where it comes from: ` (1, the last run)`. */
function offered({ present }: AskingOnce, { offer, choices }: Question): string {
  if (!offer) return '';
  const place = 1 + choices.findIndex(({ value }) => value === offer.text);
  const shown = choices.length === 0 ? present(offer.text) : place || undefined;
  return shown === undefined ? '' : ` (${[shown, offer.origin].filter(Boolean).join(', ')})`;
}

/** A choice by its number, or written out. */
function chosen(text: string, { choices, setting }: Question): Taken<string> {
  const word = text.trim().toLowerCase();
  const meant = setting ? normalized(setting, text) : word;
  const choice = choices.find(({ value }, n) => word === String(n + 1) || [word, meant].includes(value.toLowerCase()));
  return choice ? { answer: choice.value } : { again: `Type a number from 1 to ${choices.length}:` };
}

async function askSecret(asking: AskingOnce, { message }: Question, check: Check): Promise<string | undefined> {
  const asked = inLines(`${message} (it is not shown):`, asking.columns());
  for (;;) {
    const line = await askHiddenLine({ ...asking, message: asked });
    if (line.trim() === BACK) return undefined;
    const problem = await check(line);
    asking.stderr.write(`${problem ?? 'It is set.'}\n`);
    if (problem === undefined) return line;
  }
}
