import * as z from 'zod';
import type { Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { type FlowRecord, publishedFlow } from './flow-record.ts';
import { type Criterion, isPath, manyValued, operators } from './match.ts';

// Terraform's provider sends both, and `null` for the one that is not meant.
const absentWhereNull = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

const criterionSchema = z
  .strictObject({
    jsonPath: z.string().refine(isPath, { error: 'not a JSON path that leads to one place' }),
    operator: z.enum(operators),
    value: z.unknown().optional().transform(absentWhereNull),
    values: z.array(z.unknown()).nullish().transform(absentWhereNull),
  })
  .refine(({ value, values }) => (value === undefined) !== (values === undefined), {
    error: 'exactly one of value and values is needed',
  })
  .refine(({ operator, values }) => manyValued.has(operator) === (values !== undefined), {
    error: 'In, NotIn and All take values, every other operator takes value',
  });

const members = {
  name: z.string().min(1).max(256),
  topicName: z.string().min(1).max(256),
  enabled: z.boolean(),
  target: z.strictObject({
    type: z.literal('Workflow'),
    id: z.string().min(1),
    workflowTargetSettings: z
      .strictObject({ dataFormat: z.enum(['Json', 'TopLevelPrimitives']).optional() })
      .optional(),
  }),
  matchCriteria: z.array(criterionSchema).optional(),
  eventTTLSeconds: z.int().min(10).optional(),
  delayBySeconds: z.int().min(60).max(900).optional(),
  description: z.string().max(512).optional(),
};

const isTimedOnce = ({ eventTTLSeconds, delayBySeconds }: { eventTTLSeconds?: unknown; delayBySeconds?: unknown }) =>
  eventTTLSeconds === undefined || delayBySeconds === undefined;
const timedOnce = { error: 'only one of eventTTLSeconds and delayBySeconds can be given' };

/** What a new trigger needs. */
export const newTriggerSchema = z.strictObject(members).refine(isTimedOnce, timedOnce);
/** A changed trigger: all of it, and the version that was read. */
export const changedTriggerSchema = z.strictObject({ ...members, version: z.int() }).refine(isTimedOnce, timedOnce);

/** A record of `triggers`. */
export type TriggerRecord = Omit<z.infer<typeof newTriggerSchema>, 'matchCriteria'> & {
  readonly id: string;
  readonly version: number;
  readonly matchCriteria?: readonly Criterion[] | undefined;
  readonly createdAt: number;
};

/** Whether the trigger service knows the workflow: it is published, and not only just. */
export function isTargetable(world: World, id: string, { passed }: Pick<Request, 'passed'>): boolean {
  const flow = publishedFlow(world, 'WORKFLOW', id);
  return flow !== undefined && passed('flow.targetable', firstPublishedAt(flow), id);
}

// A workflow that is published again is known already.
const firstPublishedAt = ({ publishedVersion, publishedAt, createdAt }: FlowRecord): number =>
  publishedVersion === 1 ? (publishedAt ?? createdAt) : createdAt;

/** A trigger as the API shows it. */
export const describeTrigger = ({ createdAt: _, ...trigger }: TriggerRecord): Item => ({
  ...trigger,
  matchCriteria: trigger.matchCriteria ?? [],
  selfUri: `/api/v2/processautomation/triggers/${trigger.id}`,
});
