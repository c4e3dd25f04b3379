import type { AwsShape, Model } from './models.ts';

/** What of a value is not as a shape of AWS's model says; each with where it is. */
export function faultsOf({ shapes }: Model, name: string, value: unknown, at: string): readonly string[] {
  const shape = shapes[name];
  if (!shape) return [`${at}: the model has no ${name}`];
  const inside = (part: { readonly shape: string } | undefined, one: unknown, where: string) =>
    part ? faultsOf({ operations: {}, shapes }, part.shape, one, where) : [];
  switch (shape.type) {
    case 'structure':
      if (shape.document) return [];
      return isRecord(value) ? structureFaults(shape, value, at, inside) : [`${at}: ${value} is no structure`];
    case 'list':
      if (!Array.isArray(value)) return [`${at}: ${value} is no list`];
      return [
        ...sizeFaults(shape, value.length, at),
        ...value.flatMap((one, n) => inside(shape.member, one, `${at}[${n}]`)),
      ];
    case 'map':
      if (!isRecord(value)) return [`${at}: ${value} is no map`];
      return [
        ...sizeFaults(shape, Object.keys(value).length, at),
        ...Object.entries(value).flatMap(([key, one]) => [
          ...inside(shape.key, key, `${at}.${key}`),
          ...inside(shape.value, one, `${at}.${key}`),
        ]),
      ];
    default:
      return scalarFaults(shape, value, at);
  }
}

type Inside = (part: { readonly shape: string } | undefined, one: unknown, where: string) => readonly string[];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function structureFaults(shape: AwsShape, value: Readonly<Record<string, unknown>>, at: string, inside: Inside) {
  const given = Object.entries(value).filter(([, one]) => one !== undefined);
  const names = new Set(given.map(([name]) => name));
  return [
    ...shape.required.filter((name) => !names.has(name)).map((name) => `${at}.${name} is missing`),
    ...given.flatMap(([name, one]) =>
      shape.members[name] ? inside(shape.members[name], one, `${at}.${name}`) : [`${at}.${name} is unknown`],
    ),
  ];
}

function sizeFaults({ min = 0, max = Number.POSITIVE_INFINITY }: AwsShape, size: number, at: string) {
  return size < min || size > max ? [`${at}: ${size} is not within ${min} and ${max}`] : [];
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  character: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  long: Number.isInteger,
  float: (value) => typeof value === 'number',
  double: (value) => typeof value === 'number',
  timestamp: (value) => value instanceof Date && !Number.isNaN(value.valueOf()),
  // Bytes, or a text or a stream that is sent as bytes.
  blob: (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
};

function scalarFaults(shape: AwsShape, value: unknown, at: string): readonly string[] {
  if (!TYPES[shape.type]?.(value)) return [`${at}: ${value} is no ${shape.type}`];
  if (typeof value === 'number') return sizeFaults(shape, value, at);
  if (typeof value !== 'string' || shape.type !== 'string') return [];
  const { enum: words, pattern } = shape;
  return [
    ...sizeFaults(shape, value.length, at),
    ...(words && !words.includes(value) ? [`${at}: ${value} is none of ${words}`] : []),
    ...(pattern && !regexOf(pattern).test(value) ? [`${at}: ${value} does not fit ${pattern}`] : []),
  ];
}

/** Patterns are Java's; they are about the whole text. Only where they name Unicode's own classes is the flag needed. */
const regexOf = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, /\\p\{/.test(pattern) ? 'u' : '');
