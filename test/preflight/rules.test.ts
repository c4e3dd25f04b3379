import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TimeoutError } from '../../src/clients/retry.ts';
import { SetupError } from '../../src/errors/setup-error.ts';
import { permissionsFor } from '../../src/preflight/permissions.ts';
import { preflight, refusal } from '../../src/preflight/preflight.ts';
import { judgeClock, judgeNode, OLDEST_NODE } from '../../src/preflight/rules/machine.ts';
import { judgeAccount, judgeRegions } from '../../src/preflight/rules/regions.ts';
import type { GenesysRegion } from '../../src/settings/regions.ts';
import { openRig, type Rig } from '../resources/rig.ts';
import { SALES } from '../support/sales.ts';
import { sampleSettings } from '../support/sample-settings.ts';
import { contextIn, permit } from './context.ts';

describe('regions', () => {
  test('that are the same are well', () => {
    expect(judgeRegions({ awsRegion: 'us-west-2', genesysRegion: 'us-west-2' }).severity).toBe('ok');
  });
  test('that differ are told, and no more', () => {
    expect(judgeRegions({ awsRegion: 'eu-west-1', genesysRegion: 'us-east-1' })).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(/eu-west-1.*us-east-1/),
      remedy: expect.stringContaining('--aws-region us-east-1'),
    });
  });
});

describe("Genesys Cloud's AWS account", () => {
  test.each<[GenesysRegion, string, string]>([
    ['us-east-1', '765628985471', 'ok'],
    ['us-east-1', '111122223333', 'warning'],
    ['us-east-2', '325654371633', 'warning'],
    ['eusc-de-east-1', '111122223333', 'unknown'],
  ])('in %s as %s: %s', (genesysRegion, genesysAwsAccount, severity) => {
    const finding = judgeAccount({ genesysRegion, genesysAwsAccount });
    expect(finding).toMatchObject({ severity, message: expect.stringContaining(genesysAwsAccount) });
  });
});

describe('Node.js', () => {
  test.each([
    ['20.17.0', 'ok'],
    ['22.0.0', 'ok'],
    ['100.1.0', 'ok'],
    ['20.16.9', 'error'],
    ['18.20.0', 'error'],
  ])('%s: %s', (version, severity) => {
    expect(judgeNode(version).severity).toBe(severity);
  });
  test('is to be as new as the package says', () => {
    const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(engines.node).toBe(`>=${OLDEST_NODE}`);
  });
});

describe('the clock', () => {
  test.each([
    [0, 'ok', ''],
    [59_000, 'ok', ''],
    [-59_000, 'ok', ''],
    [61_000, 'warning', '61 s ahead'],
    [-600_000, 'warning', '10 min behind'],
  ])('%i ms ahead: %s', (ahead, severity, said) => {
    expect(judgeClock(ahead)).toMatchObject({ severity, message: expect.stringContaining(said) });
  });
});

