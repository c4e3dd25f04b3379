import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { interrupted, noAnswer } from './no-answer.ts';

interface Asking {
  readonly stdin: NodeJS.ReadableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly message: string;
  readonly signal: AbortSignal;
  /** What to do where no answer comes. */
  readonly hint: string;
}

/** What a line came to: an answer, or what to say before the next try. */
export type Taken<T> = { readonly answer: T } | { readonly again: string };

/** Asks in lines that are never redrawn, until a line is taken. */
export async function askLine<T>(
  { stdin, stderr, message, signal, hint }: Asking,
  take: (line: string) => Taken<T> | Promise<Taken<T>>,
): Promise<T> {
  const lines = createInterface({ input: stdin, terminal: false, signal });
  stderr.write(`${message} `);
  try {
    for await (const line of lines) {
      const taken = await take(line);
      signal.throwIfAborted();
      if ('answer' in taken) return taken.answer;
      stderr.write(`${taken.again} `);
    }
  } finally {
    // Leaving the loop does not: the program would go on reading, and never end.
    lines.close();
  }
  // The end of the line that the question stands in.
  stderr.write('\n');
  signal.throwIfAborted();
  throw noAnswer(hint);
}

/** Asks for one line that is not shown while it is typed. */
export function askHiddenLine({ stdin, stderr, message, signal, hint }: Asking): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // As a terminal, it keeps the system from showing what is typed.
  const line = createInterface({ input: stdin, output: nowhere, terminal: true, signal });
  stderr.write(`${message} `);
  return new Promise<string>((resolve, reject) => {
    line.once('line', resolve);
    line.once('SIGINT', () => reject(interrupted()));
    line.once('close', () => reject(signal.aborted ? signal.reason : noAnswer(hint)));
  }).finally(() => {
    line.close();
    stderr.write('\n');
  });
}
