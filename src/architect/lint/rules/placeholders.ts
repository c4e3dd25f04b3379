import type { Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

const PLACEHOLDER = /\{\{[^{}\n]{0,200}(?:\}\})?|\$\{[^{}\n]{0,200}\}?/g;

/** Every placeholder of a pre-processor in a text, parsed or not; comments are for readers. */
export function placeholdersIn(text: string): readonly Problem[] {
  const found: Problem[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const comment = startOfComment(line);
    for (const { 0: left, index } of line.matchAll(PLACEHOLDER)) {
      if (index > comment) break;
      const message = `${left} is a placeholder left over: Architect would take it as it stands`;
      found.push({ severity: 'error', message, offset: start + index });
    }
    start += line.length + 1;
  }
  return found;
}

/** What comes after a quote may be a text with such a sign in it. */
function startOfComment(line: string): number {
  const [sign, quote] = [line.search(/(?:^|\s)#/), line.search(/["']/)];
  return sign < 0 || (quote >= 0 && quote < sign) ? line.length : sign;
}

/** Flows are published as they are: nobody fills anything in any more. */
export const placeholders: Rule = { name: 'placeholders', check: ({ text }) => placeholdersIn(text) };
