/** What a rule found: nothing wrong, something to know, something in the way, or that it cannot be known. */
export interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'unknown' | 'ok';
  /** One sentence. */
  readonly message: string;
  /** What to do, as an imperative sentence. */
  readonly remedy?: string | undefined;
}

/** What is in the way. */
export const errorsIn = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity }) => severity === 'error');
