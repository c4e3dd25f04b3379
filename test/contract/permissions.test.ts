import { expect, test } from 'vitest';
import { permissionByOperation, permissionsFor } from '../../src/preflight/permissions.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { openProgram } from '../support/program.ts';
import { contract } from './contract-faults.ts';

const byRoute = new Map([...contract.operations.values()].map((one) => [one.route, one]));
const checked = permissionsFor('change');

test('each operation of the list takes the permission that the list has for it', () => {
  const wrong = Object.entries(permissionByOperation).filter(
    ([route, permission]) => !byRoute.get(route)?.permissions?.permissions.includes(permission),
  );
  expect(wrong).toEqual([]);
});

test('whatever a whole run calls takes a permission that preflight checks, or none', async () => {
  const exchanges: Exchange[] = [];
  const program = await openProgram({ observe: (exchange) => void exchanges.push(exchange) });
  for (const argv of [
    ['install', '--did-start', '+13175550100', '--did-end', '+13175550179'],
    ['status'],
    ['install', '--did-end', '+13175550199', '--trigger-scope', 'all', '--trigger-delay', '60'],
    ['install', '--payment-prefix', 'other', '--bucket', 'another-bucket'],
    ['install', '--did-provider', 'PURE_CLOUD'],
    ['rollback'],
    ['doctor'],
    ['uninstall', '--drain', '0'],
  ])
    expect((await program.inSandbox(...argv)).exit, argv.join(' ')).toBe(0);
  await program.close();
  const called = new Set(
    exchanges.flatMap(({ matched: { operation } }) => (operation.service === 'genesys' ? [operation.operation] : [])),
  );
  expect(called.size).toBeGreaterThan(30);
  const unchecked = [...called].filter((operation) => {
    const { type, permissions = [] } = contract.operations.get(operation)?.permissions ?? {};
    if (permissions.length === 0) return false;
    const isChecked = (permission: string) => checked.includes(permission);
    return type === 'ALL' ? !permissions.every(isChecked) : !permissions.some(isChecked);
  });
  expect(unchecked).toEqual([]);
});
