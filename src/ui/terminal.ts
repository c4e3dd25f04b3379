import { Chalk } from 'chalk';
import type { Secret } from '../clients/redact.ts';
import { type Ask, asker } from './ask.ts';
import { type Confirm, confirmer } from './confirm.ts';
import { cutTo } from './cut-to.ts';
import { presenter } from './present.ts';
import { type PhoneKey, readKeys } from './read-keys.ts';
import { wrapTo } from './wrap-to.ts';

/** A stream to write to, as far as the screen needs it. */
interface Output {
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

/** The word that a line begins with, in a colour; the colour never says more than the word. */
export interface Badge {
  readonly word: string;
  readonly color: 'red' | 'green' | 'yellow' | 'dim';
}

/** The one line that is redrawn. */
export interface LiveLine {
  readonly show: (text: string) => void;
  readonly hide: () => void;
}

/**
 * The terminal, wired to the given streams once. Whatever goes through it is one line, steers nothing, and shows none of
 * the hidden secrets. Only on a screen it is broken where it would not fit.
 */
export interface Terminal {
  /** Whether somebody can answer a question. */
  readonly canAsk: boolean;
  /** Whether lines on stderr may be redrawn. */
  readonly isLive: boolean;
  readonly out: (line: string) => void;
  readonly err: (line: string, badge?: Badge) => void;
  /** One line of JSON on stdout. */
  readonly json: (value: object) => void;
  /** From now on these are not shown, whatever they come in. */
  readonly hide: (...secrets: readonly Secret[]) => void;
  readonly liveLine: () => Promise<LiveLine>;
  readonly confirm: Confirm;
  readonly ask: Ask;
  /** What is pressed or typed to go back to the question before. */
  readonly backKey: string;
  /** Reads single keys of a telephone until the returned function is called. */
  readonly readKeys: (pressed: (key: PhoneKey) => void) => () => void;
}

interface Wishes {
  /** False: no colours, whatever the terminal can do. */
  readonly color?: boolean | undefined;
  /** Nothing is redrawn. */
  readonly accessible?: boolean | undefined;
}

export function openTerminal({ stdin, stdout, stderr, env }: Streams, wishes: Wishes = {}): Terminal {
  const { color = true, accessible = false } = wishes;
  const isDumb = env['TERM'] === 'dumb';
  const level = color ? colorLevel(stderr.isTTY === true && !isDumb, env) : 0;
  const paint = new Chalk({ level });
  const isUnicode = isUtf8(env);
  const secrets: Secret[] = [];
  const { present, presentJson } = presenter(() => secrets, isUnicode);
  const writeOut = writer(stdout);
  const writeErr = writer(stderr);
  const isPlain = accessible || isDumb || level === 0 || !isUnicode;
  const asking = {
    ...{ stdin, stderr, present, isPlain },
    columns: () => columnsOf(stderr) ?? USUAL,
    settled: (text: string) => writeErr(`${paint.green(TICK)} ${linesFor(stderr, `  ${text}`).trimStart()}\n`),
  };
  return {
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    // What has no width cannot be redrawn: nobody knows how many lines to go back.
    isLive: stderr.isTTY === true && stderr.columns !== 0 && !isDumb && !accessible && !isSet(env['CI']),
    out: (line) => writeOut(`${linesFor(stdout, present(line))}\n`),
    err: (line, badge) => {
      const text = linesFor(stderr, `${badge ? `${badge.word} ` : ''}${present(line)}`);
      const word = badge?.word.trimEnd() ?? '';
      writeErr(`${badge ? paint[badge.color](word) : ''}${text.slice(word.length)}\n`);
    },
    json: (value) => writeOut(`${presentJson(value)}\n`),
    hide: (...more) => void secrets.push(...more),
    async liveLine() {
      const { default: ora } = await import('ora');
      const spinner = isUnicode ? unicodeSpinner : asciiSpinner;
      // All that it would find out about the process itself is told.
      const told = { spinner, color: level > 0 ? 'cyan' : false, isEnabled: true, discardStdin: false } as const;
      const line = ora({ stream: stderr, ...told });
      return {
        show: (text) => {
          line.text = cutTo(present(text), (columnsOf(stderr) ?? USUAL) - ROOM);
          if (!line.isSpinning) line.start();
        },
        hide: () => {
          if (line.isSpinning) line.stop();
        },
      };
    },
    readKeys: (pressed) => readKeys(stdin, pressed),
    confirm: confirmer(asking),
    ...asker(asking),
  };
}

const unicodeSpinner = { interval: 80, frames: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] };
const asciiSpinner = { interval: 130, frames: ['-', '\\', '|', '/'] };
/** For the spinner, a space, and the last column, where some terminals wrap. */
const ROOM = 3;
/** What a terminal is taken for that does not say how wide it is. */
const USUAL = 80;
const TICK = '✔';

/** Some pseudo-terminals say that they have none. */
const columnsOf = ({ columns }: Output) => (columns ? columns : undefined);

/** The lines that a line takes on a screen. */
function linesFor(stream: Output, line: string): string {
  const columns = stream.isTTY ? columnsOf(stream) : undefined;
  return columns === undefined ? line : wrapTo(line, columns).join('\n');
}

/** Writes for as long as somebody reads: after `| head -1` the run goes on, and what it would say is dropped. */
function writer(stream: NodeJS.WritableStream): (text: string) => void {
  let isRead = true;
  stream.on('error', () => {
    isRead = false;
  });
  return (text) => {
    if (isRead) stream.write(text);
  };
}

/** Writes a text of many lines, broken where they would not fit on a screen. */
export function textWriter(stream: NodeJS.WritableStream & Output): (text: string) => void {
  const write = writer(stream);
  return (text) =>
    write(
      text
        .split('\n')
        .map((line) => linesFor(stream, line))
        .join('\n'),
    );
}

const isSet = (value: string | undefined) => value !== undefined && !['', '0', 'false'].includes(value);

/** https://no-color.org and its counterpart; else colours only at a terminal. */
function colorLevel(isColorful: boolean, env: Streams['env']): 0 | 1 {
  if (env['NO_COLOR']) return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced === '0' || forced === 'false' ? 0 : 1;
  return isColorful ? 1 : 0;
}

/** The locale as POSIX has it; Windows has none of the variables, but one for its terminal that can. */
function isUtf8(env: Streams['env']): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  return locale ? /utf-?8/i.test(locale) : Boolean(env['WT_SESSION']);
}
