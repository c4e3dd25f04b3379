import { readFileSync } from 'node:fs';
import * as z from 'zod';

const schemaSchema = z.record(z.string(), z.unknown());
export type Schema = z.infer<typeof schemaSchema>;

const parameterSchema = z.looseObject({
  in: z.string(),
  name: z.string(),
  required: z.boolean().default(false),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  items: z.looseObject({ enum: z.array(z.string()).optional() }).optional(),
  schema: schemaSchema.optional(),
});
const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z.array(parameterSchema).default([]),
  permissions: z.looseObject({ type: z.enum(['ANY', 'ALL']), permissions: z.array(z.string()) }).optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ schema: schemaSchema.optional(), errorCodes: z.array(z.string()).default([]) }),
  ),
});
const documentSchema = z.looseObject({
  swagger: z.literal('2.0'),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  definitions: z.record(z.string(), schemaSchema),
});

export type Parameter = z.infer<typeof parameterSchema>;

/** One operation as the vendor describes it; `route` is `GET /api/v2/flows/{flowId}`. */
export type Contracted = z.infer<typeof operationSchema> & { readonly route: string };

/** The vendor's description of its API. */
export interface Contract {
  /** By operation id. */
  readonly operations: ReadonlyMap<string, Contracted>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** Takes a description apart. Throws where it is none, or describes nothing. */
export function parseContract(document: unknown): Contract {
  const { paths, definitions } = documentSchema.parse(document);
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, route: `${method.toUpperCase()} ${path}` })),
  );
  if (all.length === 0) throw new Error('The contract describes no operation.');
  return { operations: new Map(all.map((one) => [one.operationId, one])), definitions };
}

/** Reads the description from a file. Throws where none is named, or where it is something else. */
export function readContract(file: string | undefined): Contract {
  if (!file)
    throw new Error(
      'GENESYS_CONTRACT is not set. Set it to the file with the Platform API’s description (Swagger 2.0).',
    );
  try {
    return parseContract(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new Error(`GENESYS_CONTRACT names ${file}, which is no Swagger 2.0 description: ${why}`, { cause });
  }
}
