import { describe, expect, test } from 'vitest';
import { TimeoutError } from '../../src/clients/retry.ts';
import { VendorError } from '../../src/clients/vendor-error.ts';
import { ChangedError } from '../../src/engine/changed-error.ts';
import { ConflictError } from '../../src/engine/conflict-error.ts';
import { exitCodeOf } from '../../src/errors/exit-code-of.ts';
import { exitCode, SetupError } from '../../src/errors/setup-error.ts';
import { SandboxError } from '../../src/sandbox/sandbox-error.ts';

const vendor = (status: number | undefined, code?: string, more: object = {}) =>
  new VendorError({ service: 'IAM', operation: 'GetRole', message: 'no', status, code, ...more });
const login = (status: number, code: string, retryable = false) =>
  vendor(status, code, { service: 'Genesys Cloud', operation: 'POST /oauth/token', retryable });
const usage = new SetupError('bad', { exit: exitCode.usage });
const stopped = new SetupError('Stopped.', { exit: exitCode.interrupted });
const terminated = new SetupError('Stopped.', { exit: exitCode.terminated });
const broken = new SetupError('bad state', { exit: exitCode.state });
const sandbox = (reason: SandboxError['reason']) => new SandboxError(reason, 'no', 'do');
const all = (...errors: readonly unknown[]) => new AggregateError(errors, 'Several steps failed.');

describe('the exit code', () => {
  test.each<[string, unknown, number]>([
    ['an error of ours', usage, 2],
    ['an error of ours without a code', new SetupError('x'), 1],
    ['a 401', vendor(401, 'bad.credentials'), 3],
    ['a client that is not known', login(400, 'invalid_client'), 3],
    ['a wrong secret', login(401, 'invalid_client'), 3],
    ['a sign-in too many', login(400, 'invalid_request', true), 1],
    ['a sign-in that fails at the vendor', login(503, 'x', true), 1],
    ['a key that is not known', vendor(403, 'InvalidClientTokenId'), 3],
    ['a key that S3 does not know', vendor(403, 'InvalidAccessKeyId'), 3],
    ['a session that is over', vendor(403, 'ExpiredToken'), 3],
    ['a session that S3 says is over', vendor(400, 'ExpiredToken'), 3],
    ['a wrong clock', vendor(403, 'RequestTimeTooSkewed'), 3],
    ['no credentials', vendor(undefined, 'CredentialsProviderError'), 3],
    ['a denial', vendor(403, 'AccessDenied'), 4],
    ['a denial with a 400', vendor(400, 'AccessDeniedException'), 4],
    ['a conflict', new ConflictError([]), 4],
    ['a wait that was too long', new TimeoutError('x', 1), 9],
    ['no answer in time', vendor(undefined, 'ETIMEDOUT'), 9],
    ['no connection', vendor(undefined, 'ECONNREFUSED'), 1],
    ['a fault of the vendor', vendor(500), 1],
    ['a changed world', new ChangedError('x'), 1],
    ['a bug', new TypeError('x'), 1],
    ['what is no error', 'x', 1],
    ['nothing', undefined, 1],
    ['a sandbox that is in use', sandbox('locked'), 7],
    ['a sandbox that cannot be read', sandbox('unreadable'), 11],
    ['a profile of the sandbox that is not valid', sandbox('profile'), 2],
    ['several failures', all(vendor(500), vendor(undefined, 'ECONNRESET')), 1],
    ['several, one of them denied', all(vendor(500), vendor(403)), 4],
    ['several, one of them without credentials', all(vendor(403), vendor(401)), 3],
    ['several, one of them too late', all(vendor(500), new TimeoutError('x', 1)), 9],
    ['several, stopped by hand', all(vendor(401), stopped), 130],
    ['several, stopped by the system', all(vendor(401), terminated), 143],
    ['several within several', all(vendor(500), all(vendor(500), broken)), 11],
    ['several of none', all(), 1],
  ])('of %s', (_, error, expected) => {
    expect(exitCodeOf(error)).toBe(expected);
  });
});
