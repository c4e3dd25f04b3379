import { exitCode, SetupError } from '../../errors/setup-error.ts';

/** What was tried out does not hold. */
export const failed = (message: string, hint: string, details: readonly string[] = []) =>
  new SetupError(message, { exit: exitCode.verification, hint, details });
