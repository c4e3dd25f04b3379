import { copyFile, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SEED } from '../../src/sandbox/seed.ts';
import { notes } from '../support/notes-protocol.ts';
import { createUuids, openTestSandbox } from '../support/sandbox.ts';

let folder = '';
const uuid = createUuids();
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'eo-sandbox-')), 'sandbox');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const functions = { run: () => Promise.reject(new Error('none')), close: () => Promise.resolve() };
const open = (where: string | undefined = folder) =>
  openTestSandbox({ protocols: [notes], functions, folder: where, uuid });
const create = (origin: string, text: string) =>
  fetch(`${origin}/notes`, { method: 'POST', headers: { authorization: 'me' }, body: JSON.stringify({ text }) });
const texts = ({ world }: Awaited<ReturnType<typeof open>>) => world.list('notes').map((note) => note['text']);

describe('a sandbox with a folder', () => {
  test('is there again when it is opened again, with its history of writes', async () => {
    const first = await open();
    await create(first.origin, 'one');
    await fetch(`${first.origin}/notes`, { headers: { authorization: 'me' } });
    await create(first.origin, 'two');
    await first.close();
    const second = await open();
    expect(texts(second)).toEqual(['one', 'two']);
    expect(second.history.entries().map(({ n, operation }) => [n, operation])).toEqual([
      [1, 'createNote'],
      [3, 'createNote'],
    ]);
    await create(second.origin, 'three');
    expect(second.history.entries().at(-1)).toMatchObject({ n: 4, committed: true });
    await second.close();
  });

  test('has lost nothing that was answered when its process is killed', async () => {
    const killed = await open();
    await create(killed.origin, 'answered');
    const copy = join(folder, '..', 'copy');
    const other = await open(copy);
    await other.close();
    await copyFile(join(folder, 'journal.jsonl'), join(copy, 'journal.jsonl'));
    const next = await open(copy);
    expect(texts(next)).toEqual(['answered']);
    await Promise.all([killed.close(), next.close()]);
  });

  test('is for its owner only', async () => {
    const sandbox = await open();
    const modes = await Promise.all(
      [folder, join(folder, 'lock'), join(folder, 'journal.jsonl')].map((path) => stat(path)),
    );
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
    await sandbox.close();
  });

  test('is refused as a symbolic link', async () => {
    await symlink(tmpdir(), folder);
    await expect(open()).rejects.toThrow('is a symbolic link');
  });

  test('that cannot be read is left alone, and its lock given back', async () => {
    await (await open()).close();
    await writeFile(join(folder, 'journal.jsonl'), 'not a journal\n');
    await expect(open()).rejects.toMatchObject({ reason: 'unreadable' });
    await expect(stat(join(folder, 'lock'))).rejects.toThrow('ENOENT');
  });

  test('is used by one process, and the second is told who and how to share it', async () => {
    const sandbox = await open();
    await expect(open()).rejects.toMatchObject({
      reason: 'locked',
      message: expect.stringContaining(`process ${process.pid}`),
      hint: expect.stringMatching(/eo-setup sandbox --port 4566.*--sandbox http:\/\/127\.0\.0\.1:4566/),
    });
    await sandbox.close();
    await (await open()).close();
  });
});

describe('a new sandbox', () => {
  test('has its organization, a client and a key, under fixed names', async () => {
    const { world, close } = await openTestSandbox({ protocols: [notes], functions });
    expect(world.get('meta', 'world')).toMatchObject({ organizationId: SEED.organizationId, awsAccount: SEED.account });
    expect(world.get('oauth-clients', SEED.clientId)).toMatchObject({ secret: SEED.clientSecret, permissions: ['*'] });
    expect(world.get('access-keys', SEED.accessKeyId)).toEqual({
      secretAccessKey: SEED.secretAccessKey,
      principalArn: 'arn:aws:iam::123456789012:user/sandbox',
    });
    expect(world.get('divisions', SEED.homeDivisionId)).toMatchObject({ name: 'Home' });
    await close();
  });

  test('names the variables that point other clients at it', async () => {
    const { origin, variables, close } = await openTestSandbox({ protocols: [notes], functions });
    expect(variables).toEqual({
      AWS_ENDPOINT_URL: origin,
      AWS_ACCESS_KEY_ID: SEED.accessKeyId,
      AWS_SECRET_ACCESS_KEY: SEED.secretAccessKey,
      AWS_REGION: 'us-east-1',
      GENESYSCLOUD_OAUTHCLIENT_ID: SEED.clientId,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: SEED.clientSecret,
      GENESYSCLOUD_REGION: 'us-east-1',
      GENESYSCLOUD_GATEWAY_HOST: '127.0.0.1',
      GENESYSCLOUD_GATEWAY_PORT: new URL(origin).port,
      GENESYSCLOUD_GATEWAY_PROTOCOL: 'http',
    });
    await close();
  });

  test('is what a reset goes back to, on the disk too', async () => {
    const sandbox = await open();
    await create(sandbox.origin, 'gone');
    sandbox.faults.set([{ when: 'before', then: 'drop' }]);
    await sandbox.reset();
    await create(sandbox.origin, 'kept');
    await sandbox.close();
    const again = await open();
    expect(texts(again)).toEqual(['kept']);
    expect(again.world.get('meta', 'world')).toBeDefined();
    expect(again.history.entries()).toHaveLength(1);
    await again.close();
  });
});
