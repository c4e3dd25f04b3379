import { expect, test } from 'vitest';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { openProgram } from '../support/program.ts';
import { contractFaults } from './contract-faults.ts';

test('all that an install, a status, changes and an uninstall send and are answered is as the contract says', async () => {
  const exchanges: Exchange[] = [];
  // Slow enough that everything that is waited for is waited for.
  const windows = {
    'integration.known': { ms: 2_000 },
    'flow-job.done': { ms: 3_000 },
    'did-pool.assignable': { ms: 1_000 },
  };
  const program = await openProgram({ windows, observe: (exchange) => void exchanges.push(exchange) });
  for (const argv of [
    ['install', '--did-start', '+13175550100', '--did-end', '+13175550179'],
    ['status'],
    ['install'],
    ['install', '--did-end', '+13175550199', '--trigger-scope', 'all', '--trigger-delay', '60'],
    ['install', '--payment-prefix', 'other', '--bucket', 'another-bucket'],
    ['install', '--did-provider', 'PURE_CLOUD'],
    ['rollback'],
    ['uninstall', '--drain', '0'],
  ])
    expect((await program.inSandbox(...argv)).exit, argv.join(' ')).toBe(0);
  await program.close();
  const genesys = exchanges.filter(({ matched }) => matched.operation.service === 'genesys');
  expect(genesys.length).toBeGreaterThan(300);
  expect([...new Set(genesys.flatMap(contractFaults))]).toEqual([]);
});
