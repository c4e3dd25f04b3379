import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { golden } from './golden.ts';

/** Gives each test of a file a folder of a state that does not exist yet; it is gone when the test ends. */
export function freshFolders(): () => string {
  let parent = '';
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'eo-state-'));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));
  return () => join(parent, '.eo-setup', 'dev');
}

/** Puts a state there, as an earlier run has left it. */
export function leaveState(folder: string, text: string = JSON.stringify(golden())): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'state.json'), text, { mode: 0o600 });
}
