/** `error`: the flow cannot work as written. `warning`: it can, but not well. `note`: worth knowing, or not known here. */
export type Severity = 'error' | 'warning' | 'note';

/** What a rule found. */
export interface Finding {
  readonly severity: Severity;
  /** The rule's name. */
  readonly rule: string;
  readonly message: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Where in the flow: `/workflow/states/state[savePayment]/actions/callData[Save Payment]/timeout`. */
  readonly path: string;
}

/** A finding as its rule tells it: where in the text, not yet in which line. */
export interface Problem {
  readonly severity: Severity;
  readonly message: string;
  readonly offset: number;
}
