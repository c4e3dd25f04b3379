import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { installed } from './server.ts';

const reference = z.looseObject({
  shape: z.string(),
  location: z.string().optional(),
  locationName: z.string().optional(),
});
const shape = z.looseObject({
  type: z.string(),
  required: z.array(z.string()).default([]),
  members: z.record(z.string(), reference).default({}),
  member: reference.optional(),
  key: reference.optional(),
  value: reference.optional(),
  enum: z.array(z.string()).optional(),
  pattern: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  document: z.boolean().optional(),
  union: z.boolean().optional(),
});
const model = z.looseObject({
  operations: z.record(
    z.string(),
    z.looseObject({
      name: z.string(),
      http: z.looseObject({ method: z.string(), requestUri: z.string(), responseCode: z.number().optional() }),
      input: reference.optional(),
      output: reference.optional(),
      errors: z.array(reference).default([]),
    }),
  ),
  shapes: z.record(z.string(), shape),
});

export type AwsShape = z.infer<typeof shape>;
/** A service as AWS itself describes it, for its own SDKs. */
export type Model = z.infer<typeof model>;

/** The newest description of a service that botocore comes with. */
function load(service: string): Model {
  const library = installed('servers', 'lib');
  const [python] = readdirSync(library).filter((name) => name.startsWith('python3'));
  const folder = `${library}/${python}/site-packages/botocore/data/${service}`;
  const newest = readdirSync(folder).toSorted().at(-1);
  return model.parse(JSON.parse(gunzipSync(readFileSync(`${folder}/${newest}/service-2.json.gz`)).toString()));
}

/** The services that we use, by the name that requests are signed for. */
export const models: ReadonlyMap<string, Model> = new Map(
  ['s3', 'iam', 'sts', 'lambda', 'logs'].map((service) => [service, load(service)]),
);
