import { expect, test } from 'vitest';
import { held, WHOLE } from '../../support/installed.ts';
import { openProgram } from '../../support/program.ts';

const CREATES = [
  ...['postIntegrationsCredentials', 'postIntegrations', 'postIntegrationsActions'],
  ...['postTelephonyProvidersEdgesDidpools', 'postProcessautomationTriggers', 'postArchitectIvrs'],
];

test.each([100, 1_000, 10_000, 60_000])(
  'a create whose answer is lost is found after %i ms of being hidden, and not sent again',
  async (ms) => {
    const { sandbox, ...program } = await openProgram({
      windows: { 'genesys.listed': { ms }, 'genesys.shown': { ms: Math.min(ms, 10_000) } },
    });
    sandbox.faults.set(CREATES.map((operation) => ({ match: { operation, nth: 1 }, when: 'after', then: 'drop' })));
    const { exit } = await program.inSandbox('install');
    const made = sandbox.history
      .entries()
      .filter(({ committed, operation }) => committed && CREATES.includes(operation));
    await program.close();
    expect(exit).toBe(0);
    expect(held(sandbox.world)).toEqual(WHOLE);
    expect(made).toHaveLength(9);
  },
);
