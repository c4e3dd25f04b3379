import { administratorPermissions, rolePermissions } from '../../src/bootstrap/wanted.ts';
import { permissionsFor } from '../../src/preflight/permissions.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { BY_HAND } from '../support/by-hand.ts';
import type { Contract } from './contract.ts';

const checked = new Set([
  ...permissionsFor('change', true),
  ...rolePermissions(),
  ...administratorPermissions.make,
  ...administratorPermissions.remove,
]);
const isChecked = (permission: string) => checked.has(permission);

/** Whether a call takes a permission that nothing checks beforehand; what a test words itself is not asked. */
export const permissionFaultsIn =
  ({ operations }: Contract) =>
  ({ incoming, matched }: Exchange): readonly string[] => {
    const { operation } = matched.operation;
    const { type, permissions = [] } = operations.get(operation)?.permissions ?? {};
    if (permissions.length === 0 || BY_HAND in incoming.headers) return [];
    if (type === 'ALL' ? permissions.every(isChecked) : permissions.some(isChecked)) return [];
    return [`${operation} takes ${permissions.join(', ')}, which preflight does not ask for`];
  };
