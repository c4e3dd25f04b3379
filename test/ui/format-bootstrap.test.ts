import { describe, expect, test } from 'vitest';
import { formatBootstrap } from '../../src/ui/format-bootstrap.ts';

const names = { role: 'Role', client: 'Client', division: (id: string) => (id === 'h' ? 'Home' : 'Sales') };
const role = { action: 'keep', permissions: ['a:b:c', 'a:b:d', 'a:e:f'], adds: [], drops: [] } as const;
const client = { action: 'keep', activates: false, divisions: [] } as const;
const nothing = { role, client, newSecret: false, takesBack: false, unknown: [] };
const LENT = /^Nobody can hand out a role that they do not hold\./;

describe('the plan of a bootstrap', () => {
  test('names each permission, one entity a line, and the divisions', () => {
    const plan = {
      ...nothing,
      role: { ...role, action: 'create', adds: role.permissions } as const,
      client: { ...client, action: 'create', divisions: ['h', 's'] } as const,
    };
    expect(formatBootstrap(plan, names)).toEqual([
      '  create  role "Role" with 3 permissions:',
      '          a:b: c, d',
      '          a:e: f',
      '  create  OAuth client "Client" (client credentials), with the role in the division "Home" and "Sales"',
      '',
      expect.stringMatching(LENT),
    ]);
  });

  test('names what changes, and nothing else', () => {
    const plan = {
      ...nothing,
      role: { ...role, action: 'change', adds: ['a:b:c'], drops: ['x:y:z'] } as const,
      client: { action: 'change', activates: true, divisions: ['s'] } as const,
      newSecret: true,
      unknown: ['p:t:add'],
    };
    expect(formatBootstrap(plan, names).slice(0, -2)).toEqual([
      '  change  role "Role"',
      '          + a:b: c',
      '          - x:y: z',
      '          without these, which the organization does not know; its licence may lack them:',
      '          ! p:t: add',
      '  change  OAuth client "Client": it gets the role in the division "Sales"; it is switched on again; it gets another secret; the one that it has is worth nothing from then on',
    ]);
  });

  test('says where the administrator only loses what a run left', () => {
    expect(formatBootstrap({ ...nothing, takesBack: true }, names)).toEqual([
      '  keep    role "Role"',
      '  keep    OAuth client "Client"',
      '  change  your own client: it loses the role, which a run that broke off left it',
    ]);
  });
});
