/** What a check found, as far as it is shown. */
interface Shown {
  readonly severity: 'error' | 'warning' | 'unknown' | 'ok';
  readonly message: string;
  readonly remedy?: string | undefined;
}

const words: Readonly<Record<Shown['severity'], string>> = {
  ok: 'ok',
  warning: 'WARNING',
  error: 'ERROR',
  unknown: 'unknown',
};

/** Wide enough for every word. */
const COLUMN = 9;

/** A table of a word, what was found, and, below it, what to do; then one sentence that sums up. */
export function formatFindings(findings: readonly Shown[]): readonly string[] {
  const rows = findings.flatMap(({ severity, message, remedy }) => [
    `  ${words[severity].padEnd(COLUMN)}${message}`,
    ...(remedy ? [`  ${' '.repeat(COLUMN)}To do: ${remedy}`] : []),
  ]);
  return [...rows, '', verdict(findings)];
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Pick<Shown, 'severity'>[]) {
  const count = (severity: Shown['severity']) => findings.filter((one) => one.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), unknown: count('unknown'), ok: count('ok') };
}

function verdict(findings: readonly Shown[]): string {
  const { errors, warnings, unknown } = countBySeverity(findings);
  const rest = [
    warnings > 0 ? `${warnings} ${warnings === 1 ? 'thing' : 'things'} to know` : '',
    unknown > 0 ? `${unknown} that cannot be known` : '',
  ].filter((part) => part !== '');
  const besides = rest.length > 0 ? `, ${rest.join(', ')}` : '';
  if (errors === 0) return `Nothing is in the way${besides}.`;
  return `${errors} ${errors === 1 ? 'thing is' : 'things are'} in the way${besides}.`;
}

/** One finding as a line of progress. */
export const formatNote = ({ severity, message, remedy }: Shown): string =>
  [`${severity === 'warning' ? 'Warning' : 'Not known'}: ${message}`, remedy].filter(Boolean).join(' ');
