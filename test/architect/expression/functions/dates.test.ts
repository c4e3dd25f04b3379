import { expect, test } from 'vitest';
import { make } from '../../../../src/architect/expression/value.ts';
import { failureOf, NOW, result } from '../evaluating.ts';

const { integer, dateTime, duration, boolean } = make;
const at = (text: string) => dateTime(Date.parse(`${text}Z`));

test.each([
  ['GetCurrentDateTimeUtc()', dateTime(NOW)],
  ['Year(GetCurrentDateTimeUtc())', integer(2024)],
  ['Month(GetCurrentDateTimeUtc())', integer(2)],
  ['Day(GetCurrentDateTimeUtc())', integer(29)],
  ['Hour(GetCurrentDateTimeUtc())', integer(13)],
  ['Minute(GetCurrentDateTimeUtc())', integer(5)],
  ['Second(GetCurrentDateTimeUtc())', integer(9)],
  ['AddSeconds(Task.start, 90)', at('2024-01-31T10:01:30')],
  ['AddMinutes(Task.start, -60)', at('2024-01-31T09:00:00')],
  ['AddHours(Task.start, 14)', at('2024-02-01T00:00:00')],
  ['AddDays(Task.start, 30)', at('2024-03-01T10:00:00')],
  ['AddMonths(Task.start, 1)', at('2024-02-29T10:00:00')],
  ['AddMonths(Task.start, -11)', at('2023-02-28T10:00:00')],
  ['AddYears(GetCurrentDateTimeUtc(), 1)', at('2025-02-28T13:05:09')],
  ['AddMonths(MakeDateTime(1900, 1, 31, 23), 1)', at('1900-02-28T23:00:00')],
  ['AddDuration(Task.start, Task.wait)', at('2024-01-31T10:01:30')],
  ['DateTimeDiff(AddHours(Task.start, 1), Task.start)', duration(3_600_000)],
  ['DateTimeDiff(Task.start, AddHours(Task.start, 1)) < MakeDuration(0, 0, 0, 0)', boolean(true)],
  ['MakeDateTime(2024, 2, 29)', at('2024-02-29T00:00:00')],
  ['MakeDateTime(2024, 2, 29, 1, 2, 3)', at('2024-02-29T01:02:03')],
  ['MakeDuration(1, 2, 3, 4)', duration(93_784_000)],
  ['MakeDuration(0, 0, 0, 1, 5)', duration(1_005)],
])('%s', (text, value) => {
  expect(result(text)).toEqual(value);
});

test.each([
  ['MakeDateTime(2023, 2, 29)', 'MakeDateTime was given no date and time that there is'],
  ['MakeDateTime(2023, 2, 28, 24)', 'MakeDateTime was given no date and time that there is'],
  ['MakeDateTime(1700, 1, 1)', 'MakeDateTime leaves the years 1800 to 2200'],
  ['AddYears(Task.start, 500)', 'AddYears leaves the years 1800 to 2200'],
  ['AddDays(Task.start, System.MaxInt)', 'AddDays leaves the years 1800 to 2200'],
  ['Year("2024")', 'Year takes a dateTime as its dateTime, not a string'],
])('%s is refused', (text, message) => {
  expect(failureOf(text)[0]).toBe(message);
});
