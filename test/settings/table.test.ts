import { describe, expect, test } from 'vitest';
import type { Setting } from '../../src/settings/setting.ts';
import { settingOf, settingsTable } from '../../src/settings/table.ts';

const all: readonly Setting[] = settingsTable;

/** What is accepted, as what it becomes; and what is not, with a word of what would be valid. */
const cases: Readonly<Record<string, { good: readonly [string, unknown][]; bad: readonly [string, RegExp][] }>> = {
  gcProfile: {
    good: [
      [' DEFAULT ', 'DEFAULT'],
      ['cloud-store_2', 'cloud-store_2'],
    ],
    bad: ['', 'a b', 'a.b', '[a]', 'x'.repeat(101)].map((text) => [text, /^Use the name of a profile/]),
  },
  genesysRegion: {
    good: [
      ['us-east-1', 'us-east-1'],
      ['us_east_1', 'us-east-1'],
      [' EU-West-1 ', 'eu-west-1'],
      ['mypurecloud.com', 'us-east-1'],
      ['apps.mypurecloud.ie', 'eu-west-1'],
      ['https://apps.mypurecloud.com.au/directory/#/engage', 'ap-southeast-2'],
      ['https://login.usw2.pure.cloud', 'us-west-2'],
      ['edee1.eusc-pure.cloud', 'eusc-de-east-1'],
    ],
    bad: [
      'us-east-9',
      '',
      'mypurecloud.com@evil.tld',
      'https://mypurecloud.com@evil.tld/',
      'evil.tld/',
      'evil.tld/mypurecloud.com',
      'mypurecloud.com/',
      'mypurecloud.com.evil.tld',
      'evilmypurecloud.com',
      'apps.apps.mypurecloud.com',
      'https://mypurecloud.com:444/',
      'http://apps.mypurecloud.com',
      '169.254.169.254',
      'https://169.254.169.254/latest',
      'localhost',
      'constructor',
      '__proto__',
      'mypurecloud.com\u0000',
      'mypureсloud.com',
      'x'.repeat(10_000),
    ].map((text) => [text, /^Use a region of Genesys Cloud or its domain: us-east-1/]),
  },
  clientId: {
    good: [
      ['7de3af06-c0b3-4f9b-af45-72f4a1403797', '7de3af06-c0b3-4f9b-af45-72f4a1403797'],
      [' 7DE3AF06-C0B3-4F9B-AF45-72F4A1403797\n', '7de3af06-c0b3-4f9b-af45-72f4a1403797'],
    ],
    bad: [
      ['7de3af06', /^Use the id/],
      ['7de3af06-c0b3-4f9b-af45-72f4a140379g', /^Use the id/],
      ['"7de3af06-c0b3-4f9b-af45-72f4a1403797"', /^Use the id/],
      ['', /^Use the id/],
    ],
  },
  clientSecret: { good: [[' hunter2 ', 'hunter2']], bad: [[' ', /^Give the secret/]] },
  organizationId: {
    good: [['5a4d0b0c-0000-4000-8000-000000000001', '5a4d0b0c-0000-4000-8000-000000000001']],
    bad: [['Cloud Store', /^Use the id/]],
  },
  division: {
    good: [
      [' Sales & Süd ', 'Sales & Süd'],
      ['"', '"'],
    ],
    bad: [
      [' ', /^Give the name/],
      ['x'.repeat(201), /at most 200/],
      ['a\u001b[2Jb', /can be seen/],
      ['a\nb', /can be seen/],
    ],
  },
  genesysAwsAccount: {
    good: [['765628985471', '765628985471']],
    bad: [
      ['76562898547', /12 digits/],
      ['arn:aws:iam::765628985471:root', /12 digits/],
      ['7656-2898-5471', /12 digits/],
    ],
  },
  awsRegion: {
    good: [
      ['us-east-1', 'us-east-1'],
      [' EU-central-2 ', 'eu-central-2'],
      ['us-gov-west-1', 'us-gov-west-1'],
      ['eusc-de-east-1', 'eusc-de-east-1'],
    ],
    bad: ['us-east-1a', 'us_east_1', 'Virginia', '', '169.254.169.254', 'us-east-1.evil.tld', '../x'].map((text) => [
      text,
      /^Use the name of an AWS region/,
    ]),
  },
  awsProfile: { good: [[' dev ', 'dev']], bad: [['', /^Give the name/]] },
  bucket: {
    good: [
      ['cloud-store-payments', 'cloud-store-payments'],
      [' abc ', 'abc'],
      ['x'.repeat(63), 'x'.repeat(63)],
      ['dev-eo-123456789012-us-east-1-an', 'dev-eo-123456789012-us-east-1-an'],
    ],
    bad: [
      ['ab', /3 to 63/],
      ['x'.repeat(64), /3 to 63/],
      ['my.bucket', /dots/],
      ['192.168.0.1', /dots/],
      ['My-Bucket', /lower-case/],
      ['my_bucket', /lower-case/],
      ['über-bucket', /lower-case/],
      ['../../etc', /dots/],
      ['-bucket', /Begin and end/],
      ['bucket-', /Begin and end/],
      ['xn--bucket', /Begin otherwise/],
      ['sthree-x', /Begin otherwise/],
      ['amzn-s3-demo-x', /Begin otherwise/],
      ['x-s3alias', /End otherwise/],
      ['x--ol-s3', /End otherwise/],
      ['x--x-s3', /End otherwise/],
      ['x--table-s3', /End otherwise/],
      ['payments-an', /-an only as/],
      ['', /3 to 63/],
    ],
  },
  bucketTag: {
    good: [[' Cloud Store: payments+1 ', 'Cloud Store: payments+1']],
    bad: [
      ['', /1 to 256/],
      ['a;b', /1 to 256/],
      ['<b>', /1 to 256/],
      ['x'.repeat(257), /1 to 256/],
    ],
  },
  runtime: {
    good: [[' NodeJS24.x ', 'nodejs24.x']],
    bad: [
      ['nodejs20.x', /nodejs24\.x or nodejs22\.x/],
      ['go1.x', /nodejs24\.x/],
    ],
  },
  logRetentionDays: {
    good: [
      ['30', 30],
      [' 3653 ', 3653],
    ],
    bad: ['31', '0', '', '-1', '1e1', '0x1e', '30.0', 'never'].map((text) => [text, /1, 3, 5, 7, 14, 30/]),
  },
  environment: {
    good: [
      ['dev', 'dev'],
      [' prod-eu-1 ', 'prod-eu-1'],
      ['x'.repeat(24), 'x'.repeat(24)],
      ['7', '7'],
    ],
    bad: [
      ...[
        '',
        'x'.repeat(25),
        'Dev',
        'dev_1',
        '-dev',
        '../../etc',
        'a/b',
        'a\u0000',
        '.',
        'dev x:\n  y: z',
        '__proto__',
        'ünï',
      ].map((text): [string, RegExp] => [text, /1 to 24 lower-case/]),
      ...['sandbox', 'con', 'nul', 'com1', 'lpt9'].map((text): [string, RegExp] => [text, /taken by the system/]),
    ],
  },
  didStart: {
    good: [
      ['+13175550100', '+13175550100'],
      [' +1 (720) 555-0100 ', '+17205550100'],
      ['" +1 (720) 555-0100 "', '+17205550100'],
      ['+1.720.555.0100', '+17205550100'],
      ['+44 (0)20 7946 0958', '+442079460958'],
      ['tel:+1-720-555-0100', '+17205550100'],
      ['\u202a+1 720\u00a0555\u20110100\u202c', '+17205550100'],
      ['+123456789012345', '+123456789012345'],
    ],
    bad: [
      '13175550100',
      '0013175550100',
      '+0123456789',
      '+123456',
      '+1234567890123456',
      '+1-800-FLOWERS',
      '',
      '+',
      '+1317555010x',
    ].map((text) => [text, /^Use the international form/]),
  },
  didEnd: { good: [['+1 317 555 0109', '+13175550109']], bad: [['0109', /^Use the international form/]] },
  didProvider: {
    good: [
      ['PURE_CLOUD', 'PURE_CLOUD'],
      [' pure_cloud_voice', 'PURE_CLOUD_VOICE'],
    ],
    bad: [['byoc', /PURE_CLOUD \(BYOC\)/]],
  },
  triggerScope: { good: [[' All ', 'all']], bad: [['none', /number or all/]] },
  triggerDelay: {
    good: [
      ['0', 0],
      ['60', 60],
      ['900', 900],
    ],
    bad: ['59', '901', '', ' ', '1.5', '-60', 'soon', '6e1'].map((text) => [text, /0, or 60 to 900/]),
  },
  secureDataAction: {
    good: [
      ['on', 'on'],
      ['off', 'off'],
    ],
    bad: [['yes', /on or off/]],
  },
  paymentPrefix: {
    good: [[' generate_paymentId-2 ', 'generate_paymentId-2']],
    bad: ['', '2x', '_x', 'a b', 'a/b', 'a:b', '{{x}}', 'ä', '<x>'].map((text) => [text, /beginning with a letter/]),
  },
  savePrefix: { good: [['s', 's']], bad: [['-s', /beginning with a letter/]] },
  publisher: {
    good: [
      [' Archy ', 'archy'],
      ['jobs', 'jobs'],
    ],
    bad: ['', 'job', 'terraform'].map((text) => [text, /^Use jobs or archy/]),
  },
  archyPath: {
    good: [[' /opt/my tools/archy ', '/opt/my tools/archy']],
    bad: [
      [' ', /^Give the path/],
      ['x'.repeat(4_097), /at most 4096/],
      ['a\u001b[2Jb', /can be seen/],
    ],
  },
};

