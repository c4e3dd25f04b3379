import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Installs the servers, clients and runtime that the tests compare with. Throws, and so fails all, where it cannot. */
export function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/conformance.mjs', import.meta.url))], {
    stdio: 'inherit',
  });
}
