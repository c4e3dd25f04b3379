import { describe, expect, test } from 'vitest';
import { bucketNameProblem, defaultBucket } from '../../src/settings/bucket-name.ts';
import { complete, parseSettings, sandboxDefaults } from '../../src/settings/complete.ts';
import { gather, missing, type Values } from '../../src/settings/gather.ts';
import { domains, findRegion, type GenesysRegion, genesysAwsAccount } from '../../src/settings/regions.ts';
import { sampleIdentity } from '../support/sample-settings.ts';

const least = {
  genesysRegion: 'us-east-1',
  clientId: '7de3af06-c0b3-4f9b-af45-72f4a1403797',
  awsRegion: 'eu-west-1',
  didStart: '+13175550100',
};

function valuesOf(flags: Record<string, string>): Values {
  const env = { GENESYSCLOUD_OAUTHCLIENT_SECRET: 'hunter2' };
  const { values, problems } = gather({ flags: { ...least, ...flags }, env, file: {}, last: {} });
  expect(problems).toEqual([]);
  return values;
}
const completed = (
  flags: Record<string, string> = {},
  found: Parameters<typeof complete>[2] = { didProvider: 'PURE_CLOUD' },
) => complete(valuesOf(flags), sampleIdentity, found);
const refusal = (flags: Record<string, string>) => {
  try {
    completed(flags);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('with the least that has to be said', () => {
  test('everything has a value', () => {
    expect(completed().settings).toEqual({
      ...least,
      organizationId: sampleIdentity.organizationId,
      genesysAwsAccount: '765628985471',
      bucket: 'dev-eo-123456789012-eu-west-1-an',
      bucketTag: 'Event orchestration payments',
      runtime: 'nodejs24.x',
      logRetentionDays: 30,
      environment: 'dev',
      didEnd: '+13175550100',
      didProvider: 'PURE_CLOUD',
      triggerScope: 'number',
      triggerDelay: 0,
      secureDataAction: 'off',
      paymentPrefix: 'generate_paymentId',
      savePrefix: 'saveUserData',
    });
  });

  test('every value says where it came from, and none is the secret', () => {
    const { settings, origins } = completed({ bucket: 'payments' });
    expect(Object.keys(origins).sort()).toEqual(Object.keys(settings).sort());
    expect(origins).toMatchObject({
      awsRegion: '--aws-region',
      bucket: '--bucket',
      runtime: 'default',
      didEnd: 'default',
      genesysAwsAccount: 'default',
      didProvider: 'existing DID pools',
      organizationId: 'signed in',
    });
    expect(JSON.stringify(completed())).not.toMatch(/hunter2|clientSecret/);
  });

  test('the settings can be kept and read again', () => {
    const { settings } = completed({ division: 'Sales', awsProfile: 'dev' });
    expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });
});

describe('what is said', () => {
  test.each<[string, Record<string, string>, object]>([
    [
      'a provider goes before the one of the pools',
      { didProvider: 'PURE_CLOUD_VOICE' },
      { didProvider: 'PURE_CLOUD_VOICE' },
    ],
    ['a range starts the workflow for all calls', { didEnd: '+13175550101' }, { triggerScope: 'all' }],
    ['one number can do so too', { triggerScope: 'all' }, { triggerScope: 'all' }],
    [
      'an account goes before the known one',
      { genesysAwsAccount: '325654371633' },
      { genesysAwsAccount: '325654371633' },
    ],
    ['FedRAMP has its own account', { genesysRegion: 'us-east-2' }, { genesysAwsAccount: '325654371633' }],
    [
      'a bucket of our own namespace',
      { bucket: 'pay-123456789012-eu-west-1-an' },
      { bucket: 'pay-123456789012-eu-west-1-an' },
    ],
    ['where buckets have no namespace', { awsRegion: 'me-south-1' }, { bucket: 'dev-eo-123456789012-me-south-1' }],
  ])('%s', (_, flags, expected) => {
    expect(completed(flags).settings).toMatchObject(expected);
  });

  test('the organization is checked against the one that is signed in to', () => {
    expect(completed({ organizationId: sampleIdentity.organizationId.toUpperCase() }).settings.organizationId).toBe(
      sampleIdentity.organizationId,
    );
    expect(refusal({ organizationId: '00000000-0000-4000-8000-000000000009' })).toMatchObject({
      exit: 4,
      message: expect.stringMatching(
        /belongs to the organization Cloud Store \(sandbox\) \(5a4d.*not to 0000.*\(--organization-id\)\.$/,
      ),
    });
  });

  test.each([
    ['account', 'pay-999999999999-eu-west-1-an'],
    ['region', 'pay-123456789012-us-east-1-an'],
  ])("a bucket of another %s's namespace is refused", (_, bucket) => {
    expect(refusal({ bucket })).toMatchObject({
      exit: 2,
      details: [expect.stringContaining('-123456789012-eu-west-1-an')],
    });
  });

  test('what only now goes wrong together is refused: a default that an end does not fit', () => {
    const didStart = { value: '+13175550100', source: 'sandbox' };
    const didEnd = { value: '+13175550001', source: '--did-end' };
    expect(() => complete({ ...valuesOf({}), didStart, didEnd }, sampleIdentity, {})).toThrow('A value is not valid.');
  });
});

describe('settings of an earlier run', () => {
  const { settings } = completed();
  test.each<[string, object]>([
    ['a region that there is not', { genesysRegion: 'evil.tld' }],
    ['a region that every object has', { genesysRegion: 'constructor' }],
    ['a number as a text', { logRetentionDays: '30' }],
    ['another provider', { didProvider: 'NONE' }],
    ['nothing', { bucket: undefined }],
  ])('are refused with %s', (_, change) => {
    expect(() => parseSettings({ ...settings, ...change })).toThrow();
  });
  test('lose what is unknown, such as a secret', () => {
    expect(parseSettings({ ...settings, clientSecret: 'hunter2', ...JSON.parse('{"__proto__": {"x": 1}}') })).toEqual(
      settings,
    );
  });
});

describe('in the sandbox', () => {
  test('nothing is missing', () => {
    const inSandbox = Object.fromEntries(
      Object.entries(sandboxDefaults).map(([id, value]) => [id, { value, source: 'sandbox' }]),
    );
    const known = { ...valuesOf({}), ...inSandbox };
    expect(missing(known, ['bucket', 'genesysAwsAccount'])).toEqual([]);
    expect(complete(known, sampleIdentity, {}).settings.didProvider).toBe('PURE_CLOUD_VOICE');
  });
});

describe('regions', () => {
  const all = Object.entries(domains);
  test.each(all)('%s is known by its names and its hosts', (region, domain) => {
    const names = [
      region,
      region.replaceAll('-', '_'),
      domain,
      `apps.${domain}`,
      `https://login.${domain}/`,
      `https://api.${domain}/x?y#z`,
    ];
    expect(names.map(findRegion)).toEqual(names.map(() => region));
  });

  test.each(all)('%s has an AWS account of Genesys Cloud, unless nobody knows it', (region) => {
    const account = genesysAwsAccount(region as GenesysRegion);
    if (region === 'eusc-de-east-1') expect(account).toBeUndefined();
    else expect(account).toMatch(/^\d{12}$/);
  });
});

test.each(['us-east-1', 'ap-southeast-1', 'eusc-de-east-1', 'me-south-1', 'us-gov-west-1'])(
  'the default bucket of the longest environment can be made in %s',
  (region) => {
    expect(bucketNameProblem(defaultBucket('x'.repeat(24), '123456789012', region))).toBeUndefined();
  },
);
