import type { RoleRecord } from '../../src/sandbox/genesys/role-record.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import type { TestSandbox } from './sandbox.ts';

interface Client {
  readonly [member: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

/** What `bootstrap genesys` has made in a world: roles, clients, and who has which role. */
export function bootstrapped({ world }: Pick<TestSandbox, 'world'>) {
  const roles = world
    .list<RoleRecord & Record<string, unknown>>('authorization-roles')
    .filter(({ deletedAt }) => deletedAt === undefined);
  const clients = world.list<Client>('oauth-clients').filter(({ id }) => id !== SEED.clientId);
  const grants = world.list('grants');
  return {
    roles,
    clients,
    /** Of the administrator's own client. */
    lent: grants.filter(({ subjectId }) => subjectId === SEED.clientId),
    granted: grants.filter(({ subjectId }) => subjectId !== SEED.clientId),
  };
}
