import { expect, test } from 'vitest';
import { administratorPermissions } from '../../src/bootstrap/wanted.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { openProgram } from '../support/program.ts';
import { contract, contractFaults } from './contract-faults.ts';

test('all that making and taking away role and client sends and is answered is as the contract says', async () => {
  const exchanges: Exchange[] = [];
  const windows = { 'grant.known': { ms: 30_000 }, 'role.gone': { ms: 5_000 } };
  const program = await openProgram({ windows, observe: (exchange) => void exchanges.push(exchange) });
  const { world } = program.sandbox;
  world.put('divisions', 'd', { id: 'd', name: 'Sales', description: '', homeDivision: false, createdAt: 0 });
  for (const argv of [[], ['--division', 'Sales'], ['--new-secret'], ['--remove']])
    expect((await program.inSandbox('bootstrap', 'genesys', '--yes', ...argv)).exit, argv.join(' ')).toBe(0);
  await program.close();
  const genesys = exchanges.filter(({ matched }) => matched.operation.service === 'genesys');
  expect(genesys.length).toBeGreaterThan(40);
  expect([...new Set(genesys.flatMap(contractFaults))]).toEqual([]);

  const asked: readonly string[] = [...administratorPermissions.make, ...administratorPermissions.remove];
  const taken = genesys.flatMap(
    ({ matched }) => contract.operations.get(matched.operation.operation)?.permissions?.permissions ?? [],
  );
  expect([...new Set(taken)].filter((permission) => !asked.includes(permission))).toEqual([]);
  // Nothing is asked of an administrator that is not used.
  expect(asked.filter((permission) => !taken.includes(permission) && permission !== 'authorization:role:edit')).toEqual(
    [],
  );
});
