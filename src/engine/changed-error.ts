/** The world is no longer what the confirmed plan was made from. */
export class ChangedError extends Error {
  override readonly name = 'ChangedError';
  constructor(what: string) {
    super(`Something changed since the plan: ${what}`);
  }
}
