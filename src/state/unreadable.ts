/** Why a state file is refused, as the rest of a sentence; and what to do, where restoring an older one is not it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly hint: string | undefined;
  constructor(why: string, hint?: string) {
    super(why);
    this.hint = hint;
  }
}
