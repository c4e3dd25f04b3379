import { expect, test } from 'vitest';
import { countBySeverity, formatFindings, formatNote } from '../../src/ui/format-findings.ts';

const ok = { severity: 'ok', message: 'Fine.' } as const;
const warning = { severity: 'warning', message: 'Odd.', remedy: 'Look at it.' } as const;
const error = { severity: 'error', message: 'Wrong.', remedy: 'Mend it.' } as const;
const unknown = { severity: 'unknown', message: 'Who knows.' } as const;

test('findings are a table of words, with what to do below', () => {
  expect(formatFindings([ok, warning, error, unknown])).toEqual([
    '  ok       Fine.',
    '  WARNING  Odd.',
    '           To do: Look at it.',
    '  ERROR    Wrong.',
    '           To do: Mend it.',
    '  unknown  Who knows.',
    '',
    '1 thing is in the way, 1 thing to know, 1 that cannot be known.',
  ]);
});

test.each([
  [[ok], 'Nothing is in the way.'],
  [[ok, warning, warning], 'Nothing is in the way, 2 things to know.'],
  [[error, error], '2 things are in the way.'],
  [[unknown], 'Nothing is in the way, 1 that cannot be known.'],
])('they are summed up (%#)', (findings, verdict) => {
  expect(formatFindings(findings).at(-1)).toBe(verdict);
});

test('they are counted', () => {
  expect(countBySeverity([ok, ok, warning, error, unknown])).toEqual({ errors: 1, warnings: 1, unknown: 1, ok: 2 });
});

test.each([
  [warning, 'Warning: Odd. Look at it.'],
  [unknown, 'Not known: Who knows.'],
])('one on the way is a line (%#)', (finding, line) => {
  expect(formatNote(finding)).toBe(line);
});