describe.each(all.map((setting) => [setting.id, setting] as const))('the setting %s', (id, setting) => {
  const { good, bad } = cases[id] ?? { good: [], bad: [] };

  test.each(good)('takes %j as %j', (text, value) => {
    expect(setting.schema.safeParse(text)).toEqual({ success: true, data: value });
  });

  test.each(bad)('refuses %j, and says what would be valid', (text, message) => {
    expect(setting.schema.safeParse(text).error?.issues[0]?.message).toMatch(message);
  });

  test('is tried with good and bad values', () => {
    expect(good.length && bad.length).toBeGreaterThan(0);
  });

  test('has a flag, a variable, a file key, a question, and an example that it takes', () => {
    expect(setting.flag).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(setting.argument).toMatch(/^[a-z]+$/);
    for (const variable of setting.variables) expect(variable).toMatch(/^(AWS|GENESYSCLOUD|EO_SETUP)_[A-Z_]+$/);
    expect(setting.fileKeys[0]).toBe(setting.secret ? setting.flag.replace(/-file$/, '') : setting.flag);
    expect(setting.question).toMatch(/^[A-Z].*\?$/);
    expect(setting.description).toMatch(/^\S.{5,}$/);
    expect(setting.schema.safeParse(setting.example).success).toBe(true);
  });

  test('has a default that it takes, if any', () => {
    const { default: value = setting.example } = setting;
    expect(setting.schema.safeParse(String(value)).success).toBe(true);
    if (setting.default !== undefined) expect(setting.schema.parse(String(value))).toBe(value);
  });

  test('follows only from settings that come before it', () => {
    const before = all.slice(0, all.indexOf(setting)).map((one) => one.id);
    expect(before).toEqual(expect.arrayContaining([...(setting.follows ?? [])]));
  });
});

describe('the table', () => {
  test.each<[string, readonly string[]]>([
    ['ids', all.map(({ id }) => id)],
    ['flags', all.map(({ flag }) => flag)],
    ['variables', all.flatMap(({ variables }) => [...variables])],
    ['file keys', all.flatMap(({ fileKeys }) => [...fileKeys])],
  ])('has all %s once', (_, names) => {
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('keeps the names of the variables of the blueprint', () => {
    expect(all.flatMap(({ fileKeys }) => [...fileKeys])).toEqual(
      expect.arrayContaining([
        ...[
          'organizationId',
          'aws_region',
          'environment',
          'bucket_name',
          'bucket_tag',
          'IVR_start_number',
          'IVR_end_number',
        ],
        ...['generatePaymentId_prefix', 'saveData_prefix'],
      ]),
    );
  });

  test('has one secret, whose flag names a file', () => {
    expect(all.filter(({ secret }) => secret).map(({ flag }) => flag)).toEqual(['client-secret-file']);
  });

  test('finds a setting by its id', () => {
    expect(settingOf('bucket')).toBe(all.find(({ id }) => id === 'bucket'));
  });
});
