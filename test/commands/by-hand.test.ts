import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { live, nameOf, WHOLE } from '../support/installed.ts';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
beforeAll(async () => {
  program = await openProgram();
  await program.inSandbox('install');
});
afterAll(() => program.close());

type Item = Readonly<Record<string, unknown>>;
const records = (collection: string) =>
  live(program.sandbox.world, collection).map((item) => ({ id: String(item['id'] ?? nameOf(item)), item }));

const each = Object.entries(WHOLE).flatMap(([collection, count]) =>
  Array.from({ length: count }, (_, n) => [collection, n, count] as const),
);

describe('what somebody deleted in the console', () => {
  test.each(each)('%s (%i) is missed by status, and made again by install', async (collection, n, count) => {
    const { world } = program.sandbox;
    const victim = records(collection)[n];
    if (!victim) throw new Error(`There is no ${collection} ${n}.`);
    world.remove(collection, victim.id);
    const status = await program.inSandbox('status');
    expect(status.exit).toBe(6);
    expect(status.out).toMatch(/MISSING/);
    expect(await program.inSandbox('install')).toMatchObject({ exit: 0 });
    expect(records(collection)).toHaveLength(count);
  });

  test('and in the end all is as it was', async () => {
    expect(await program.inSandbox('status')).toMatchObject({ exit: 0 });
  });
});

/** A change by hand, and what status calls it. */
const edits: readonly (readonly [collection: string, change: (item: Item) => Item, detail: string])[] = [
  ['buckets', (bucket) => ({ ...bucket, ownership: 'ObjectWriter' }), 'ownership'],
  ['buckets', (bucket) => ({ ...bucket, publicAccessBlock: {} }), 'publicAccess'],
  ['functions', (one) => ({ ...one, Timeout: 3 }), 'timeoutSeconds'],
  ['integrations', ({ enabledAt: _, ...one }) => one, 'state'],
  ['triggers', (trigger) => ({ ...trigger, enabled: false }), 'enabled'],
  ['ivrs', (ivr) => ({ ...ivr, dnis: [] }), 'dnis'],
  ['flows', (flow) => ({ ...flow, publishedVersion: 99 }), 'yaml, uses'],
];

describe('what somebody changed in the console', () => {
  test.each(edits.map(([collection, change, detail]) => ({ collection, change, detail })))(
    '$collection: $detail',
    async ({ collection, change, detail }) => {
      const victim = records(collection)[0];
      if (!victim) throw new Error(`There is no ${collection}.`);
      program.sandbox.world.put(collection, victim.id, change(victim.item));
      const status = await program.inSandbox('status');
      expect(status).toMatchObject({ exit: 6, out: expect.stringContaining(`(${detail}`) });
      expect(await program.inSandbox('install', '--overwrite-edits')).toMatchObject({ exit: 0 });
    },
  );
});

test('what was changed in the console is as it was again', async () => {
  expect(await program.inSandbox('status')).toMatchObject({ exit: 0 });
});

test('an old copy of the state, of which the objects were made anew since, is brought up to date', async () => {
  const old = readFileSync(program.stateFile);
  await program.inSandbox('uninstall', '--drain', '0');
  await program.inSandbox('install');
  writeFileSync(program.stateFile, old);
  program.writes();
  expect(await program.inSandbox('install', '--overwrite-edits')).toMatchObject({ exit: 0 });
  expect(live(program.sandbox.world, 'credentials')).toHaveLength(2);
  expect(await program.inSandbox('status')).toMatchObject({ exit: 0 });
  expect(await program.inSandbox('install')).toMatchObject({ exit: 0, out: expect.stringContaining('No changes.') });
});
