import { VendorError } from '../clients/vendor-error.ts';
import { exitCode, SetupError } from './setup-error.ts';

/** What is known of something that went wrong outside of this program: at a vendor, or on this machine. */
export interface Failure {
  readonly service: string | undefined;
  readonly operation: string | undefined;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly message: string;
  readonly details: readonly string[];
}

const nowhere = { service: undefined, operation: undefined, status: undefined, code: undefined, requestId: undefined };

/** A vendor's refusal, what the system refused, or what the vendor said of a job of ours; undefined for anything else. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof VendorError) return error;
  if (isSystemError(error)) return { ...nowhere, code: error.code, message: error.message, details: [] };
  // Of ours only those that pass on what a vendor said: what a person typed explains nothing.
  const passesOn = error instanceof SetupError && error.exit === exitCode.failed && error.details.length > 0;
  return passesOn ? { ...nowhere, message: error.message, details: error.details } : undefined;
}

/** Whether the operating system refused something: `ENOSPC`, `EACCES`. A bug has a code of another form, or none. */
export const isSystemError = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]{2,}$/.test(error.code);
