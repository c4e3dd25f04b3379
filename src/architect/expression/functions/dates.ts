import { isDateTime } from '../iso-time.ts';
import { make, type Value } from '../value.ts';
import { type Context, define, type FunctionDefinition, optional } from './define.ts';
import { aDateTime, aDuration, anInteger } from './parameters.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function dateTime(time: number, { failure }: Context): Value {
  if (!isDateTime(time)) throw failure('leaves the years 1800 to 2200');
  return make.dateTime(time);
}

/** `name(dateTime)`: a part of it, in UTC. */
const part = (name: string, of: (date: Date) => number): FunctionDefinition =>
  define(name, [aDateTime('dateTime')], 'integer', ([time]) => make.integer(of(new Date(time))));

/** `name(dateTime, count)`: so many units later, or earlier. */
const add = (name: string, later: (time: number, count: number) => number): FunctionDefinition =>
  define(name, [aDateTime('dateTime'), anInteger('count')], 'dateTime', ([time, count], context) =>
    dateTime(later(time, count), context),
  );

/** A month later than January 31 is the last day of February. */
function addMonths(time: number, count: number): number {
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + count];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (((time % DAY) + DAY) % DAY);
}

function makeDateTime([year, month, day, ...time]: readonly number[], context: Context): Value {
  const [hour = 0, minute = 0, second = 0] = time;
  const made = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour, minute, second));
  const isAsGiven = made.getUTCFullYear() === year && made.getUTCMonth() + 1 === month && made.getUTCDate() === day;
  if (!isAsGiven || made.getUTCHours() !== hour || made.getUTCMinutes() !== minute || made.getUTCSeconds() !== second)
    throw context.failure('was given no date and time that there is');
  return dateTime(made.getTime(), context);
}

/** On dateTimes and durations, all in UTC. */
export const dateFunctions: readonly FunctionDefinition[] = [
  define('GetCurrentDateTimeUtc', [], 'dateTime', (_, { now }) => make.dateTime(now())),
  part('Year', (date) => date.getUTCFullYear()),
  part('Month', (date) => date.getUTCMonth() + 1),
  part('Day', (date) => date.getUTCDate()),
  part('Hour', (date) => date.getUTCHours()),
  part('Minute', (date) => date.getUTCMinutes()),
  part('Second', (date) => date.getUTCSeconds()),
  add('AddSeconds', (time, count) => time + count * SECOND),
  add('AddMinutes', (time, count) => time + count * MINUTE),
  add('AddHours', (time, count) => time + count * HOUR),
  add('AddDays', (time, count) => time + count * DAY),
  add('AddMonths', addMonths),
  add('AddYears', (time, count) => addMonths(time, 12 * count)),
  define('AddDuration', [aDateTime('dateTime'), aDuration('duration')], 'dateTime', ([time, length], context) =>
    dateTime(time + length, context),
  ),
  define('DateTimeDiff', [aDateTime('dateTime'), aDateTime('earlier dateTime')], 'duration', ([time, earlier]) =>
    make.duration(time - earlier),
  ),
  define(
    'MakeDateTime',
    [
      ...([anInteger('year'), anInteger('month'), anInteger('day')] as const),
      ...([optional(anInteger('hour')), optional(anInteger('minute')), optional(anInteger('second'))] as const),
    ],
    'dateTime',
    ([year, month, day, hour = 0, minute = 0, second = 0], context) =>
      makeDateTime([year, month, day, hour, minute, second], context),
  ),
  define(
    'MakeDuration',
    [
      ...([anInteger('days'), anInteger('hours'), anInteger('minutes')] as const),
      ...([anInteger('seconds'), optional(anInteger('milliseconds'))] as const),
    ],
    'duration',
    ([days, hours, minutes, seconds, milliseconds = 0]) =>
      make.duration(days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND + milliseconds),
  ),
];
