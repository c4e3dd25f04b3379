import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Owner, Processes } from './lock-file.ts';

/** The system's processes, seen from this one. */
export function systemProcesses(): Processes {
  const host = hostname();
  return {
    self: ownerOf(process.pid),
    // Another machine's process cannot be asked, so it counts as alive.
    isAlive: (owner) => owner.host !== host || (exists(owner) && isSame(owner)),
  };
}

/** A process of this machine, as a file names it that is to know it again. */
export const ownerOf = (pid: number): Owner => ({ pid, host: hostname(), started: startOf(pid) });

function exists({ pid }: Owner): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const isSame = ({ pid, started }: Owner): boolean => {
  const start = startOf(pid);
  return start === '' || started === '' || start === started;
};

/** When a process was started: clock ticks since boot and the boot's id on Linux, unknown elsewhere. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything; after it come the fields from the third on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks = ''] = [fields[0], fields[19]];
    // It has ended, and only its parent has not asked how: where nobody reaps orphans that stays so.
    if (state === 'Z') return 'ended';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
  } catch {
    return '';
  }
}
