import { expect, test } from 'vitest';
import { exitCodesHelp } from '../../src/errors/exit-codes-help.ts';
import { exitCode } from '../../src/errors/setup-error.ts';

test('the help names every exit code once, in order', () => {
  const named = [...exitCodesHelp.matchAll(/^ {2}(\d+) +\S/gm)].map(([, code]) => Number(code));
  expect(named).toEqual(Object.values(exitCode));
  expect(named).toEqual([...named].sort((a, b) => a - b));
});
