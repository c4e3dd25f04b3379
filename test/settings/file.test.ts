import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSettingsFile, readSettingsFile } from '../../src/settings/file.ts';

const parse = (text: string) => parseSettingsFile(text, 'eo-setup.yaml');
function refusal(text: string) {
  try {
    parse(text);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a settings file', () => {
  test('is lines of keys and values, each with its line', () => {
    expect(
      parse(
        '# Ours\nenvironment: prod\n\nIVR_start_number: +13175550100\nlog-retention-days: 90\nbucket: "pay: ments"\n',
      ),
    ).toEqual({
      environment: { text: 'prod', source: 'eo-setup.yaml, line 2' },
      didStart: { text: '+13175550100', source: 'eo-setup.yaml, line 4' },
      logRetentionDays: { text: '90', source: 'eo-setup.yaml, line 5' },
      bucket: { text: 'pay: ments', source: 'eo-setup.yaml, line 6' },
    });
  });

  test.each([
    ['nothing', ''],
    ['a comment', '# later'],
    ['a key without a value', 'bucket:'],
    ['null', 'bucket: null'],
  ])('may have %s in it', (_, text) => {
    expect(parse(text)).toEqual({});
  });

  test.each([
    ['numbers as they are written', 'genesys-aws-account: 012345678901', { genesysAwsAccount: '012345678901' }],
    ['words that other YAMLs take for others', 'environment: no', { environment: 'no' }],
    ['JSON', '{"environment": "dev"}', { environment: 'dev' }],
    [
      'the names of the blueprint',
      'aws_region: eu-west-1\nsaveData_prefix: s',
      { awsRegion: 'eu-west-1', savePrefix: 's' },
    ],
  ])('takes %s', (_, text, expected) => {
    const found = Object.entries(parse(text)).map(([id, { text: value }]) => [id, value]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test.each<[string, string, RegExp]>([
    [
      'an unknown key',
      'environment: dev\nbuckets: x',
      /^Line 2: there is no setting "buckets"\. Did you mean "bucket"\?$/,
    ],
    ['a key that is like none', 'zzzzzzzzz: x', /^Line 1: there is no setting "zzzzzzzzz"\.$/],
    ['a key of an object', '__proto__: x', /there is no setting "__proto__"/],
    ['a long key', `${'k'.repeat(1_000)}: x`, /there is no setting "k{60}…"\.$/],
    [
      'a secret',
      'client-secret: hunter2',
      /^Line 1: "client-secret" is a secret.*GENESYSCLOUD_OAUTHCLIENT_SECRET or --client-secret-file\.$/,
    ],
    ['a key twice', 'bucket: a\nbucket: b', /^Line 2: /],
    [
      'a setting under two names',
      'bucket: a\nbucket_name: b',
      /^Line 2: "bucket_name" is another name for what stands in line 1 already\.$/,
    ],
    ['a list', 'bucket: [a, b]', /^Line 1: "bucket" must be a single value\.$/],
    ['a map', 'bucket:\n  name: x', /^Line 1: "bucket" must be a single value\.$/],
    ['an alias', 'bucket: &a x\nbucket-tag: *a', /^Line 2: "bucket-tag" must be a single value\.$/],
    ['a merge', '<<: {bucket: x}', /there is no setting "<<"/],
    ['a tag of its own', 'bucket: !exec rm', /^Line 1: .*tag/],
    ['a key that is no text', '? [a]\n: b', /^Line 1: there is no setting "\?"/],
    ['a list at the top', '- a', /not a list of "key: value" lines/],
    ['a text at the top', 'hello', /not a list of "key: value" lines/],
    ['what is no YAML', 'bucket: "x', /^Line 1: /],
    ['two documents', 'bucket: a\n---\nbucket: b', /^Line 2: /],
    ['what is nested deep', `bucket: ${'['.repeat(30_000)}`, /^(It is nested too deep\.|Line 1: .*)$/],
  ])('is refused with %s', (_, text, expected) => {
    expect(refusal(text)).toMatchObject({
      message: 'eo-setup.yaml cannot be used.',
      exit: 2,
      details: [expect.stringMatching(expected)],
    });
  });

  test('has everything that is wrong in one message', () => {
    expect(refusal('one: 1\nenvironment: dev\ntwo: 2')).toMatchObject({
      details: [expect.stringMatching(/^Line 1/), expect.stringMatching(/^Line 3/)],
    });
  });

  test('is not quoted: what stands beside a mistake may be a secret', () => {
    expect(JSON.stringify(refusal('client-secret: hunter2\nbucket: "x'))).not.toContain('hunter2');
    expect(JSON.stringify(refusal('client-secret: hunter2'))).not.toContain('hunter2');
  });
});

describe('on the disk', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eo-settings-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('it is read, with its path as the source', async () => {
    const path = join(folder, 'eo-setup.yaml');
    await writeFile(path, '\ufeffenvironment: dev\n');
    expect(await readSettingsFile(path, false)).toEqual({ environment: { text: 'dev', source: `${path}, line 1` } });
  });

  test('it need not be there, unless it was named', async () => {
    const path = join(folder, 'none.yaml');
    expect(await readSettingsFile(path, false)).toEqual({});
    await expect(readSettingsFile(path, true)).rejects.toMatchObject({ exit: 2, details: ['It does not exist.'] });
  });

  test('it must be a file', async () => {
    await expect(readSettingsFile(folder, false)).rejects.toMatchObject({ details: ['It is a folder.'] });
  });

  test.each(['a file', 'a device'])('it may have 64 KB at most: %s', async (what) => {
    const path = what === 'a device' ? '/dev/zero' : join(folder, 'huge.yaml');
    if (what === 'a file') await writeFile(path, '#'.repeat(65 * 1024));
    await expect(readSettingsFile(path, true)).rejects.toMatchObject({ details: ['It has more than 64 KB.'] });
  });
});
