import * as z from 'zod';
import { Refusal, type Request } from '../contract.ts';
import type { World } from '../world.ts';
import { notFound } from './error-body.ts';
import { flagOf } from './query-values.ts';

export const URI = '/api/v2/integrations/actions';
export const VIEW = ['integrations:action:view', 'bridge:actions:view'];
export const EDIT = ['integrations:action:edit'];

const json = z.record(z.string(), z.unknown());

export const configSchema = z.looseObject({
  timeoutSeconds: z.int().min(1).max(60).optional(),
  request: z
    .looseObject({
      requestUrlTemplate: z.string().optional(),
      requestTemplate: z.string().optional(),
      requestType: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  response: z
    .looseObject({
      translationMap: z.record(z.string(), z.string()).optional(),
      translationMapDefaults: z.record(z.string(), z.string()).optional(),
      successTemplate: z.string().optional(),
    })
    .optional(),
});
export const contractSchema = z.looseObject({
  input: z.looseObject({ inputSchema: json }),
  output: z.looseObject({ successSchema: json }),
});

/** What an action does and promises; a draft has the same, and a version of its own. */
export type ActionContent = {
  readonly name: string;
  readonly category: string;
  readonly secure: boolean;
  readonly contract: z.infer<typeof contractSchema>;
  readonly config: z.infer<typeof configSchema>;
  readonly version: number;
};

/** A record of `actions`. */
export type ActionRecord = ActionContent & {
  readonly id: string;
  readonly integrationId: string;
  readonly draft?: ActionContent;
  readonly createdAt: number;
};

/** Throws 404 where the path names no action. */
export function findAction(world: World, { path }: Pick<Request, 'path'>): ActionRecord {
  const action = world.get<ActionRecord>('actions', path['actionId'] ?? '');
  if (!action) throw notFound();
  return action;
}

/** Throws 404 where the action has no draft. */
export function findDraft(world: World, request: Pick<Request, 'path'>) {
  const action = findAction(world, request);
  if (!action.draft) throw notFound('not.found', 'The action has no draft.');
  return { action, draft: action.draft };
}

/** An action or its draft as the API shows it: the configuration and the contract only where they are asked for. */
export function describeAction(
  { id, integrationId }: Pick<ActionRecord, 'id' | 'integrationId'>,
  { name, category, secure, contract, config, version }: ActionContent,
  query: URLSearchParams,
) {
  return {
    id,
    name,
    integrationId,
    category,
    version,
    secure,
    ...(query.get('expand')?.split(',').includes('contract') && { contract }),
    ...(flagOf(query, 'includeConfig') && { config }),
    selfUri: `${URI}/${id}`,
  };
}

const schemaKeywords = z.looseObject({
  type: z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']).optional(),
  properties: z.record(z.string(), json).optional(),
  required: z.array(z.string()).optional(),
});

/** Throws 400 `invalid.schema` where a contract is no JSON schema of an object. */
export function checkContract({ input, output }: ActionContent['contract']): void {
  for (const schema of [input.inputSchema, output.successSchema])
    if (!schemaKeywords.safeParse(schema).success)
      throw new Refusal(400, 'invalid.schema', 'The contract holds a schema that is not valid.');
}
