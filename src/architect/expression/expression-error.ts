/**
 * The expression cannot be read, or cannot be evaluated: what is wrong, and where in its text. The message never holds
 * a value: it may be a card number.
 */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  /** The index of the character in the expression's text. */
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
