import { describe, expect, test } from 'vitest';
import type { FaultInput } from '../../src/sandbox/faults.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { bootstrapped } from '../support/bootstrapped.ts';
import { openProgram, type Program } from '../support/program.ts';

const bootstrap = (program: Program, ...argv: readonly string[]) =>
  program.inSandbox('bootstrap', 'genesys', '--yes', ...argv);

const faults: readonly (readonly [name: string, fault: FaultInput])[] = [
  ['refused', { when: 'before', then: 'refuse', status: 400, code: 'Broken' }],
  ['carried out, and its answer cut,', { when: 'after', then: 'garble' }],
  ['carried out, and nobody hears of it,', { when: 'after', then: 'drop' }],
];

/** How many roles, clients and grants there are once a command was disturbed at an operation and run again. */
async function disturbed(fault: FaultInput, operation: string, argv: readonly string[], isThere: boolean) {
  const program = await openProgram();
  if (isThere) await bootstrap(program);
  program.sandbox.faults.set([{ ...fault, match: { operation, nth: 1 } }]);
  await bootstrap(program, ...argv);
  expect(program.sandbox.faults.list().map(({ struck }) => struck)).toEqual([1]);
  program.sandbox.faults.set([]);
  const { exit } = await bootstrap(program, ...argv);
  const { roles, clients, lent, granted } = bootstrapped(program.sandbox);
  await program.close();
  return { exit, roles: roles.length, clients: clients.length, lent: lent.length, granted: granted.length };
}

const GRANT = 'postAuthorizationSubjectDivisionRole';
const WITHDRAW = 'deleteAuthorizationSubjectDivisionRole';

describe.each(faults)('where a call is %s', (_, fault) => {
  test.each(['postAuthorizationRoles', GRANT, 'postOauthClients', WITHDRAW])(
    'making role and client once more ends with one of each, and nothing lent: %s',
    async (operation) => {
      const one = { exit: 0, roles: 1, clients: 1, lent: 0, granted: 1 };
      expect(await disturbed(fault, operation, [], false)).toEqual(one);
    },
  );

  test.each([GRANT, 'putOauthClient', 'deleteOauthClient', WITHDRAW, 'deleteAuthorizationRole'])(
    'taking them away once more leaves nothing: %s',
    async (operation) => {
      const none = { exit: 0, roles: 0, clients: 0, lent: 0, granted: 0 };
      expect(await disturbed(fault, operation, ['--remove'], true)).toEqual(none);
    },
  );
});

describe('where it is stopped', () => {
  const stopAt = async (operation: string) => {
    let stop: (signal: 'SIGINT') => void = () => undefined;
    const program = await openProgram({
      observe: ({ matched }) => matched.operation.operation === operation && stop('SIGINT'),
    });
    const ended = await program.run(['bootstrap', 'genesys', '--yes', '--sandbox', program.sandbox.origin], {
      onSignal: (listener) => {
        stop = listener;
        return () => undefined;
      },
    });
    return { program, ended };
  };

  test('while it waits, what was lent is taken back at once, and another run goes on from there', async () => {
    const { program, ended } = await stopAt(GRANT);
    const said = expect.stringContaining('Your own client does not have the role any more.');
    expect(ended).toMatchObject({ exit: 130, err: said });
    expect(bootstrapped(program.sandbox)).toMatchObject({ clients: [], lent: [] });
    expect((await bootstrap(program)).exit).toBe(0);
    expect(bootstrapped(program.sandbox)).toMatchObject({ roles: [{}], clients: [{}], lent: [], granted: [{}] });
    await program.close();
  });

  test.each(['postOauthClients', WITHDRAW])(
    'at %s, the secret is shown all the same, and it ends with 130',
    async (at) => {
      const { program, ended } = await stopAt(at);
      expect(ended.exit).toBe(130);
      const { clients, lent } = bootstrapped(program.sandbox);
      expect(lent).toEqual([]);
      expect(ended.out).toContain(clients[0]?.secret);
      await program.close();
    },
  );

  test('for good, with the role still lent, another run takes it back', async () => {
    const program = await openProgram();
    await bootstrap(program);
    const { roles } = bootstrapped(program.sandbox);
    const left = { subjectId: SEED.clientId, divisionId: SEED.homeDivisionId, roleId: roles[0]?.id, createdAt: 0 };
    program.sandbox.world.put('grants', `${left.subjectId} ${left.divisionId} ${left.roleId}`, left);
    const { exit, out } = await bootstrap(program);
    expect({ exit, out }).toMatchObject({
      exit: 0,
      out: expect.stringContaining('your own client: it loses the role'),
    });
    expect(bootstrapped(program.sandbox).lent).toEqual([]);
    await program.close();
  });
});
