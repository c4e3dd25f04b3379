import { TimeoutError } from '../clients/retry.ts';
import { VendorError } from '../clients/vendor-error.ts';
import { ConflictError } from '../engine/conflict-error.ts';
import { distinctErrors } from './distinct-errors.ts';
import { type ExitCode, exitCode, SetupError } from './setup-error.ts';

/** Codes with which AWS says that the credentials themselves are no good. */
const BAD_KEYS = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'InvalidToken',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

/** What says most of several errors, before all others; after these comes whatever is not just "failed". */
const TELLING: readonly ExitCode[] = [
  exitCode.interrupted,
  exitCode.terminated,
  exitCode.state,
  exitCode.credentials,
  exitCode.preflight,
];

/** Why the sandbox was not opened: its errors belong to no part of the program that this one may know. */
const sandboxReasons = new Map<unknown, ExitCode>([
  ['locked', exitCode.locked],
  ['unreadable', exitCode.state],
  ['profile', exitCode.usage],
  ['port', exitCode.usage],
]);

/** The exit code that an error ends the program with; of several, that of the one that says most. */
export const exitCodeOf = (error: unknown): ExitCode => codeOf(mostTelling(error));

/** Of several errors the one that says most; else the error itself. */
export function mostTelling(error: unknown): unknown {
  const rank = (one: unknown) => {
    const code = codeOf(one);
    const place = TELLING.indexOf(code);
    if (place >= 0) return place;
    return code === exitCode.failed ? TELLING.length + 1 : TELLING.length;
  };
  return distinctErrors(error).toSorted((a, b) => rank(a) - rank(b))[0];
}

function codeOf(error: unknown): ExitCode {
  if (error instanceof SetupError) return error.exit;
  if (error instanceof VendorError) return codeOfVendor(error);
  if (error instanceof ConflictError) return exitCode.preflight;
  if (error instanceof TimeoutError) return exitCode.timeout;
  const reason = error instanceof Error && error.name === 'SandboxError' && 'reason' in error && error.reason;
  return sandboxReasons.get(reason) ?? exitCode.failed;
}

function codeOfVendor({ status, code = '', operation, retryable }: VendorError): ExitCode {
  // A sign-in too many is refused with a 400 too, and passes.
  const isRefusedLogin = /oauth\/token$/.test(operation) && status !== undefined && status < 500 && !retryable;
  if (isRefusedLogin || status === 401 || BAD_KEYS.has(code)) return exitCode.credentials;
  // CloudWatch Logs denies with a 400.
  if (status === 403 || /^AccessDenied/.test(code)) return exitCode.preflight;
  return status === undefined && code === 'ETIMEDOUT' ? exitCode.timeout : exitCode.failed;
}
