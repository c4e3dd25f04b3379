import { Chalk, type ChalkInstance } from 'chalk';
import type { Ora } from 'ora';

/** A stream to write to, as far as the screen needs it. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
}

export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly stdout: NodeJS.WritableStream & Output;
  readonly stderr: NodeJS.WritableStream & Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The terminal, wired to the given streams once: colours, the live line, and the one question there is. */
export interface Terminal {
  readonly color: ChalkInstance;
  /** Whether somebody can answer a question. */
  readonly canAsk: boolean;
  /** Whether lines on stderr may be redrawn. */
  readonly isLive: boolean;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly spinner: () => Promise<Ora>;
  /** Asks yes or no; Enter alone is the default. Rejects with the signal's reason on Ctrl-C. */
  readonly confirm: (message: string, byDefault: boolean, signal: AbortSignal) => Promise<boolean>;
}

interface Wishes {
  /** False: no colours, whatever the terminal can do. */
  readonly color?: boolean | undefined;
}

export function openTerminal({ stdin, stdout, stderr, env }: Streams, { color = true }: Wishes = {}): Terminal {
  const isDumb = env['TERM'] === 'dumb';
  const isLive = stderr.isTTY === true && !isDumb && !env['CI'];
  return {
    color: new Chalk({
      level: !color ? 0 : colorLevel(stdout.isTTY === true && stderr.isTTY === true && !isDumb, env),
    }),
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    isLive,
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    spinner: async () => (await import('ora')).default({ stream: stderr, discardStdin: false, hideCursor: true }),
    async confirm(message, byDefault, signal) {
      const { default: inquirer } = await import('inquirer');
      const prompt = inquirer.createPromptModule({ input: stdin, output: stderr, signal });
      const { answer } = await prompt<{ answer: boolean }>([
        { type: 'confirm', name: 'answer', message, default: byDefault },
      ]);
      return answer;
    },
  };
}

/** https://no-color.org and its counterpart; else colours only where both streams are a terminal. */
function colorLevel(isColorful: boolean, env: Streams['env']): 0 | 1 {
  if (env['NO_COLOR']) return 0;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] === '0' || env['FORCE_COLOR'] === 'false' ? 0 : 1;
  return isColorful ? 1 : 0;
}
