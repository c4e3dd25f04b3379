import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { bundleProgram } from '../support/bundle-program.ts';

/** How one of the starters fared. */
interface Told {
  readonly pid: number;
  /** Absent where it got the lock. */
  readonly refused?: { readonly exit: number; readonly message: string };
}

const starter = `
import { takeRunLock } from './src/state/lock.ts';
let release = () => {};
process.on('message', async ({ folder }) => {
  if (folder === undefined) {
    release();
    return process.send({ pid: process.pid });
  }
  try {
    release = await takeRunLock(folder, { now: Date.now, command: 'install' });
    process.send({ pid: process.pid });
  } catch ({ exit, message }) {
    process.send({ pid: process.pid, refused: { exit, message } });
  }
});
process.send('ready');
`;

const saver = `
import { openFileStore, readState } from './src/state/file-store.ts';
const [, , folder] = process.argv;
const { state, ...owner } = await readState(folder);
const store = openFileStore(folder, owner);
await store.save({ ...state, run: { settings: {}, startedAt: 'x' }, settled: null, retired: [], steps: {} });
await store.save(state).catch(({ message, exit }) => process.stdout.write(JSON.stringify({ message, exit })));
`;

/** Real processes that wait for the word to take the lock of a folder, all at once. */
export async function startStarters(count: number, programs: string) {
  const program = await bundleProgram(starter, programs, 'esm');
  const all = Array.from({ length: count }, () => fork(program, [], { execArgv: [], env: {} }));
  const ask = async (child: ChildProcess, folder?: string): Promise<Told> => {
    const answer = once(child, 'message');
    child.send({ folder });
    const [told] = await answer;
    return told;
  };
  await Promise.all(all.map((child) => once(child, 'message')));
  return {
    /** All try to take the lock. */
    take: (folder: string): Promise<readonly Told[]> => Promise.all(all.map((child) => ask(child, folder))),
    /** Whoever has a lock gives it back. */
    release: (): Promise<readonly Told[]> => Promise.all(all.map((child) => ask(child))),
    /** Ends one without a chance to give anything back. */
    kill: async (pid: number): Promise<void> => {
      const child = all.find((one) => one.pid === pid);
      if (!child) throw new Error(`There is no starter ${pid}.`);
      child.kill('SIGKILL');
      await once(child, 'exit');
      all.splice(all.indexOf(child), 1);
    },
    close: async (): Promise<void> => {
      const ends = all.map((child) => once(child, 'exit'));
      for (const child of all) child.kill();
      await Promise.all(ends);
    },
  };
}

/** Saves a small state, then the one that is there, in a process that may write files of at most `blocks` × 512 bytes. */
export async function saveWithLimit(folder: string, programs: string, blocks: number): Promise<string> {
  const program = await bundleProgram(saver, programs, 'esm');
  const script = `ulimit -f ${blocks}; exec "$0" "$@"`;
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', script, process.execPath, program, folder], { env: {} }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}
