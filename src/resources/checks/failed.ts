import { exitCode, SetupError } from '../../errors/setup-error.ts';
import { hasStatus } from '../vendor.ts';

/** What was tried out does not hold. */
export const failed = (message: string, hint: string, details: readonly string[] = []) =>
  new SetupError(message, { exit: exitCode.verification, hint, details });

/** Tries something out; that it is not there is a result too. */
export async function whileThere<T>(what: string, test: () => Promise<T>): Promise<T> {
  try {
    return await test();
  } catch (error) {
    if (hasStatus(error, 404, 410))
      throw failed(`The ${what} is not there any more.`, 'Run install: it makes it again.');
    throw error;
  }
}
