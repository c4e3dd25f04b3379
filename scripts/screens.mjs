// Records the screens that README.md shows, so that they stay true: `node scripts/screens.mjs` puts them in,
// `node scripts/screens.mjs --check` only says whether they are as they should be.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = join(root, 'README.md');
const bin = join(root, 'bin', 'eo-setup.js');
const SCREEN = /(<!-- screen: (.+) -->\n```\n)([\s\S]*?)(```\n<!-- end of screen -->)/g;

/** Both streams as a terminal would mix them: the plan, then the progress, then the end. */
function record(command, folder) {
  const shell = {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', npm_command: 'exec' },
  };
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...command.split(' ')], shell);
  if (status !== 0) throw new Error(`eo-setup ${command} ended with ${status}:\n${stderr}`);
  const [before = '', after = ''] = stdout.split('\n\nInstalled.');
  const [progress, start] = [/^done|^waiting/, /^(?!done|waiting)/].map((kind) =>
    stderr.split('\n').filter((line) => line !== '' && kind.test(line)),
  );
  return [
    `$ npx eo-setup ${command}`,
    ...start,
    before.trimEnd(),
    '',
    ...progress,
    '',
    `Installed.${after.trimEnd()}`,
    '',
  ].join('\n');
}

/** How long something took is another time every time, and so is what was done first. */
const settled = (text) =>
  text
    .replace(/\(\d+\.\d s\)/g, '(0.1 s)')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
const comparable = (text) => settled(text).split('\n').sort().join('\n');

const folder = mkdtempSync(join(tmpdir(), 'eo-screens-'));
try {
  const text = readFileSync(readme, 'utf8');
  const shown = text.replace(SCREEN, (_, head, command, old, tail) => {
    const fresh = settled(record(command, folder));
    return head + (comparable(fresh) === comparable(old) ? old : fresh) + tail;
  });
  if (process.argv.includes('--check')) {
    if (shown !== text)
      throw new Error('README.md shows another screen than there is. Run `node scripts/screens.mjs`.');
  } else writeFileSync(readme, shown);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
