import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** What each part of `src/` may import besides itself. A part is a folder, or a file at the top. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'clock.ts': [],
  'group-by.ts': [],
  'by-entity.ts': ['group-by.ts'],
  'lock-file.ts': [],
  'make-folder.ts': [],
  'processes.ts': ['lock-file.ts'],
  'shell-word.ts': [],
  errors: ['clients', 'engine'],
  engine: [],
  clients: ['clock.ts', 'errors'],
  state: ['engine', 'errors', 'lock-file.ts', 'make-folder.ts', 'processes.ts'],
  resources: ['engine', 'clients', 'errors'],
  settings: ['errors', 'clients'],
  'names.ts': ['settings'],
  preflight: ['by-entity.ts', 'clients', 'engine', 'errors', 'group-by.ts', 'names.ts', 'resources', 'settings'],
  bootstrap: [
    'by-entity.ts',
    'clients',
    'errors',
    'names.ts',
    'preflight',
    'resources',
    'settings',
    'shell-word.ts',
    'state',
  ],
  'assets.ts': ['errors'],
  'half.ts': ['engine', 'names.ts', 'resources', 'settings'],
  'solution.ts': ['engine', 'half.ts', 'names.ts', 'resources', 'settings'],
  architect: ['errors', 'clock.ts'],
  sandbox: ['clock.ts', 'architect', 'lock-file.ts', 'make-folder.ts', 'processes.ts'],
  ui: ['bootstrap', 'by-entity.ts', 'group-by.ts', 'clients', 'engine', 'errors', 'settings', 'shell-word.ts'],
  commands: [
    ...['assets.ts', 'clock.ts', 'half.ts', 'names.ts', 'shell-word.ts', 'solution.ts'],
    ...[
      'architect',
      'bootstrap',
      'clients',
      'engine',
      'errors',
      'preflight',
      'resources',
      'sandbox',
      'settings',
      'state',
      'ui',
    ],
  ],
  'cli.ts': ['commands', 'errors', 'settings'],
  'main.ts': ['cli.ts', 'clock.ts', 'commands', 'errors', 'resources', 'ui'],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const partOf = (file: string) => file.split('/')[0] ?? '';

/** The files of ours that a file imports, statically or not. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(src, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...found].map(([, path = '']) => relative(src, resolve(src, dirname(file), path)));
}

describe('a part of the program imports nothing that is above it', () => {
  test.each(Object.entries(arrows))('%s', (part, allowed) => {
    const wrong = files
      .filter((file) => partOf(file) === part)
      .flatMap((file) => importsOf(file).map((other) => ({ file, other, to: partOf(other) })))
      .filter(({ to }) => to !== part && !allowed.includes(to))
      .map(({ file, other }) => `${file} → ${other}`);
    expect(wrong).toEqual([]);
  });

  test('and each part is known here', () => {
    expect([...new Set(files.map(partOf))].filter((part) => !(part in arrows))).toEqual([]);
  });
});

test('only the sandbox and the commands that open it know that there is one', () => {
  const knowing = files.filter(
    (file) =>
      !['sandbox', 'commands'].includes(partOf(file)) && importsOf(file).some((other) => partOf(other) === 'sandbox'),
  );
  expect(knowing).toEqual([]);
});
