import type { Command } from './command.ts';
import { askMissing } from './wizard.ts';

/** Asks for what is missing where somebody can answer, then installs. */
export const askAndInstall: Command = async (invocation) => {
  const answered = await askMissing(invocation);
  // After the questions: the first of them should not wait until the clients of both clouds are loaded.
  const { install } = await import('./install.ts');
  return install(answered);
};
