/** Why a sandbox could not be opened: what happened, and in `hint` what to do. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly reason: 'locked' | 'unreadable' | 'profile' | 'port';
  readonly hint: string;
  constructor(reason: SandboxError['reason'], message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.reason = reason;
    this.hint = hint;
  }
}
