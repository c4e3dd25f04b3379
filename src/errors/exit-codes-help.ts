import { exitCode } from './setup-error.ts';

const meanings: Readonly<Record<keyof typeof exitCode, string>> = {
  done: 'done',
  failed: 'failed; what was made is kept',
  usage: 'usage or configuration',
  credentials: 'credentials refused',
  preflight: "a permission, region, name or number, or somebody's edit or lock, is in the way",
  changes: 'plan --exit-code: there are changes',
  drift: 'status: something is changed or missing',
  locked: 'another run holds the lock',
  declined: 'a question was answered No',
  timeout: 'timed out',
  verification: 'verification failed',
  state: 'the state is unreadable, too new, or of somewhere else',
  rolledBack: 'failed and rolled back',
  interrupted: 'stopped with Ctrl-C',
  terminated: 'stopped by SIGTERM',
};

const lineOf = ([name, meaning]: [string, string]) =>
  `  ${String(exitCode[name as keyof typeof exitCode]).padEnd(4)} ${meaning}`;

/** Every exit code with what it means. */
export const exitCodesHelp = ['Exit codes:', ...Object.entries(meanings).map(lineOf)].join('\n');
