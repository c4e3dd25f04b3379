import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archyEnvironment, findArchy, noArchy } from '../../src/clients/archy-place.ts';

let folder = '';
const at = (...names: readonly string[]) => join(folder, ...names);
const program = (path: string, mode: number) => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, mode);
};

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'eo-archy-place-')));
  program(at('plain', 'archy'), 0o644);
  program(at('good', 'archy'), 0o755);
  program(at('better', 'archy'), 0o755);
  program(at('win', 'archy.bat'), 0o755);
  mkdirSync(at('folder', 'archy'), { recursive: true });
  mkdirSync(at('links'));
  symlinkSync(at('good', 'archy'), at('links', 'archy'));
  symlinkSync(at('nowhere'), at('links', 'broken'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('Archy is found', () => {
  test('where it is said to be, whatever is on PATH', async () => {
    expect(await findArchy(at('good', 'archy'), { PATH: at('better') })).toBe(at('good', 'archy'));
  });

  test('by its real path, as its launcher does not work from a link', async () => {
    expect(await findArchy(at('links', 'archy'), {})).toBe(at('good', 'archy'));
  });

  test('as the first executable on PATH: no folder, no plain file', async () => {
    const folders = ['', '/nowhere', at('folder'), at('plain'), at('good'), at('better')];
    expect(await findArchy(undefined, { PATH: folders.join(delimiter) })).toBe(at('good', 'archy'));
  });
});

describe('what is no Archy is named, with what to do', () => {
  const cases: readonly [string, () => string | undefined, RegExp, RegExp][] = [
    ['nothing on PATH', () => undefined, /no Archy on this machine/, /Download it from .*--archy-path.*--publisher/],
    ['nothing there', () => at('missing'), /no Archy at .*missing \(--archy-path\)/, /Correct the path/],
    ['a link to nowhere', () => at('links', 'broken'), /no Archy at .*broken/, /Correct the path/],
    ['a folder', () => at('good'), /good \(--archy-path\) is no file/, /executable itself/],
    ['what must not be executed', () => at('plain', 'archy'), /must not be executed/, /chmod \+x/],
    ['a batch file', () => at('win', 'archy.bat'), /is a batch file/, /archyBin/],
  ];
  test.each(cases)('%s', async (_, path, message, hint) => {
    await expect(findArchy(path(), { PATH: at('plain') })).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
      exit: 4,
    });
  });

  test.each<[string, RegExp]>([
    ['/usr/lib/node_modules/archy/index.js', /npm's package archy, which draws trees\.$/],
    ['C:\\x\\node_modules\\.bin\\archy', /npm's package archy/],
    ['/home/ann/.local/bin/archy', /but another program of that name\.$/],
  ])('another program of that name: %s', (file, message) => {
    expect(noArchy(file).message).toMatch(message);
  });
});

test('Archy gets an environment without anything of ours in it, and a home of its own', () => {
  const env = {
    PATH: '/bin',
    HOME: '/home/ann',
    GENESYSCLOUD_OAUTHCLIENT_SECRET: 'hunter2',
    AWS_SECRET_ACCESS_KEY: 'hunter3',
    NODE_OPTIONS: '--inspect',
    HTTPS_PROXY: 'http://ann:hunter4@proxy:3128',
    http_proxy: 'http://proxy:3128',
    NO_PROXY: 'localhost',
    NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
  };
  const home = '/tmp/home';
  expect(archyEnvironment(env, home)).toEqual({
    PATH: '/bin',
    http_proxy: 'http://proxy:3128',
    NO_PROXY: 'localhost',
    NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
    ...{ HOME: home, USERPROFILE: home, TMPDIR: home, TEMP: home, TMP: home },
  });
});
