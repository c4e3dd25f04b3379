/** What every way of asking is wired to. */
export interface Asking {
  readonly stdin: NodeJS.ReadableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly present: (text: string) => string;
  /** Nothing is redrawn, and there are no colours. */
  readonly isPlain: boolean;
  /** How wide the screen is now. */
  readonly columns: () => number;
  /** Writes down a question that is over, with its answer. */
  readonly settled: (text: string) => void;
}
