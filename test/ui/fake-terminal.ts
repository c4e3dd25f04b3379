import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { openTerminal } from '../../src/ui/terminal.ts';

interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A stream that keeps what is written to it, and can be a terminal. */
function fakeOutput({ isTTY = false, columns = 80 }: Screen = {}) {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  const steer = (code: string) => () => stream.write(`\u001b[${code}`);
  // Node.js marks its own so: whoever pipes into it does not end it.
  const terminal = {
    isTTY,
    columns,
    _isStdio: true,
    cursorTo: steer('1G'),
    clearLine: steer('K'),
    moveCursor: steer('A'),
  };
  return {
    stream: isTTY ? Object.assign(stream, terminal) : stream,
    raw: () => chunks.join(''),
    text: () => stripVTControlCharacters(chunks.join('')),
  };
}

/** A stream to read from that can be a terminal. */
const fakeInput = (isTTY = false) => Object.assign(new PassThrough(), isTTY && { isTTY, setRawMode: () => undefined });

interface Options {
  readonly color?: boolean;
  readonly accessible?: boolean;
  readonly out?: Screen;
  readonly err?: Screen;
  readonly isInputTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A terminal on streams of its own. */
export function fakeTerminal({ out, err, isInputTTY, env = { LANG: 'en_US.UTF-8' }, ...wishes }: Options = {}) {
  const [stdout, stderr, stdin] = [fakeOutput(out), fakeOutput(err), fakeInput(isInputTTY)];
  const terminal = openTerminal({ stdin, stdout: stdout.stream, stderr: stderr.stream, env }, wishes);
  return { terminal, stdin, stdout, stderr };
}

export const TTY = { isTTY: true };
