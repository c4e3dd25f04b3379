import { PassThrough } from 'node:stream';

type Stdin = NodeJS.ReadableStream & {
  readonly isTTY?: boolean | undefined;
  readonly setRawMode?: (isRaw: boolean) => unknown;
};

/** More in one piece is no answer. */
const LONGEST = 1_000;

/**
 * What is typed, as a stream of its own, until `release` is called. Of a huge paste only the beginning comes through: a
 * prompt draws everything anew at each letter, so that it would not be back for minutes.
 */
export function typedInput(stdin: Stdin) {
  const input = new PassThrough();
  const take = (chunk: Buffer | string) => input.write(chunk.slice(0, LONGEST));
  const end = () => input.end();
  stdin.on('data', take).on('end', end).resume();
  const setRawMode = (isRaw: boolean) => {
    stdin.setRawMode?.(isRaw);
    return input;
  };
  return {
    input: Object.assign(input, { isTTY: stdin.isTTY === true, setRawMode }),
    release: () => {
      stdin.off('data', take).off('end', end);
      stdin.pause();
    },
  };
}
