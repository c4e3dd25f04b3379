import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseProfiles, readAwsProfiles } from '../../../src/settings/lookups/aws-profiles.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'eo-profiles-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const CONFIG = `
[default]
region = us-east-1
[profile dev]
sso_session = s
region=eu-west-1
s3 =
  region = ignored
[profile "two words"]
[sso-session s]
region = us-west-2
[services local]
`;

test('profiles are found in both files, with the region that they name', () => {
  expect([...parseProfiles(CONFIG, 'config')]).toEqual([
    ['default', 'us-east-1'],
    ['dev', 'eu-west-1'],
    ['two words', undefined],
  ]);
  expect([...parseProfiles('[default]\r\naws_access_key_id = x\r\n[ops]\n# [no]\n', 'credentials').keys()]).toEqual([
    'default',
    'ops',
  ]);
});

test('the files lie where the variables say, or at home', async () => {
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'credentials'), '[ops]\n');
  writeFileSync(join(home, 'elsewhere'), CONFIG);
  const names = async (env: Record<string, string>) => (await readAwsProfiles(env)).map(({ name }) => name);
  expect(await names({ HOME: home })).toEqual(['ops']);
  expect(await names({ USERPROFILE: home, AWS_CONFIG_FILE: join(home, 'elsewhere') })).toEqual([
    ...['ops', 'default', 'dev', 'two words'],
  ]);
});

test('where there is nothing to be read there are none', async () => {
  expect(await readAwsProfiles({})).toEqual([]);
  expect(await readAwsProfiles({ HOME: home })).toEqual([]);
  expect(await readAwsProfiles({ AWS_CONFIG_FILE: home })).toEqual([]);
});
