import * as z from 'zod';
import type { State } from '../engine/record.ts';

/** The number that goes up with every change of the format that an older eo-setup cannot read. */
export const VERSION = 1;
export const FORMAT = 'eo-setup';

const MOST_ENTRIES = 1_000;
const name = z.string().max(1_000);
const ids = z.array(name).max(MOST_ENTRIES);
const object = z.record(z.string(), z.unknown());
const key = z.looseObject({ name });

const entry = z.object({
  kind: name,
  key,
  status: z.enum(['reconciling', 'ready', 'deleting', 'kept']),
  origin: z.enum(['created', 'adopted', 'used']),
  needs: ids,
  after: ids,
  inputs: object.optional(),
  outputs: object.optional(),
  receipt: object.optional(),
  absent: z.boolean().optional(),
  since: z.number().optional(),
});
const settled = z.object({
  kind: name,
  key,
  needs: ids,
  after: ids,
  inputs: object.optional(),
  outputs: object.optional(),
});
const steps = <T extends z.ZodType>(one: T) =>
  z.record(z.string().max(100), one).refine((all) => Object.keys(all).length <= MOST_ENTRIES, 'too many entries');

/** Where the objects of a state are. */
const targetSchema = z.object({
  awsAccount: name,
  awsRegion: name,
  genesysOrg: name,
  genesysRegion: name,
  endpoint: name,
});
export type StateTarget = z.infer<typeof targetSchema>;

/** A state as the file holds it. Members that are not known are dropped; new ones must have defaults. */
export const fileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  installation: z.string().regex(/^[0-9a-f]{12}$/),
  tool: name,
  target: targetSchema,
  serial: z.int().min(0),
  run: z.object({ settings: object, startedAt: name }).optional(),
  steps: steps(entry),
  retired: z.array(entry.extend({ id: name })).max(MOST_ENTRIES),
  settled: z.object({ settings: object.optional(), steps: steps(settled) }).nullable(),
});

/** A state, and what it is the state of. */
export interface Saved {
  readonly state: State;
  readonly installation: string;
  readonly target: StateTarget;
  /** The version of eo-setup that wrote it. */
  readonly tool: string;
}
