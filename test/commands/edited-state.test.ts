import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change, Item } from '../../src/sandbox/world.ts';
import { live } from '../support/installed.ts';
import { openProgram, type Program } from '../support/program.ts';

const FOREIGN = '99999999-0000-4000-8000-000000000001';

let program: Program;
let whole: readonly Change[];
let state: string;
beforeAll(async () => {
  program = await openProgram();
  await program.inSandbox('install', '--skip-verify');
  whole = program.sandbox.world.snapshot();
  state = readFileSync(program.stateFile, 'utf8');
}, 30_000);
afterAll(() => program.close());

const world = () => program.sandbox.world;

/** Puts something of somebody else's there that is like this, and makes the state say that it is what we made. */
function claim(collection: string, own: Item): Item {
  const bare = JSON.parse(JSON.stringify(own).replaceAll(/ ?\[eo-setup [^\]]*\]/g, ''));
  // An IVR that leads nowhere is in the way of no number, and of no flow.
  const { openHoursFlow: _, ...idle } = bare;
  const foreign = { ...idle, id: FOREIGN, name: 'Sales', ...('dnis' in bare && { dnis: [] }) };
  writeFileSync(program.stateFile, state.replaceAll(String(own['id']), FOREIGN), { mode: 0o600 });
  return world().put(collection, FOREIGN, foreign);
}

test.each(['credentials', 'integrations', 'flows', 'triggers', 'ivrs'])(
  'a state that was edited makes nothing of somebody else’s ours: %s',
  async (collection) => {
    for (const argv of [
      ['install', '--skip-verify'],
      ['uninstall', '--drain', '0'],
    ]) {
      world().replace(whole);
      const own = live(world(), collection)[0];
      if (!own) throw new Error(`There is nothing in ${collection}.`);
      const foreign = claim(collection, own);
      expect(await program.inSandbox(...argv)).toMatchObject({ exit: 0 });
      expect(world().get(collection, FOREIGN)).toEqual(foreign);
      // A credential has no mark: without a record of it, it is nobody's once its integration is gone.
      const left = live(world(), collection).filter(({ id }) => id === own['id']);
      expect(left).toHaveLength(argv[0] === 'uninstall' && collection !== 'credentials' ? 0 : 1);
    }
  },
);
