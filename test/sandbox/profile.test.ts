import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWindows, latencyOf, loadProfile, PROFILES, profileSchema } from '../../src/sandbox/profile.ts';

describe('latency', () => {
  const profile = { latency: { default: 100, iam: 50, 'iam.CreateRole': 7 }, windows: {} };
  test.each([
    ['iam', 'CreateRole', 7],
    ['iam', 'GetRole', 50],
    ['s3', 'CreateRole', 100],
  ])('of %s.%s is the narrowest that is given', (service, operation, ms) => {
    expect(latencyOf(profile, service, operation)).toBe(ms);
  });

  test('is nothing where nothing is given', () => {
    expect(latencyOf(PROFILES.instant, 's3', 'PutObject')).toBe(0);
  });
});

describe('a window', () => {
  test('in {ms} is over when so many have passed', () => {
    const passedAt = createWindows(profileSchema.parse({ windows: { 'role.assumable': { ms: 100 } } }));
    const over = [0, 99, 100].map((ago) => passedAt(1000 + ago)('role.assumable', 1000, 'r'));
    expect(over).toEqual([false, false, true]);
  });

  test('that is not named is over at once', () => {
    expect(createWindows(PROFILES.instant)(0)('role.assumable', 0, 'r')).toBe(true);
  });

  describe('in {reads}', () => {
    const windows = () => createWindows(profileSchema.parse({ windows: { 'flow.listed': { reads: 2 } } }));

    test('is over after so many requests have asked', () => {
      const passedAt = windows();
      expect([1, 2, 3, 4].map(() => passedAt(0)('flow.listed', 0, 'f'))).toEqual([false, false, true, true]);
    });

    test('counts a request once, however often it asks', () => {
      const passedAt = windows();
      const passed = passedAt(0);
      expect([1, 2, 3, 4].map(() => passed('flow.listed', 0, 'f'))).toEqual([false, false, false, false]);
    });

    test('counts each object for itself, and one that is made again afresh', () => {
      const passedAt = windows();
      for (const _ of [1, 2, 3]) passedAt(0)('flow.listed', 0, 'f');
      expect(passedAt(0)('flow.listed', 0, 'f')).toBe(true);
      expect(passedAt(0)('flow.listed', 0, 'g')).toBe(false);
      expect(passedAt(0)('flow.listed', 5, 'f')).toBe(false);
    });
  });
});

describe('a profile', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eo-profile-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const load = async (text: string) => {
    const file = join(folder, 'profile.json');
    await writeFile(file, text);
    return loadProfile(file);
  };

  test.each(['instant', 'realistic'] as const)('called %s is built in, and valid', async (name) => {
    expect(await loadProfile(name)).toEqual(profileSchema.parse(PROFILES[name]));
  });

  test('is read from a file', async () => {
    expect(await load('{"windows":{"flow.listed":{"reads":1}}}')).toEqual({
      latency: {},
      windows: { 'flow.listed': { reads: 1 } },
    });
  });

  test.each([
    ['not JSON', '{'],
    ['an unknown window', '{"windows":{"flow.seen":{"ms":1}}}'],
    ['a negative length', '{"windows":{"flow.listed":{"ms":-1}}}'],
    ['a length in both', '{"windows":{"flow.listed":{"ms":1,"reads":1}}}'],
    ['an unknown member', '{"speed":"slow"}'],
  ])('with %s is refused, naming the file and showing one that works', async (_what, text) => {
    await expect(load(text)).rejects.toMatchObject({
      reason: 'profile',
      message: expect.stringContaining(join(folder, 'profile.json')),
      hint: expect.stringContaining('{"latency"'),
    });
  });

  test('that is neither a name nor a file is refused', async () => {
    await expect(loadProfile('fast')).rejects.toMatchObject({ reason: 'profile' });
  });
});
