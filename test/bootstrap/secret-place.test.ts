import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSecretPlace } from '../../src/bootstrap/secret-place.ts';
import { Secret } from '../../src/clients/redact.ts';
import { readGcProfile } from '../../src/settings/lookups/gc-profile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eo-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ID = '7de3af06-c0b3-4f9b-af45-72f4a1403797';
const signIn = { region: 'eu-west-1', clientId: ID, secret: new Secret('hunter-2') } as const;
const open = (wanted: { writeTo?: string; toGcProfile?: string; clientId?: string }) =>
  openSecretPlace({
    writeTo: undefined,
    toGcProfile: undefined,
    clientId: undefined,
    cwd: folder,
    env: { HOME: folder },
    ...wanted,
  });
const modeOf = (path: string) => statSync(path).mode & 0o777;

test('where nothing is said, it is nowhere: the secret is shown', async () => {
  expect(await open({})).toBeUndefined();
});

describe('in a file', () => {
  const path = () => join(folder, 'installer.env');

  test('it is kept for its owner alone, as variables', async () => {
    const place = await open({ writeTo: 'installer.env' });
    await place?.keep(signIn);
    expect(place?.name).toBe(path());
    expect(modeOf(path())).toBe(0o600);
    expect(readFileSync(path(), 'utf8').split('\n').slice(1)).toEqual([
      'GENESYSCLOUD_REGION=eu-west-1',
      `GENESYSCLOUD_OAUTHCLIENT_ID=${ID}`,
      'GENESYSCLOUD_OAUTHCLIENT_SECRET=hunter-2',
      '',
    ]);
  });

  test('it is quoted where a shell would see more in it', async () => {
    const place = await open({ writeTo: 'installer.env' });
    await place?.keep({ ...signIn, secret: new Secret("a$b'c") });
    expect(readFileSync(path(), 'utf8')).toContain("SECRET='a$b'\\''c'\n");
  });

  test('a file that is there is not overwritten, unless it holds the secret that ends', async () => {
    const refused = { exit: 2, message: expect.stringContaining('not overwritten') };
    const another = ID.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    for (const text of [
      'mine',
      `GENESYSCLOUD_OAUTHCLIENT_ID=${another}\n`,
      `GENESYSCLOUD_OAUTHCLIENT_ID=${ID}\nMINE=1\n`,
    ]) {
      writeFileSync(path(), text);
      await expect(open({ writeTo: 'installer.env' })).rejects.toMatchObject(refused);
      await expect(open({ writeTo: 'installer.env', clientId: ID })).rejects.toMatchObject(refused);
      expect(readFileSync(path(), 'utf8')).toBe(text);
    }
    rmSync(path());
    await (await open({ writeTo: 'installer.env' }))?.keep({ ...signIn, secret: new Secret('old') });
    await expect(open({ writeTo: 'installer.env' })).rejects.toMatchObject(refused);
    await (await open({ writeTo: 'installer.env', clientId: ID }))?.keep(signIn);
    expect(readFileSync(path(), 'utf8')).toContain('hunter-2');
  });

  test.each([
    ['a link', () => symlinkSync('elsewhere', path()), 'no plain file'],
    ['a folder', () => mkdirSync(path()), 'no plain file'],
  ])('%s is refused', async (_, prepare, said) => {
    prepare();
    await expect(open({ writeTo: 'installer.env', clientId: ID })).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining(said),
    });
  });

  test('a folder that is not there is refused before there is a secret', async () => {
    await expect(open({ writeTo: 'none/installer.env' })).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining('its folder'),
    });
  });

  test('a file that cannot be written after all is told, and how to have another secret made', async () => {
    const place = await open({ writeTo: 'installer.env' });
    rmSync(folder, { recursive: true });
    await expect(place?.keep(signIn)).rejects.toMatchObject({ exit: 1, hint: expect.stringContaining('--new-secret') });
  });
});

describe('in a profile of the Genesys Cloud CLI', () => {
  const file = () => join(folder, '.gc', 'config.toml');
  const write = (text: string) => {
    mkdirSync(join(folder, '.gc'));
    writeFileSync(file(), text);
  };
  const keep = async (name: string, clientId?: string) =>
    (await open({ toGcProfile: name, ...(clientId && { clientId }) }))?.keep(signIn);

  test('it is kept so that it is found there again', async () => {
    await keep('installer');
    expect(modeOf(file())).toBe(0o600);
    expect((await readGcProfile('installer', { HOME: folder })).variables).toEqual({
      GENESYSCLOUD_REGION: 'mypurecloud.ie',
      GENESYSCLOUD_OAUTHCLIENT_ID: ID,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: 'hunter-2',
    });
  });

  test('what else is in the file stays as it was written', async () => {
    const before = "# mine\n[default]\nenvironment = 'mypurecloud.com' # here\n";
    write(before);
    await keep('installer');
    expect(readFileSync(file(), 'utf8').startsWith(before)).toBe(true);
  });

  test('a profile of another client is refused, in upper or lower case, and before there is a secret', async () => {
    write('[Installer]\nclient_credentials = "other"\n');
    const refused = { exit: 2, message: expect.stringContaining('for another client') };
    await expect(open({ toGcProfile: 'installer' })).rejects.toMatchObject(refused);
    await expect(open({ toGcProfile: 'installer', clientId: ID })).rejects.toMatchObject(refused);
  });

  test('a profile of the same client gets the new secret, and keeps the rest', async () => {
    write(`[installer]\nclient_credentials = "${ID}"\nclient_secret = "old"\nlogging_enabled = true\n[other]\nx = 1\n`);
    await keep('installer', ID);
    const text = readFileSync(file(), 'utf8');
    expect(text).toContain('hunter-2');
    expect(text).not.toContain('"old"');
    expect(text).toContain('logging_enabled = true');
    expect(text).toMatch(/\[other\]\nx = 1/);
  });

  test('a link stays a link', async () => {
    mkdirSync(join(folder, '.gc'));
    writeFileSync(join(folder, 'dotfile.toml'), '[a]\nx = 1\n');
    symlinkSync(join(folder, 'dotfile.toml'), file());
    await keep('installer');
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'dotfile.toml'), 'utf8')).toContain('hunter-2');
  });
});
