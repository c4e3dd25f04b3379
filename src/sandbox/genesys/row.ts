import type { Operation } from '../contract.ts';

type Row<B> = Omit<Operation<B>, 'service' | 'write' | 'permission'> & Partial<Pick<Operation, 'permission' | 'write'>>;

/**
 * One operation of the Platform API, its body typed by its schema. It is named after its operation id; without a
 * `permission` anybody signed in may, and it writes unless it is a GET or HEAD or says otherwise.
 */
export const row = <B = unknown>(row: Row<B>): Operation =>
  // Who calls `handle` has parsed the body with this very schema.
  ({ service: 'genesys', permission: [], write: !/^(GET|HEAD) /.test(row.route), ...row }) as Operation;
