import { PassThrough } from 'node:stream';

type Stdin = NodeJS.ReadableStream & {
  readonly isTTY?: boolean | undefined;
  readonly setRawMode?: (isRaw: boolean) => unknown;
};

/** More in one piece is no answer. */
const LONGEST = 1_000;
const ESC = '\u001b';
/** After so many ms, it was no part of another key. Readline itself would take half a second. */
const ALONE = 50;

/**
 * What is typed, as a stream of its own, until `release` is called. Of a huge paste only the beginning comes through: a
 * prompt draws everything anew at each letter, so that it would not be back for minutes.
 */
export function typedInput(stdin: Stdin, onEscape: () => void) {
  const input = new PassThrough();
  let pending: NodeJS.Timeout | undefined;
  const take = (chunk: Buffer | string) => {
    clearTimeout(pending);
    if (String(chunk).endsWith(ESC)) pending = setTimeout(onEscape, ALONE);
    input.write(chunk.slice(0, LONGEST));
  };
  const end = () => input.end();
  stdin.on('data', take).on('end', end).resume();
  const setRawMode = (isRaw: boolean) => {
    stdin.setRawMode?.(isRaw);
    return input;
  };
  return {
    input: Object.assign(input, { isTTY: stdin.isTTY === true, setRawMode }),
    release: () => {
      clearTimeout(pending);
      stdin.off('data', take).off('end', end);
      stdin.pause();
    },
  };
}
