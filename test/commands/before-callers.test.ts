import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FlowRecord } from '../../src/sandbox/genesys/flow-record.ts';
import type { Organization } from '../../src/sandbox/genesys/organization.ts';
import type { TriggerRecord } from '../../src/sandbox/genesys/trigger-record.ts';
import { held as heldIn, WHOLE } from '../support/installed.ts';
import { openProgram, type Program } from '../support/program.ts';

let program: Program;
beforeEach(async () => {
  program = await openProgram();
});
afterEach(() => program.close());

const world = () => program.sandbox.world;
const held = (kind: string) => world().list(kind).length;

/** What is undocumented, or set up by hand, about the organization. */
function amendOrganization(change: Partial<Organization>) {
  const organization = world().get<Organization>('meta', 'world');
  if (!organization) throw new Error('There is no organization.');
  world().put<Organization>('meta', 'world', { ...organization, ...change });
}

describe('before callers come in', () => {
  test('the data actions and the trigger are tried out, and told', async () => {
    const { exit, err } = await program.inSandbox('install');
    expect(exit).toBe(0);
    expect(err).toMatch(/verified that data action dev-generate_paymentId-data-action returns a payment id/);
    expect(err).toMatch(/verified that data action dev-saveUserData-data-action reaches the function that saves/);
    expect(err).toMatch(/verified that the trigger hears the end of a call to \+13175550100/);
    const order = program.sandbox.history.entries().map(({ operation }) => operation);
    expect(order.lastIndexOf('postIntegrationsActionTest')).toBeLessThan(
      order.indexOf('postProcessautomationTriggers'),
    );
    expect(order.lastIndexOf('postProcessautomationTriggerTest')).toBeLessThan(order.indexOf('postArchitectIvrs'));
  });

  test('nobody tries anything out where nothing changes', async () => {
    await program.inSandbox('install');
    const before = program.sandbox.history.entries().length;
    await program.inSandbox('install');
    const after = program.sandbox.history.entries().slice(before);
    expect(after.filter(({ operation }) => /Test$/.test(operation))).toEqual([]);
  });

  test('what a change touches is tried out again', async () => {
    await program.inSandbox('install');
    const before = program.sandbox.history.entries().length;
    expect(await program.inSandbox('install', '--log-retention-days', '14')).toMatchObject({ exit: 0 });
    const after = program.sandbox.history.entries().slice(before);
    expect(after.filter(({ operation }) => operation === 'postIntegrationsActionTest')).toHaveLength(2);
  });

  test('a principal that Genesys Cloud does not call from ends with 10, no trigger and no IVR, and is named', async () => {
    amendOrganization({ genesysAwsAccount: '999999999999' });
    const start = program.now();
    const { exit, err } = await program.inSandbox('install');
    expect(exit).toBe(10);
    expect(program.now() - start).toBeGreaterThan(60_000);
    expect(err).toContain('Genesys Cloud may not assume the role dev-generate_paymentId-TrustRole');
    expect(err).toContain('another principal than arn:aws:iam::765628985471:root');
    expect(err).toContain('--genesys-aws-account');
    expect([held('triggers'), held('ivrs')]).toEqual([0, 0]);
    const account = ['--genesys-aws-account', '999999999999'];
    expect(await program.inSandbox('install', ...account)).toMatchObject({ exit: 0 });
    expect(heldIn(world())).toEqual(WHOLE);
  });

  test.each([
    ['', false],
    [', and the state is lost', true],
  ])('where callers are in already%s, no flow goes over to what does not work', async (_, isLost) => {
    await program.inSandbox('install');
    if (isLost) rmSync(program.stateFile);
    const published = () =>
      world()
        .list<FlowRecord>('flows')
        .map(({ type, publishedVersion }) => [type, publishedVersion]);
    const before = published();
    amendOrganization({ genesysAwsAccount: '999999999999' });
    expect(await program.inSandbox('install', '--payment-prefix', 'charge')).toMatchObject({ exit: 10 });
    expect(published()).toEqual(before);
    amendOrganization({ genesysAwsAccount: '765628985471' });
    expect(await program.inSandbox('install', '--payment-prefix', 'charge')).toMatchObject({ exit: 0 });
    expect(heldIn(world())).toEqual(WHOLE);
  });

  test('a change that was not found to work is tried out again, though nothing is left to change', async () => {
    await program.inSandbox('install');
    amendOrganization({ genesysAwsAccount: '999999999999' });
    const change = ['install', '--log-retention-days', '14'];
    expect(await program.inSandbox(...change)).toMatchObject({ exit: 10 });
    expect(await program.inSandbox(...change)).toMatchObject({ exit: 10 });
    amendOrganization({ genesysAwsAccount: '765628985471' });
    expect(await program.inSandbox(...change)).toMatchObject({ exit: 0 });
  });

  test('--skip-verify goes on without', async () => {
    amendOrganization({ genesysAwsAccount: '999999999999' });
    expect(await program.inSandbox('install', '--skip-verify')).toMatchObject({ exit: 0 });
    expect(held('ivrs')).toBe(1);
  });
});

describe.each([100, 1_000, 10_000, 60_000])('a role that Genesys Cloud can assume after %i ms', (ms) => {
  test('is waited for, and that is told', async () => {
    await program.close();
    program = await openProgram({ windows: { 'role.assumable': { ms } } });
    const { exit, err } = await program.inSandbox('install');
    expect(exit).toBe(0);
    expect(heldIn(world())).toEqual(WHOLE);
    expect(err.includes('waiting for')).toBe(ms >= 10_000);
  });
});

describe('where Contains does not look into text', () => {
  beforeEach(() => amendOrganization({ containsIsForLists: true }));
  const trigger = () => world().list<TriggerRecord>('triggers')[0];
  const paths = () => trigger()?.matchCriteria?.map(({ jsonPath }) => jsonPath);

  test('the trigger falls back to all calls, says so, and stays so', async () => {
    const { exit, err } = await program.inSandbox('install', '--trigger-scope', 'number');
    expect(exit).toBe(0);
    expect(err).toMatch(
      /trigger dev-Call Disconnected Trigger .* created .*: it starts the workflow for all inbound calls/,
    );
    expect(paths()).toEqual(['mediaType', 'direction']);
    const again = await program.inSandbox('install', '--trigger-scope', 'number');
    expect(again).toMatchObject({ exit: 0, out: expect.stringContaining('No changes.') });
    const status = await program.inSandbox('status');
    expect(status).toMatchObject({ exit: 0, out: expect.stringContaining('for all inbound calls') });
    expect(await program.inSandbox('verify')).toMatchObject({ exit: 0 });
  });

  test('another change of the trigger leaves it listening all the while', async () => {
    await program.inSandbox('install');
    program.writes();
    expect(await program.inSandbox('install', '--trigger-delay', '60')).toMatchObject({ exit: 0 });
    expect(program.writes().filter((one) => one === 'putProcessautomationTrigger')).toHaveLength(1);
    expect(trigger()).toMatchObject({ delayBySeconds: 60 });
    expect(paths()).toEqual(['mediaType', 'direction']);
  });
});
