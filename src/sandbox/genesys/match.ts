import { isDeepStrictEqual } from 'node:util';

const OPERATORS = [
  'GreaterThanOrEqual',
  'LessThanOrEqual',
  'Equal',
  'NotEqual',
  'LessThan',
  'GreaterThan',
  'NotIn',
  'In',
  'Contains',
  'All',
  'Exists',
  'Size',
] as const;

/** How a criterion compares; `In`, `NotIn` and `All` take `values`, the others `value`. */
export const operators: readonly [Operator, ...Operator[]] = OPERATORS;
export type Operator = (typeof OPERATORS)[number];

/** Operators that compare with several values. */
export const manyValued: ReadonlySet<Operator> = new Set<Operator>(['In', 'NotIn', 'All']);

/** One condition that an event must meet. */
export interface Criterion {
  readonly jsonPath: string;
  readonly operator: Operator;
  readonly value?: unknown;
  readonly values?: readonly unknown[] | undefined;
}

/** What a path led to: the value and its path in full, or nothing. */
type Found = { readonly value: unknown; readonly path: string } | undefined;

/** What a criterion found in an event, and whether that is what it wants. */
interface Judged {
  readonly found: Found;
  readonly match: boolean;
}

/** How an organization reads criteria, where that is not documented. */
export interface Reading {
  /** Whether `Contains` looks only into lists. */
  readonly containsIsForLists?: boolean;
}

/** Whether an event meets all of the criteria; none are met by every event. */
export const matches = (criteria: readonly Criterion[], event: unknown, reading: Reading = {}): boolean =>
  criteria.every((criterion) => judge(criterion, event, reading).match);

/** Holds one criterion against an event. */
export function judge(criterion: Criterion, event: unknown, { containsIsForLists = false }: Reading = {}): Judged {
  const found = find(parsePath(criterion.jsonPath) ?? [], event);
  const isText = criterion.operator === 'Contains' && typeof found?.value === 'string';
  return { found, match: !(isText && containsIsForLists) && tests[criterion.operator](found, criterion) };
}

/** Whether a path is one that can be followed: `mediaType`, `$.a.b`, `$['a'][0]`. */
export const isPath = (jsonPath: string): boolean => parsePath(jsonPath) !== undefined;

const SEGMENT = /^(?:\.?([A-Za-z_][\w-]*)|\['([^'\]]*)'\]|\["([^"\]]*)"\]|\[(\d{1,9})\])/;

/** The members and indexes of a path, in order; undefined where it asks for more than one place or is none. */
function parsePath(jsonPath: string): readonly (string | number)[] | undefined {
  const segments: (string | number)[] = [];
  // A bare name stands for `$.name`, as the vendor's own examples write it.
  let rest = /^\$(?=[.[])/.test(jsonPath) ? jsonPath.slice(1) : jsonPath.replace(/^(?=[A-Za-z_])/, '.');
  while (rest !== '') {
    const [whole, bare, single, double, index] = SEGMENT.exec(rest) ?? [];
    if (whole === undefined || (bare !== undefined && !whole.startsWith('.'))) return undefined;
    segments.push(index === undefined ? (bare ?? single ?? double ?? '') : Number(index));
    rest = rest.slice(whole.length);
  }
  return segments.length > 0 ? segments : undefined;
}

function find(segments: readonly (string | number)[], event: unknown): Found {
  let value = event;
  let path = '$';
  for (const segment of segments) {
    const holds = typeof segment === 'number' ? Array.isArray(value) : isObject(value);
    if (!holds || !Object.hasOwn(Object(value), segment)) return undefined;
    value = Object(value)[segment];
    path += typeof segment === 'number' ? `[${segment}]` : `['${segment}']`;
  }
  return segments.length > 0 ? { value, path } : undefined;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

type Test = (found: Found, criterion: Criterion) => boolean;

const equal: Test = (found, { value }) => found !== undefined && isDeepStrictEqual(found.value, value);
const isIn: Test = (found, { values = [] }) =>
  found !== undefined && values.some((value) => isDeepStrictEqual(found.value, value));

/** Compares numbers with numbers and texts with texts; anything else has no order. */
const ordered =
  (holds: (order: number) => boolean): Test =>
  (found, { value }) => {
    const order = found && compare(found.value, value);
    return order !== undefined && holds(order);
  };

function compare(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  return undefined;
}

const contains: Test = (found, { value }) => {
  if (typeof found?.value === 'string') return typeof value === 'string' && found.value.includes(value);
  return listOf(found).some((member) => isDeepStrictEqual(member, value));
};

const all: Test = (found, { values = [] }) => {
  const list = listOf(found);
  return Array.isArray(found?.value) && values.every((value) => list.some((one) => isDeepStrictEqual(one, value)));
};

const listOf = (found: Found): readonly unknown[] => (Array.isArray(found?.value) ? found.value : []);

const size: Test = (found, { value }) => {
  const sized = found?.value;
  return (typeof sized === 'string' || Array.isArray(sized)) && sized.length === value;
};

// What is not there is unequal to everything and in no list.
const tests: Readonly<Record<Operator, Test>> = {
  Equal: equal,
  NotEqual: (found, criterion) => !equal(found, criterion),
  LessThan: ordered((order) => order < 0),
  LessThanOrEqual: ordered((order) => order <= 0),
  GreaterThan: ordered((order) => order > 0),
  GreaterThanOrEqual: ordered((order) => order >= 0),
  In: isIn,
  NotIn: (found, criterion) => !isIn(found, criterion),
  Contains: contains,
  All: all,
  Exists: (found, { value }) => (found !== undefined) === value,
  Size: size,
};
