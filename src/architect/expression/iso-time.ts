const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration of milliseconds as ISO 8601 writes it: `PT1M30S`. */
export function formatDuration(milliseconds: number): string {
  const total = Math.abs(milliseconds);
  const part = (size: number, within: number, letter: string) => {
    const count = Math.floor((total % within) / size);
    return count === 0 ? '' : `${count}${letter}`;
  };
  const seconds = (total % MINUTE) / SECOND;
  const days = part(DAY, Number.POSITIVE_INFINITY, 'D');
  const time = `${part(HOUR, DAY, 'H')}${part(MINUTE, HOUR, 'M')}${seconds === 0 ? '' : `${seconds}S`}`;
  const text = `P${days}${time === '' ? '' : `T${time}`}`;
  return text === 'P' ? 'PT0S' : `${milliseconds < 0 ? '-' : ''}${text}`;
}

const EARLIEST = Date.UTC(1800, 0, 1);
const LATEST = Date.UTC(2201, 0, 1) - 1;

/** Whether Architect has such a dateTime: it knows the years 1800 to 2200. */
export const isDateTime = (time: number): boolean => time >= EARLIEST && time <= LATEST;

const DURATION = /^(-)?P(?!$)(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** Milliseconds of an ISO 8601 duration of days and less; undefined for any other text. */
export function parseDuration(text: string): number | undefined {
  const found = DURATION.exec(text.trim());
  if (!found) return undefined;
  const [, sign, days, hours, minutes, seconds] = found;
  const total =
    Number(days ?? 0) * DAY + Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE + Number(seconds ?? 0) * SECOND;
  return Math.round(sign ? -total : total);
}

const DATE_TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** Milliseconds since the epoch of an ISO 8601 date and time, in UTC where it names no zone; else undefined. */
export function parseDateTime(text: string): number | undefined {
  const given = text.trim().toUpperCase().replace(' ', 'T');
  const found = DATE_TIME.exec(given);
  if (!found) return undefined;
  const day = Date.parse(given.slice(0, 10));
  // Date.parse takes February 30 for March 1.
  if (Number.isNaN(day) || !new Date(day).toISOString().startsWith(given.slice(0, 10))) return undefined;
  const time = Date.parse(found[1] || !given.includes('T') ? given : `${given}Z`);
  return isDateTime(time) ? time : undefined;
}
