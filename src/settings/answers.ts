import type { Values } from './gather.ts';
import type { AwsProfile } from './lookups/aws-profiles.ts';
import type { QuestionId } from './questions.ts';
import type { SettingId } from './table.ts';

/** What was answered, in the order of asking. A secret's answer only says that there is one. */
export type Answers = Readonly<Partial<Record<QuestionId, string>>>;

/** What there is to know besides the answers. */
export interface Known {
  /** From flags, variables and the file: not asked again. */
  readonly given: Values;
  /** Settings of the last run of the environment. */
  readonly last: Readonly<Record<string, unknown>>;
  /** Answers that were taken back, to be offered again. */
  readonly before: Answers;
  readonly awsProfiles: readonly AwsProfile[];
  /** Whether there are keys in the environment, so that no profile is needed. */
  readonly hasAwsKeys: boolean;
  /** 12 digits, once signed in. */
  readonly awsAccount?: string | undefined;
  readonly freeNumbers: readonly string[];
  /** The provider of all DID pools that there are. */
  readonly didProvider?: string | undefined;
  /** Whether the answers can be written to a new file. */
  readonly canSave: boolean;
}

/** The answer to `numbers` that is none of them. */
export const OTHER_NUMBER = 'other';
export const YES = 'yes';
export const NO = 'no';
/** Where a value comes from that was typed or chosen. */
export const ANSWERED = 'your answer';

/** What was answered for a setting, be it in another question. */
export function answerOf(id: SettingId, answers: Answers): string | undefined {
  const picked = answers.numbers;
  if (id === 'didStart' && picked !== undefined && picked !== OTHER_NUMBER) return picked;
  return answers[id];
}

/** The text of a setting as far as it is settled: answered, given, or kept from the last run. */
export function textOf(id: SettingId, answers: Answers, { given, last }: Known): string | undefined {
  const answered = answerOf(id, answers);
  if (answered !== undefined) return answered;
  const value = given[id]?.value ?? (answers.reuse === YES ? last[id] : undefined);
  return value === undefined ? undefined : String(value);
}

/** Whether there is a last run whose values can be kept. */
export const hasLast = ({ last }: Known): boolean => Object.keys(last).length > 0;
