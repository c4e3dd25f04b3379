import { describe, expect, test } from 'vitest';
import { gather, missing, type Sources, usageError } from '../../src/settings/gather.ts';
import { settingOf } from '../../src/settings/table.ts';

const from = (sources: Partial<Sources>) => gather({ flags: {}, env: {}, file: {}, last: {}, ...sources });
const file = { text: 'from-file', source: 'eo-setup.yaml, line 3' };

describe('a value comes from', () => {
  const everywhere = {
    flags: { bucket: 'from-flag' },
    env: { EO_SETUP_BUCKET: 'from-env' },
    file: { bucket: file },
    last: { bucket: 'from-last' },
  };

  test.each<[string, Partial<Sources>, object | undefined]>([
    ['its flag first', everywhere, { value: 'from-flag', source: '--bucket' }],
    ['then its variable', { ...everywhere, flags: {} }, { value: 'from-env', source: 'EO_SETUP_BUCKET' }],
    [
      'not from an empty variable',
      { ...everywhere, flags: {}, env: { EO_SETUP_BUCKET: '' } },
      { value: 'from-file', source: 'eo-setup.yaml, line 3' },
    ],
    [
      'then the file',
      { file: everywhere.file, last: everywhere.last },
      { value: 'from-file', source: 'eo-setup.yaml, line 3' },
    ],
    ['then the last run', { last: everywhere.last }, { value: 'from-last', source: 'the last run' }],
    ['nowhere, if the last run has something odd', { last: { bucket: { toString: () => 'x' } } }, undefined],
  ])('%s', (_, sources, expected) => {
    expect(from(sources).values.bucket).toEqual(expected);
  });

  test('the first of its variables that is set', () => {
    const env = {
      GENESYSCLOUD_ENVIRONMENT: 'mypurecloud.ie',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_REGION: 'us-east-1',
    };
    const { values } = from({ env });
    expect(values.genesysRegion).toEqual({ value: 'eu-west-1', source: 'GENESYSCLOUD_ENVIRONMENT' });
    expect(values.awsRegion).toEqual({ value: 'us-east-1', source: 'AWS_REGION' });
  });

  test('its flag even if that is empty, which is then not valid', () => {
    expect(from({ ...everywhere, flags: { bucket: '' } }).problems).toEqual([
      '"" (--bucket) is not valid. Use 3 to 63 characters.',
    ]);
  });

  test('the last run as a number too', () => {
    expect(from({ last: { logRetentionDays: 90 } }).values.logRetentionDays?.value).toBe(90);
  });

  test('nowhere else: names that every object has are no settings', () => {
    expect(from({ flags: JSON.parse('{"__proto__": {"bucket": "evil"}, "toString": "x"}') }).values).toEqual({});
  });
});

describe('a secret', () => {
  const secret = { GENESYSCLOUD_OAUTHCLIENT_SECRET: 'hunter2' };
  test('is known to be there, and no more is kept of it', () => {
    const gathered = from({ env: secret });
    expect(gathered.values.clientSecret).toEqual({ value: '[secret]', source: 'GENESYSCLOUD_OAUTHCLIENT_SECRET' });
    expect(JSON.stringify(gathered)).not.toContain('hunter2');
  });
  test('is never the value of its flag', () => {
    expect(from({ flags: { clientSecret: './secret.txt' } }).values.clientSecret).toBeUndefined();
  });
  test('that is not valid is not shown', () => {
    expect(from({ env: { GENESYSCLOUD_OAUTHCLIENT_SECRET: '  ' } }).problems).toEqual([
      expect.stringMatching(/^The value \(GENESYSCLOUD_OAUTHCLIENT_SECRET\) is not valid for --client-secret-file\./),
    ]);
  });
});

describe('what the last run had is forgotten', () => {
  const last = { didStart: '+13175550100', didEnd: '+13175550109', triggerScope: 'all' };
  const now = (flags: Record<string, string>) => {
    const { values, problems } = from({ flags, last });
    expect(problems).toEqual([]);
    return [values.didEnd?.value, values.triggerScope?.value];
  };
  test.each<[string, Record<string, string>, unknown[]]>([
    ['not while nothing changes', {}, ['+13175550109', 'all']],
    ['not where the same is said again', { didStart: '+1 317 555 0100' }, ['+13175550109', 'all']],
    ['of the end of a range, when it begins elsewhere', { didStart: '+13175550200' }, [undefined, undefined]],
    ['of the scope, when the range ends elsewhere', { didEnd: '+13175550101' }, ['+13175550101', undefined]],
    [
      'but not what is said again',
      { didStart: '+13175550200', didEnd: '+13175550201', triggerScope: 'all' },
      ['+13175550201', 'all'],
    ],
  ])('%s', (_, flags, expected) => {
    expect(now(flags)).toEqual(expected);
  });
});

