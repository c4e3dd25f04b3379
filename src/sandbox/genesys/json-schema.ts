import * as z from 'zod';

/** A JSON schema as a data action's contract has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const members = z.record(z.string(), z.record(z.string(), z.unknown()));
const documentSchema = z.looseObject({
  type: z.enum(['object', 'array']),
  properties: members.optional(),
  required: z.array(z.string()).optional(),
});

/** What keeps a schema from being one that values can be held against; undefined where nothing does. */
export function faultOfSchema(schema: JsonSchema): string | undefined {
  const { error } = documentSchema.safeParse(schema);
  if (error) return z.prettifyError(error);
  try {
    readerOf(schema);
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'it cannot be read';
  }
}

/** What is wrong with a value: where and why, without the value itself; undefined where nothing is. */
export function faultOfValue(schema: JsonSchema, value: unknown): string | undefined {
  const { error } = readerOf(schema).safeParse(value);
  return error?.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; ');
}

const readerOf = (schema: JsonSchema): z.ZodType => z.fromJSONSchema(withRequired(schema));

const nestedSchema = z.looseObject({
  properties: members.catch({}),
  required: z.array(z.string()).catch([]),
  items: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** What is required and not described would not be asked for: it is described as anything. */
function withRequired(schema: JsonSchema): JsonSchema {
  const { properties, required, items } = nestedSchema.parse(schema);
  const named = Object.fromEntries(required.map((name) => [name, {}]));
  const described = Object.entries({ ...named, ...properties }).map(([name, one]) => [name, withRequired(one)]);
  return {
    ...schema,
    ...(described.length > 0 && { properties: Object.fromEntries(described) }),
    ...(items && { items: withRequired(items) }),
  };
}
