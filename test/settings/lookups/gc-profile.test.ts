import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gatewayOf } from '../../../src/clients/gateway.ts';
import { readGcProfile } from '../../../src/settings/lookups/gc-profile.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'eo-gc-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (text: string) => {
  mkdirSync(join(home, '.gc'));
  writeFileSync(join(home, '.gc', 'config.toml'), text);
};
const read = (name: string) => readGcProfile(name, { HOME: home });

/** As the CLI writes it itself, and with what else it keeps there. */
const CONFIG = `
[default]
access_token = ''
client_credentials = '7de3af06-c0b3-4f9b-af45-72f4a1403797'
client_secret = 'hunter-2'
environment = 'mypurecloud.com'
grant_type = '1'
oauth_token_data = '{"OAuthTokenResponse":{"access_token":"t"}}'
secure_login_enabled = false

[behind]
environment = "eu-west-1"
client_credentials = "7de3af06-c0b3-4f9b-af45-72f4a1403798"
client_secret = "hunter-3"
gateway_host = "gateway.example.com"
gateway_port = 8443
gateway_protocol = "https"

[person]
environment = "eu-west-1"
grant_type = "2"
`;

describe('a profile of the Genesys Cloud CLI', () => {
  test('stands for the region, the client and its secret', async () => {
    write(CONFIG);
    expect(await read('default')).toEqual({
      variables: {
        GENESYSCLOUD_REGION: 'mypurecloud.com',
        GENESYSCLOUD_OAUTHCLIENT_ID: '7de3af06-c0b3-4f9b-af45-72f4a1403797',
        GENESYSCLOUD_OAUTHCLIENT_SECRET: 'hunter-2',
      },
      source: `profile "default" of ${join(home, '.gc', 'config.toml')}`,
    });
  });

  test('is found in upper and in lower case, as the CLI does it', async () => {
    write(CONFIG);
    expect((await read('DEFAULT')).variables['GENESYSCLOUD_OAUTHCLIENT_SECRET']).toBe('hunter-2');
  });

  test('may name a gateway', async () => {
    write(CONFIG);
    expect((await read('behind')).variables).toMatchObject({
      GENESYSCLOUD_GATEWAY_HOST: 'gateway.example.com',
      GENESYSCLOUD_GATEWAY_PORT: '8443',
      GENESYSCLOUD_GATEWAY_PROTOCOL: 'https',
    });
  });

  test('takes nothing of another gateway, where it names the host alone', async () => {
    write(CONFIG.replace(/gateway_(port|protocol).*/g, ''));
    expect(gatewayOf({ GENESYSCLOUD_GATEWAY_PORT: '1', ...(await read('behind')).variables })).toEqual({
      host: 'gateway.example.com',
      protocol: 'https',
    });
  });

  test('that signs in as a person is refused', async () => {
    write(CONFIG);
    await expect(read('person')).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining('"person"'),
      hint: expect.stringContaining('client_credentials'),
    });
  });

  test('that is not there is refused, and those that are there are named', async () => {
    write(CONFIG);
    await expect(read('prod')).rejects.toMatchObject({ exit: 2, hint: 'Name one of these: default, behind, person.' });
  });
});

test.each([
  ['is not there', undefined, 'it does not exist'],
  ['is empty', '', 'There is no profile'],
  ['is no TOML', '[default]\nclient_secret = hunter-2', 'line 2 is no TOML'],
  ['is very long', '#'.repeat(1024 * 1024 + 1), 'it is too long'],
])('a file that %s is refused, and nothing of it is repeated', async (_, text, said) => {
  if (text !== undefined) write(text);
  const error = await read('default').catch((one: unknown) => one);
  expect(error).toMatchObject({ exit: 2, message: expect.stringContaining(said) });
  expect(JSON.stringify(error)).not.toContain('hunter');
});

test('without a home folder there is no file to look into', async () => {
  await expect(readGcProfile('default', {})).rejects.toMatchObject({ exit: 2, hint: expect.stringContaining('HOME') });
});
