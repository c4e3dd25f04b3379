import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** What somebody waits for on the screen, and what they press then. */
export type Typing = readonly [seen: string, keys: string];

const squeezed = (text: string) => stripVTControlCharacters(text).replace(/\s+/g, '');

/** The streams of a terminal in this process, and somebody who types: each thing once its text has come up. */
export function typist(typing: readonly Typing[]) {
  const rest = [...typing];
  let raw = '';
  let seen = 0;
  const state = { isRaw: false };
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => {
      state.isRaw = isRaw;
    },
  });
  const look = () => {
    const [next] = rest;
    if (!next) return;
    const at = squeezed(raw).indexOf(squeezed(next[0]), seen);
    if (at < 0) return;
    seen = at + squeezed(next[0]).length;
    rest.shift();
    // The prompt listens once it has drawn itself.
    setImmediate(() => stdin.write(next[1]));
  };
  const write = (chunk: unknown, _encoding: unknown, done: () => void) => {
    raw += String(chunk);
    look();
    done();
  };
  const stderr = new Writable({ write, decodeStrings: false });
  const steer = (code: string) => () => stderr.write(`\u001b[${code}`);
  const screen = { isTTY: true, columns: 80, cursorTo: steer('1G'), clearLine: steer('K'), moveCursor: steer('A') };
  return {
    // Node.js marks its own so: whoever pipes into it does not end it.
    streams: { stdin, stderr: Object.assign(stderr, screen, { _isStdio: true }) },
    text: () => stripVTControlCharacters(raw),
    raw: () => raw,
    /** What was not typed, as its text never came up. */
    rest: (): readonly Typing[] => rest,
    isRaw: () => state.isRaw,
  };
}
