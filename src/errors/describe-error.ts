import { clean, redactor } from '../clients/redact.ts';
import { TimeoutError } from '../clients/retry.ts';
import { VendorError } from '../clients/vendor-error.ts';
import { ChangedError } from '../engine/changed-error.ts';
import { ConflictError } from '../engine/conflict-error.ts';
import type { Explained } from './explanation.ts';
import { explain } from './explanations.ts';
import { type Failure, failureOf } from './failure.ts';
import { SetupError } from './setup-error.ts';

/** What there is to say of an error, for people and for `--json`, with nothing in it that must not be shown. */
export interface Description {
  /** What happened, in one sentence. */
  readonly message: string;
  /** Why, and what else there is to know, a line each. */
  readonly details: readonly string[];
  /** What to do. */
  readonly hint: string | undefined;
  /** Which known failure it is, as `docs/troubleshooting.md` has it; undefined where it is none. */
  readonly explanation: string | undefined;
  /** It is nobody's mistake but ours. */
  readonly isBug: boolean;
}

const withoutTokens = redactor(() => []);
const tidy = (text: string) => clean(withoutTokens(clean(text)));

/** Says of one error what a person should know, in their terms where it is a known one. */
export function describeError(error: unknown): Description {
  const failure = failureOf(error);
  const known = failure && explain(failure);
  const { message, details, hint, isBug = false } = describe(error, failure, known);
  const said = { message: tidy(message), details: details.map(tidy), hint: hint && tidy(hint) };
  return { ...said, explanation: known?.id, isBug };
}

type Said = Omit<Description, 'isBug' | 'explanation'> & Partial<Pick<Description, 'isBug'>>;
type Known = Explained | undefined;

function describe(error: unknown, failure: Failure | undefined, known: Known): Said {
  if (error instanceof VendorError) return describeVendor(error, known);
  if (error instanceof SetupError) return describeSetup(error, known);
  if (failure) return describeSystem(failure, known);
  if (error instanceof ConflictError) return describeConflict(error);
  if (error instanceof ChangedError) return plain(error, 'Run the command again, and look at the new plan.');
  if (error instanceof TimeoutError)
    return plain(error, 'Run the command again: it looks at what is there by now, and goes on from there.');
  // Not made here, but made to be read.
  if (error instanceof Error && 'hint' in error && typeof error.hint === 'string') return plain(error, error.hint);
  return describeBug(error);
}

const plain = ({ message }: Error, hint: string): Said => ({ message, details: [], hint });

function describeVendor(error: VendorError, known: Known): Said {
  const { service, operation, status, code, requestId, message, details } = error;
  const marks = [status && `HTTP ${status}`, code, requestId && `request ${requestId}`].filter(Boolean).join(', ');
  const why = `${service} ${operation}: ${withStop(message)}${marks ? ` (${marks})` : ''}`;
  return {
    message: known?.message ?? `${service} refused ${operation}: ${withStop(message)}`,
    details: [known ? why : `${service} ${operation}${marks ? ` (${marks})` : ''}`, ...details],
    hint:
      known?.hint ??
      `Mend what it names, then run the command again. If there is nothing to mend, ask the support of ${service.startsWith('Genesys') ? 'Genesys' : 'AWS'}${requestId ? ', and tell them the request' : ''}.`,
  };
}

/** Its own sentence stays; what a vendor meant by the details is added. */
function describeSetup({ message, details, hint }: SetupError, known: Known): Said {
  return { message, details: known ? [known.message, ...details] : details, hint: known?.hint ?? hint };
}

function describeSystem({ message }: Failure, known: Known): Said {
  if (known) return { ...known, details: [message] };
  return { message: withStop(message), details: [], hint: 'Mend what it names, then run the command again.' };
}

function describeConflict({ conflicts }: ConflictError): Said {
  const one = conflicts.length === 1;
  return {
    message: one
      ? 'Something is in the way: its name or number is taken, and it is not ours.'
      : `${conflicts.length} things are in the way: their names or numbers are taken, and they are not ours.`,
    details: conflicts.map(({ name, why }) => `${name}: ${why ?? 'it is not ours.'}`),
    hint: `Rename or remove ${one ? 'it' : 'them'}, or choose others with --environment, --bucket, --payment-prefix, --save-prefix or --did-start, then run the command again.`,
  };
}

function describeBug(error: unknown): Said {
  // A value that is no error may be anything, an answer with a token in it too.
  const what =
    error instanceof Error
      ? `${error.name}: ${error.message}`
      : `something was thrown that is no error (${typeof error})`;
  return {
    message: `This is a mistake in eo-setup, not yours: ${withStop(what)}`,
    details: [],
    hint: 'Run the command again: it goes on from where it stopped. If it comes back, run it with --debug and report what it prints.',
    isBug: true,
  };
}

const withStop = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);
