import { exitCode, SetupError } from '../errors/setup-error.ts';

/** The input ended before there was an answer. */
export const noAnswer = (hint: string): SetupError =>
  new SetupError('There was no answer.', { exit: exitCode.declined, hint });

/** In raw mode Ctrl-C is a key and no signal. */
export const interrupted = (cause?: unknown): SetupError =>
  new SetupError('Stopped by Ctrl-C.', { exit: exitCode.interrupted, cause });
