import { beforeAll, expect, test } from 'vitest';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { genesysOperations } from '../../src/sandbox/genesys/index.ts';
import { openArchitect } from '../sandbox/genesys/architect.ts';
import { openGenesys } from '../sandbox/genesys/data-actions.ts';
import { openRunnable } from '../sandbox/genesys/runnable-action.ts';
import { contract, contractFaults } from './contract-faults.ts';
import { useArchitect } from './scenarios/architect.ts';
import { useAuthorization } from './scenarios/authorization.ts';
import { useDataActions } from './scenarios/data-actions.ts';
import { provokeRefusals } from './scenarios/refusals.ts';

const rows = genesysOperations.filter(({ service }) => service === 'genesys');
const exchanges: Exchange[] = [];
const observe = (exchange: Exchange) => void exchanges.push(exchange);

beforeAll(async () => {
  const [genesys, actions, architect] = [
    await openGenesys({}, observe),
    await openRunnable({ observe }),
    await openArchitect({}, observe),
  ];
  await useAuthorization(genesys);
  await provokeRefusals(genesys, contract);
  await useDataActions(actions);
  await useArchitect(architect);
  await Promise.all([genesys.close(), actions.close(), architect.close()]);
});

const seen = (fits: (exchange: Exchange) => boolean): ReadonlySet<string> =>
  new Set(exchanges.filter(fits).map(({ matched }) => matched.operation.operation));

test('whatever is asked is answered and refused as the contract says', () => {
  expect([...new Set(exchanges.flatMap(contractFaults))]).toEqual([]);
});

test('every operation was asked for with success, and refused to who is not signed in', () => {
  const succeeded = seen(({ sent }) => sent.status < 400);
  const refused = seen(({ sent }) => sent.status === 401);
  const names = rows.map(({ operation }) => operation);
  expect(names.filter((name) => !succeeded.has(name))).toEqual([]);
  expect(names.filter((name) => !refused.has(name))).toEqual(['headTokensMe']);
});

test.each(rows.map((row) => [row.operation, row] as const))(
  '%s is where the contract has it, for who may',
  (operation, row) => {
    const known = contract.operations.get(operation);
    const { permissions = [], type = 'ANY' } = known?.permissions ?? {};
    expect(row.route).toBe(known?.route);
    expect(row.permission.toSorted()).toEqual(permissions.toSorted());
    // Any one is enough here, so where all are wanted there can be but one.
    expect(type === 'ANY' || permissions.length === 1).toBe(true);
  },
);