describe('all rules together', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.sandbox.close());

  const badly = (findings: Awaited<ReturnType<typeof preflight>>) =>
    findings.filter(({ severity }) => severity !== 'ok');
  const refusing = (operation: string, status: number, code: string) =>
    rig.sandbox.faults.set([{ match: { operation }, when: 'before', then: 'refuse', status, code }]);

  test('find nothing where nothing is wrong, and say who is signed in', async () => {
    const findings = await preflight(contextIn(rig));
    expect(badly(findings)).toEqual([]);
    const said = findings.map(({ message }) => message).join('\n');
    expect(said).toContain('Cloud Store (sandbox) (5a4d0b0c-0000-4000-8000-000000000001)');
    expect(said).toContain('123456789012 as arn:aws:iam::123456789012:user/sandbox');
  });

  test('change nothing', async () => {
    await preflight(contextIn(rig));
    expect(rig.writes()).toEqual([]);
  });

  test('find everything that is wrong at once', async () => {
    permit(rig, ['*:*:view', 'telephony:plugin:all']);
    const context = contextIn(rig, {
      settings: { ...sampleSettings, awsRegion: 'eu-west-1', division: 'Nowhere' },
      topic: 'v2.made.up',
      nodeVersion: '18.0.0',
      now: () => rig.now() + 3_600_000,
    });
    const found = badly(await preflight(context)).map(({ rule }) => rule);
    expect([...new Set(found)]).toEqual(['genesys-permissions', 'regions', 'trigger-topic', 'node', 'clock']);
  });

  test('miss a division that is not there', async () => {
    const findings = await preflight(contextIn(rig, { settings: { ...sampleSettings, division: 'Nowhere' } }));
    expect(badly(findings)).toMatchObject([{ severity: 'error', message: expect.stringContaining('"Nowhere"') }]);
  });

  test('miss the permissions in the division of the flows', async () => {
    rig.sandbox.world.put('divisions', SALES.id, SALES);
    const inSales = contextIn(rig, { settings: { ...sampleSettings, division: 'Sales' } });
    expect(badly(await preflight(inSales))).toEqual([]);
    permit(rig, ['*'], ['5a4d0b0c-0000-4000-8000-000000000002']);
    const findings = badly(await preflight(inSales));
    expect(findings.map(({ message }) => message)).toContain(
      'The OAuth client has the permission architect:flow:publish, but not in the division "Sales".',
    );
  });

  test('ask for no topics where a trigger listens already', async () => {
    const findings = await preflight(contextIn(rig, { hasTrigger: true, topic: 'v2.made.up' }));
    expect(badly(findings)).toEqual([]);
  });

  test('look at the publisher too where it is a program: at what it is, and not for what it does not take', async () => {
    permit(
      rig,
      permissionsFor('change').filter((permission) => permission !== 'architect:job:create'),
    );
    const withPublisher = (identify: () => Promise<string>) =>
      preflight(contextIn(rig, { publisher: { spares: ['architect:job:create'], identify } }));
    const lacking = badly(await preflight(contextIn(rig)));
    expect(lacking.map(({ message }) => message)).toEqual([
      'The OAuth client lacks the permission architect:job:create.',
    ]);
    expect(badly(await withPublisher(async () => 'Archy 2.43.2 (/opt/archy)'))).toEqual([]);
    const missing = new SetupError('There is no Archy.', { hint: 'Download it.' });
    expect(badly(await withPublisher(() => Promise.reject(missing)))).toEqual([
      { rule: 'publisher', severity: 'error', message: 'There is no Archy.', remedy: 'Download it.' },
    ]);
    const late = new TimeoutError('Archy to tell its version', 60_000);
    expect(badly(await withPublisher(() => Promise.reject(late)))).toMatchObject([
      { rule: 'publisher', severity: 'error', message: late.message },
    ]);
  });

  test.each([
    ['getAuthorizationDivisions', 'genesys-permissions'],
    ['SimulatePrincipalPolicy', 'aws-permissions'],
    ['getProcessautomationTriggersTopics', 'trigger-topic'],
    ['GetCallerIdentity', 'clock'],
  ])('do not know what %s does not tell', async (operation, rule) => {
    refusing(operation, 400, 'Broken');
    const context = contextIn(rig, { settings: { ...sampleSettings, division: 'Home' } });
    expect(badly(await preflight(context))).toMatchObject([{ rule, severity: 'unknown' }]);
  });
});

describe('what is in the way', () => {
  const finding = (message: string) => ({ rule: 'x', severity: 'error', message, remedy: `Mend ${message}` }) as const;

  test('is an error of its own where it is one thing', () => {
    expect(refusal([finding('a')])).toMatchObject({ message: 'a', hint: 'Mend a', exit: 4, details: [] });
  });
  test('is told all at once where there are several', () => {
    expect(refusal([finding('a.'), finding('b.')])).toMatchObject({
      message: expect.stringContaining('2 things'),
      details: ['a. Mend a.', 'b. Mend b.'],
      exit: 4,
    });
  });
});
