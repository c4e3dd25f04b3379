import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';

export const bin = fileURLToPath(new URL('../../bin/eo-setup.js', import.meta.url));
const PATIENCE = 15_000;

interface Options {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly columns?: number;
}

/** The real program at a real pseudo-terminal. */
export interface PtyProgram {
  /** Waits until a text comes up after what was seen last; how lines are broken does not matter. */
  readonly sees: (text: string) => Promise<void>;
  /** Waits for a text, then types. */
  readonly answers: (text: string, keys: string) => Promise<void>;
  readonly types: (keys: string) => void;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Everything that was written, with all that steers the terminal. */
  readonly raw: () => string;
  readonly text: () => string;
  readonly ended: Promise<number>;
  readonly stop: () => Promise<unknown>;
}

const squeezed = (text: string) => stripVTControlCharacters(text).replace(/\s+/g, '');

/** Starts the program in a terminal of its own, 80 columns wide unless told otherwise. */
export function startAtTerminal(argv: readonly string[], { cwd, env, columns = 80 }: Options): PtyProgram {
  const base = { PATH: process.env['PATH'], LANG: 'C.UTF-8', TERM: 'xterm-256color', HOME: cwd };
  // What is undefined would become the word.
  const whole = Object.fromEntries(Object.entries({ ...base, ...env }).filter(([, value]) => value !== undefined));
  const pty = spawn(process.execPath, [bin, ...argv], { cols: columns, rows: 40, cwd, env: whole });
  let raw = '';
  let seen = 0;
  let isOver = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  pty.onData((data) => {
    raw += data;
    wake();
  });
  const ended = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode }) => {
      isOver = true;
      resolve(exitCode);
      wake();
    });
  });
  const sees = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const wanted = squeezed(text);
      const end = (finish: () => void) => {
        waiting.delete(look);
        clearTimeout(timer);
        finish();
      };
      const missing = () =>
        new Error(`"${text}" did not come up after: ${stripVTControlCharacters(raw).slice(-1_500)}`);
      const look = () => {
        const at = squeezed(raw).indexOf(wanted, seen);
        if (at >= 0) {
          seen = at + wanted.length;
          end(resolve);
        } else if (isOver) end(() => reject(missing()));
      };
      const timer = setTimeout(() => end(() => reject(missing())), PATIENCE);
      waiting.add(look);
      look();
    });
  return {
    sees,
    answers: async (text, keys) => {
      await sees(text);
      pty.write(keys);
    },
    types: (keys) => pty.write(keys),
    kill: (signal) => pty.kill(signal),
    raw: () => raw,
    text: () => stripVTControlCharacters(raw),
    ended,
    stop: () => {
      if (!isOver) pty.kill('SIGKILL');
      return ended;
    },
  };
}
