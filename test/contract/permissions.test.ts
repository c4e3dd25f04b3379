import { expect, test } from 'vitest';
import { permissionByOperation } from '../../src/preflight/permissions.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { genesysOperations } from '../../src/sandbox/genesys/index.ts';
import { parseContract } from './contract.ts';
import { contract } from './contract-faults.ts';
import { permissionFaultsIn } from './permission-fault.ts';

const byRoute = new Map([...contract.operations.values()].map((one) => [one.route, one]));

test('each operation of the list takes the permission that the list has for it', () => {
  const wrong = Object.entries(permissionByOperation).filter(
    ([route, permission]) => !byRoute.get(route)?.permissions?.permissions.includes(permission),
  );
  expect(wrong).toEqual([]);
});

const asked = 'integrations:action:view';
const unasked = 'outbound:campaign:view';

/** A call whose operation takes these permissions. */
function callThatTakes(type: string, permissions: readonly string[], headers: Readonly<Record<string, string>> = {}) {
  const one = { operationId: 'getFlows', permissions: { type, permissions }, responses: {} };
  const described = parseContract({ swagger: '2.0', paths: { '/api/v2/flows': { get: one } }, definitions: {} });
  const row = genesysOperations.find(({ operation }) => operation === 'getFlows');
  const exchange = { incoming: { headers }, matched: { operation: row } };
  return permissionFaultsIn(described)(exchange as unknown as Exchange);
}

test.each([
  ['any of which is asked for', 'ANY', [unasked, asked]],
  ['all of which are asked for', 'ALL', [asked, 'integrations:action:edit']],
  ['that are none', 'ANY', []],
])('a call may take permissions %s', (_, type, permissions) => {
  expect(callThatTakes(type, permissions)).toEqual([]);
});

test.each([
  ['none of which is asked for', 'ANY', [unasked]],
  ['not all of which are asked for', 'ALL', [asked, unasked]],
])('a call may not take permissions %s, unless a test words it', (_, type, permissions) => {
  expect(callThatTakes(type, permissions)).toEqual([
    `getFlows takes ${permissions.join(', ')}, which preflight does not ask for`,
  ]);
  expect(callThatTakes(type, permissions, { 'x-by-hand': 'yes' })).toEqual([]);
});
