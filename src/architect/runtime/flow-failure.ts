/** A place in a flow: its path, and an offset into its text. */
export interface Spot {
  readonly path: string;
  readonly offset: number;
}

/** The flow cannot go on from here: Architect would go to its error handling. The message never holds a value. */
export class FlowFailure extends Error {
  override readonly name: string = 'FlowFailure';
  readonly spot: Spot;
  constructor(message: string, spot: Spot) {
    super(message);
    this.spot = spot;
  }
}

/** What the flow does here may be right, but cannot be done in a rehearsal: no error handling would follow. */
export class NotRehearsed extends FlowFailure {
  override readonly name = 'NotRehearsed';
}
