import { beforeAll, describe, expect, test } from 'vitest';
import type { FaultInput } from '../../src/sandbox/faults.ts';
import { live, nameOf, WHOLE } from '../support/installed.ts';
import { openProgram, type Program } from '../support/program.ts';

/** How many calls are left out between two that go wrong; 1 tries every one, and takes minutes. */
const STRIDE = Number(process.env['EO_SETUP_TEST_STRIDE'] ?? 97);

/** What is there, by kind and name, without ids and times. */
const look = ({ sandbox }: Program): readonly string[] =>
  Object.keys(WHOLE)
    .flatMap((collection) => live(sandbox.world, collection).map((item) => `${collection} ${nameOf(item)}`))
    .sort();

const faults: readonly (readonly [name: string, fault: FaultInput])[] = [
  ['refused', { when: 'before', then: 'refuse', status: 400, code: 'Broken' }],
  ['carried out, and its answer cut,', { when: 'after', then: 'garble' }],
  ['carried out, and nobody hears of it,', { when: 'after', then: 'drop' }],
];

/** What an undisturbed install leaves, and how many calls it and the uninstall after it take. */
const undisturbed = { whole: [] as readonly string[], calls: { install: 0, uninstall: 0 } };
beforeAll(async () => {
  const program = await openProgram();
  const count = () => program.sandbox.history.entries().length;
  await program.inSandbox('install');
  undisturbed.whole = look(program);
  undisturbed.calls.install = count();
  await program.inSandbox('uninstall', '--drain', '0');
  undisturbed.calls.uninstall = count() - undisturbed.calls.install;
  await program.close();
  expect(undisturbed.calls.install).toBeGreaterThan(120);
  expect(undisturbed.calls.uninstall).toBeGreaterThan(80);
});

/** Does something with the n-th call of a command going wrong, for every n, or for a sample of them. */
async function atEveryCall(
  fault: FaultInput,
  from: readonly string[],
  command: 'install' | 'uninstall',
  check: (program: Program, where: string) => Promise<void>,
): Promise<void> {
  for (let nth = 1; nth <= undisturbed.calls[command]; nth += STRIDE) {
    const program = await openProgram();
    for (const before of from) await program.inSandbox(before);
    program.sandbox.faults.set([{ ...fault, match: { nth } }]);
    const { exit } = await program.inSandbox(command, ...(command === 'uninstall' ? ['--drain', '0'] : []));
    const struck = program.sandbox.history.entries().find((entry) => entry.fault !== undefined);
    program.sandbox.faults.set([]);
    await check(program, `${command}, call ${nth} (${struck?.operation}), exit ${exit}`);
    await program.close();
  }
}

describe.each(faults)('where a call of an install is %s', (_, fault) => {
  test('another install ends where an undisturbed one ends, and an uninstall leaves nothing', async () => {
    await atEveryCall(fault, [], 'install', async (program, where) => {
      expect(await program.inSandbox('install'), where).toMatchObject({ exit: 0 });
      expect(look(program), where).toEqual(undisturbed.whole);
      expect((await program.inSandbox('status')).exit, where).toBe(0);
      expect(await program.inSandbox('uninstall', '--drain', '0'), where).toMatchObject({ exit: 0 });
      expect(look(program), where).toEqual([]);
    });
  });

  test('an uninstall straight after it leaves nothing', async () => {
    await atEveryCall(fault, [], 'install', async (program, where) => {
      expect(await program.inSandbox('uninstall', '--drain', '0'), where).toMatchObject({ exit: 0 });
      expect(look(program), where).toEqual([]);
    });
  });
});

describe.each(faults)('where a call of an uninstall is %s', (_, fault) => {
  test('another uninstall leaves nothing', async () => {
    await atEveryCall(fault, ['install'], 'uninstall', async (program, where) => {
      expect(await program.inSandbox('uninstall', '--drain', '0'), where).toMatchObject({ exit: 0 });
      expect(look(program), where).toEqual([]);
    });
  });
});
