import { clean, redactor } from '../clients/redact.ts';
import { describeError } from './describe-error.ts';
import { distinctErrors } from './distinct-errors.ts';

/** An error as lines: what happened, why, and what to do; with `isDebug` where it came from too. */
export const renderError = (error: unknown, isDebug: boolean): readonly string[] =>
  distinctErrors(error).flatMap((one) => {
    const { message, details, hint } = describeError(one);
    return [
      ...indent(`Error: ${message}`, '', '  '),
      ...details.flatMap((line) => indent(line, '  ', '    ')),
      ...(hint ? [`To do: ${hint}`] : []),
      ...(isDebug && one instanceof Error ? stackOf(one).map((line) => `    ${line}`) : []),
    ];
  });

/** What has lines of its own keeps them. */
const indent = (text: string, first: string, others: string) =>
  text.split('\n').map((line, n) => `${n === 0 ? first : others}${line}`);

const withoutTokens = redactor(() => []);
const DEEPEST = 5;

/** The stack of an error and of what caused it; nothing else of them, since an SDK's errors carry the whole request. */
function stackOf(error: Error, depth = 0): readonly string[] {
  const own = clean(withoutTokens(clean(error.stack ?? '', 5_000)), 5_000).split('\n');
  const { cause } = error;
  if (!(cause instanceof Error) || depth === DEEPEST) return own;
  return [...own, 'caused by', ...stackOf(cause, depth + 1)];
}
