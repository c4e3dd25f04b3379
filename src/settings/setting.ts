import type * as z from 'zod';

/** One thing that a person decides: declared once, and from that its flag, variable, file key and question. */
export interface Setting {
  readonly id: string;
  readonly description: string;
  /** From what was typed to the value; its message says what would be valid. */
  readonly schema: z.ZodType<string | number>;
  readonly flag: string;
  /** In `--flag <argument>`. */
  readonly argument: string;
  readonly variables: readonly [string, ...string[]];
  /** The first is ours; the others are accepted because the blueprint called them so. */
  readonly fileKeys: readonly [string, ...string[]];
  readonly question: string;
  readonly example: string;
  /** Never kept, never shown; its flag names a file. */
  readonly secret?: true;
  readonly default?: string | number;
  /** What the flag means where no argument follows it. */
  readonly implied?: string;
  /** Everything that it can be, where that is a short list. */
  readonly choices?: readonly string[];
  /** Nothing is missing without it. */
  readonly optional?: true;
  /** Settings that its default follows from: when one of these changes, what the last run had is forgotten. */
  readonly follows?: readonly string[];
}
