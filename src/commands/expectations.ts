import { exitCode, SetupError } from '../errors/setup-error.ts';
import type { CallReport } from '../sandbox/telephony/contract.ts';

/** Something that a call is to bring about: `stored`, `not-stored`, `paymentId`, `exitReason=saved`, `eo_paymentStatus=paid`. */
export interface Expectation {
  readonly text: string;
  readonly holds: (report: CallReport) => boolean;
}

const exitReasons = ({ workflows }: CallReport) => workflows.map(({ exitReason }) => exitReason ?? '');

const words: Readonly<Record<string, Expectation['holds']>> = {
  stored: ({ objects }) => objects.length === 1,
  'not-stored': ({ objects }) => objects.length === 0,
  paymentId: ({ attributes }) => (attributes['eo_paymentId'] ?? '') !== '',
  'no-paymentId': ({ attributes }) => (attributes['eo_paymentId'] ?? '') === '',
  triggered: ({ workflows }) => workflows.length > 0,
  'not-triggered': ({ workflows }) => workflows.length === 0,
};

/** What a call with keys is held against where nothing else is said. */
export const BY_DEFAULT = 'stored';

/** Reads an expectation; throws where it is none. */
export function parseExpectation(text: string): Expectation {
  const holds = Object.hasOwn(words, text) ? words[text] : undefined;
  if (holds) return { text, holds };
  const [name = '', ...rest] = text.split('=');
  const value = rest.join('=');
  if (rest.length === 0 || !/^[A-Za-z_]\w*$/.test(name))
    throw new SetupError(`${JSON.stringify(text)} is nothing that a call can be held against.`, {
      exit: exitCode.usage,
      hint: `Use ${Object.keys(words).join(', ')}, exitReason=<text>, or <participant attribute>=<value>.`,
    });
  if (name === 'exitReason') return { text, holds: (report) => exitReasons(report).includes(value) };
  return { text, holds: ({ attributes }) => attributes[name] === value };
}

/** The expectations that a call does not meet. */
export const unmet = (expectations: readonly Expectation[], report: CallReport): readonly string[] =>
  expectations.filter(({ holds }) => !holds(report)).map(({ text }) => text);
