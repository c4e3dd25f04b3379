import { join } from 'node:path';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { type Owner, type Processes, takeLock } from '../lock-file.ts';
import { systemProcesses } from '../processes.ts';
import { cannotWrite, prepareFolder } from './folder.ts';

interface Options {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What the run is, for who comes second: `install`. */
  readonly command: string;
  readonly processes?: Processes | undefined;
}

/** Makes this the only run on a state; throws, naming the other, where there is one. Returns what gives it back. */
export async function takeRunLock(folder: string, { now, command, processes }: Options): Promise<() => void> {
  await prepareFolder(folder);
  const { self, isAlive } = processes ?? systemProcesses();
  const file = join(folder, 'lock');
  const since = new Date(now()).toISOString();
  try {
    return takeLock(file, { self: { ...self, command, since }, isAlive }, (owner) => heldBy(file, owner));
  } catch (error) {
    throw error instanceof SetupError ? error : cannotWrite(file, error);
  }
}

const heldBy = (file: string, { pid, host, command = 'another run', since }: Owner): SetupError =>
  new SetupError(
    `Another run is at work here: ${command}, process ${pid} on ${host}${since ? `, since ${since}` : ''}.`,
    {
      exit: exitCode.locked,
      hint: `Wait until it has ended, then run the command again. If there is no such process any more, delete ${file}.`,
    },
  );
