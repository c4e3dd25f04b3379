/** What a linter found, as far as it is shown. */
interface Shown {
  readonly severity: 'error' | 'warning' | 'note';
  readonly rule: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `flow.yaml:12:5 error targetTaskRef leads nowhere [references]`: editors make a link of its beginning. */
export const formatFinding = ({ severity, rule, message, file, line, column }: Shown): string =>
  `${file}:${line}:${column} ${severity} ${message} [${rule}]`;

/** How many there are of each severity. */
export function countFindings(findings: readonly Pick<Shown, 'severity'>[]) {
  const count = (severity: Shown['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), notes: count('note') };
}

/** A line for each finding, and one that sums up. */
export function formatLint(findings: readonly Shown[], flows: number): readonly string[] {
  const { errors, warnings, notes } = countFindings(findings);
  const counts = [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')].join(', ');
  return [...findings.map(formatFinding), `${counted(flows, 'flow')}: ${counts}.`];
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