describe('what is not valid', () => {
  test('is said all at once, with where it came from and what would be valid', () => {
    const { problems } = from({
      flags: { didStart: '555' },
      env: { EO_SETUP_BUCKET: 'My Bucket' },
      file: { environment: { text: 'PROD', source: 'eo-setup.yaml, line 2' } },
    });
    expect(problems).toEqual([
      '"My Bucket" (EO_SETUP_BUCKET) is not valid for --bucket. Use lower-case letters, digits and hyphens only.',
      '"PROD" (eo-setup.yaml, line 2) is not valid for --environment. Use 1 to 24 lower-case letters, digits and hyphens, not beginning with a hyphen.',
      '"555" (--did-start) is not valid. Use the international form: +, country code, number, such as +13175550100.',
    ]);
  });

  test('is cut where it is long', () => {
    const [problem = ''] = from({ flags: { bucket: 'x'.repeat(5_000) } }).problems;
    expect(problem).toContain(`"${'x'.repeat(100)}…" (--bucket)`);
  });
});

describe('values that do not go together', () => {
  const problemsOf = (flags: Record<string, string>) => from({ flags }).problems;
  const [start, end] = ['+13175550100', '+13175550109'];

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a range the wrong way round',
      { didStart: end, didEnd: start },
      /comes before the first.*\(--did-start, --did-end\)$/,
    ],
    ['numbers of different length', { didStart: start, didEnd: '+131755501099' }, /differ in length/],
    ['too many numbers', { didStart: start, didEnd: '+13175560100' }, /are 10001 numbers\. Use at most 1000\./],
    [
      'one number as the scope of a range',
      { didStart: start, didEnd: end, triggerScope: 'number' },
      /\(--trigger-scope\) is for one number/,
    ],
    [
      'names that get too long',
      { environment: 'x'.repeat(24), savePrefix: 'y'.repeat(20) },
      /\(--save-prefix\) are 44 characters together\. Use at most 43/,
    ],
    [
      'an environment too long for a default',
      { environment: 'x'.repeat(24), paymentPrefix: 'p'.repeat(20) },
      /44 characters/,
    ],
    [
      'one prefix for both',
      { paymentPrefix: 'Same', savePrefix: 'sAME' },
      /"Same" \(--payment-prefix\) and "sAME" \(--save-prefix\) are the same prefix/,
    ],
    ["the other's default", { paymentPrefix: 'saveuserdata' }, /and "saveUserData" \(default\) are the same/],
    ['an environment that no bucket can begin with', { environment: 'sthree' }, /Give one with --bucket/],
  ])('are said: %s', (_, flags, expected) => {
    expect(problemsOf(flags)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, Record<string, string>]>([
    ['one number', { didStart: start, didEnd: start, triggerScope: 'number' }],
    ['a thousand numbers', { didStart: '+13175550000', didEnd: '+13175550999' }],
    ['a range for all', { didStart: start, didEnd: end, triggerScope: 'all' }],
    ['names that just fit', { environment: 'x'.repeat(24), paymentPrefix: 'p'.repeat(19), savePrefix: 's' }],
    ['such an environment with a bucket', { environment: 'sthree', bucket: 'payments' }],
  ])('and others do: %s', (_, flags) => {
    expect(problemsOf(flags)).toEqual([]);
  });
});

describe('missing', () => {
  test('is what has no default and is not optional', () => {
    expect(missing({}, []).map(({ id }) => id)).toEqual([
      ...[
        'genesysRegion',
        'clientId',
        'clientSecret',
        'genesysAwsAccount',
        'awsRegion',
        'bucket',
        'didStart',
        'didProvider',
      ],
    ]);
  });
  test('is not what is given, or found out later', () => {
    const { values } = from({ env: { AWS_REGION: 'us-east-1' } });
    expect(missing(values, ['bucket', 'clientSecret']).map(({ id }) => id)).not.toEqual(
      expect.arrayContaining(['awsRegion', 'bucket', 'clientSecret']),
    );
  });
});

test('a value that is not valid is told apart from one that is missing', () => {
  const { values, problems, refused } = from({ flags: { didStart: 'abc' } });
  expect(problems).toHaveLength(1);
  expect(refused).toEqual(['didStart']);
  expect(missing(values, refused).map(({ id }) => id)).not.toContain('didStart');
});

describe('the message', () => {
  const lacking = [settingOf('didStart'), settingOf('clientSecret')];
  test('is none where nothing is wrong', () => {
    expect(usageError([], [])).toBeUndefined();
  });
  test('lists what is missing with flag, variable and example', () => {
    expect(usageError([], lacking)).toMatchObject({
      message: '2 values are missing.',
      exit: 2,
      details: [
        'first number that callers dial: --did-start <number> or EO_SETUP_DID_START, for example +13175550100',
        'file with the secret of the OAuth client, - for stdin: --client-secret-file <path> or GENESYSCLOUD_OAUTHCLIENT_SECRET, for example ./client-secret.txt',
      ],
      hint: expect.stringContaining('--sandbox'),
    });
  });
  test.each<[readonly string[], number, string]>([
    [['a'], 0, 'A value is not valid.'],
    [['a', 'b'], 0, '2 values are not valid.'],
    [[], 1, 'A value is missing.'],
    [['a'], 2, 'A value is not valid, and 2 values are missing.'],
    [['a', 'b'], 1, '2 values are not valid, and a value is missing.'],
  ])('says all at once: %j and %d missing', (problems, count, message) => {
    const error = usageError(problems, lacking.slice(0, count));
    expect(error).toMatchObject({ message, exit: 2 });
    expect(error?.details).toHaveLength(problems.length + count);
  });
});
