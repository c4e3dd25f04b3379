import { emitKeypressEvents } from 'node:readline';

type Stdin = NodeJS.ReadableStream & {
  readonly isTTY?: boolean | undefined;
  readonly isRaw?: boolean;
  readonly setRawMode?: (isRaw: boolean) => unknown;
};

/** A key of a telephone, or the wish to hang up (Ctrl-C, Ctrl-D, Esc). */
export type PhoneKey = string | 'hang up';

/** Reads single keys until the returned function is called, which puts the terminal back as it was. */
export function readKeys(stdin: Stdin, pressed: (key: PhoneKey) => void): () => void {
  emitKeypressEvents(stdin);
  const wasRaw = stdin.isRaw === true;
  stdin.setRawMode?.(true);
  const listen = (text: string | undefined, key: { readonly name?: string; readonly ctrl?: boolean }) => {
    if (key.name === 'escape' || (key.ctrl && (key.name === 'c' || key.name === 'd'))) pressed('hang up');
    else if (text !== undefined && /^[0-9*#]$/.test(text)) pressed(text);
  };
  stdin.on('keypress', listen);
  stdin.resume();
  return () => {
    stdin.off('keypress', listen);
    stdin.setRawMode?.(wasRaw);
    stdin.pause();
  };
}
