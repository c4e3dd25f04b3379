import { expect, test } from 'vitest';
import { type Migrations, migrate } from '../../src/state/migrations.ts';

const all: Migrations = {
  1: ({ name, ...rest }) => ({ ...rest, names: [name] }),
  2: ({ names, ...rest }) => ({ ...rest, names, count: Array.isArray(names) ? names.length : 0 }),
};
const first = Object.freeze({ version: 1, name: 'a', serial: 3 });

test('a file goes from each version to the next, up to the one that is wanted', () => {
  expect(migrate(first, 1, 1, all)).toEqual({ version: 1, name: 'a', serial: 3 });
  expect(migrate(first, 1, 2, all)).toEqual({ version: 2, names: ['a'], serial: 3 });
  expect(migrate(first, 1, 3, all)).toEqual({ version: 3, names: ['a'], count: 1, serial: 3 });
  expect(migrate({ version: 2, names: [] }, 2, 3, all)).toEqual({ version: 3, names: [], count: 0 });
});

test('a file of the current version stays as it is', () => {
  expect(migrate(first, 1)).toEqual(first);
});

test('without a way there is no guess', () => {
  expect(() => migrate(first, 1, 4, all)).toThrow('There is no migration from version 3.');
});
