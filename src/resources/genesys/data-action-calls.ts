import * as z from 'zod';
import { SetupError } from '../../errors/setup-error.ts';
import type { Context } from '../context.ts';
import { hasCode, hasStatus, orAbsent } from '../vendor.ts';
import { withVersion } from './versions.ts';

type Ctx = Pick<Context, 'genesys' | 'clock' | 'signal' | 'note'>;
type Client = Pick<Context, 'genesys'>;

const schemaDocument = z.record(z.string(), z.unknown());

export const actionSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  category: z.string().nullish(),
  integrationId: z.string().nullish(),
  version: z.number().nullish(),
  secure: z.boolean().nullish(),
  contract: z
    .looseObject({
      input: z.looseObject({ inputSchema: schemaDocument.nullish() }).nullish(),
      output: z.looseObject({ successSchema: schemaDocument.nullish() }).nullish(),
    })
    .nullish(),
  config: z
    .looseObject({
      timeoutSeconds: z.number().nullish(),
      request: z
        .looseObject({
          requestUrlTemplate: z.string().nullish(),
          requestTemplate: z.string().nullish(),
          requestTemplateUri: z.string().nullish(),
        })
        .nullish(),
      response: z
        .looseObject({ successTemplate: z.string().nullish(), successTemplateUri: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});
export type Action = z.infer<typeof actionSchema>;

/** An action with its configuration and contract, which only come when they are asked for. */
export const getAction = ({ genesys }: Client, actionId: string) =>
  orAbsent(
    genesys.call({
      operation: 'GET /api/v2/integrations/actions/{actionId}',
      path: { actionId },
      query: { includeConfig: true, expand: 'contract' },
      schema: actionSchema,
    }),
  );

const templates = { request: 'requesttemplate.vm', response: 'successtemplate.vm' } as const;

/** A template of the action, fetched where the answer only points at it. */
export async function templateOf({ genesys }: Client, { id, config }: Action, which: 'request' | 'response') {
  const { request, response } = config ?? {};
  const text = which === 'request' ? request?.requestTemplate : response?.successTemplate;
  const uri = which === 'request' ? request?.requestTemplateUri : response?.successTemplateUri;
  if (text || !uri) return text ?? undefined;
  return orAbsent(
    genesys.call({
      operation: 'GET /api/v2/integrations/actions/{actionId}/templates/{fileName}',
      path: { actionId: id, fileName: templates[which] },
      schema: z.string(),
    }),
  );
}

/** Changes a published action's contract and keeps its id: draft, change, validate, publish. */
export async function publishDraft(ctx: Ctx, actionId: string, change: object): Promise<void> {
  const at = { path: { actionId } };
  await withVersion(
    ctx,
    () => openDraft(ctx, actionId),
    ({ version }) =>
      ctx.genesys.call({
        operation: 'PATCH /api/v2/integrations/actions/{actionId}/draft',
        ...at,
        body: { ...change, version },
        schema: actionSchema,
      }),
  );
  const { valid, errors } = await ctx.genesys.call({
    operation: 'GET /api/v2/integrations/actions/{actionId}/draft/validation',
    ...at,
    schema: z.looseObject({
      valid: z.boolean().nullish(),
      errors: z.array(z.looseObject({ message: z.string().nullish() })).nullish(),
    }),
  });
  if (valid === false)
    throw new SetupError('Genesys Cloud does not take the contract of the data action.', {
      details: errors?.flatMap(({ message }) => message ?? []),
      hint: 'That is a mistake in eo-setup, or the organization has other rules than those known: report what is shown here.',
    });
  await withVersion(
    ctx,
    () => openDraft(ctx, actionId),
    ({ version }) =>
      ctx.genesys.call({
        operation: 'POST /api/v2/integrations/actions/{actionId}/draft/publish',
        ...at,
        body: { version },
        schema: actionSchema,
      }),
  );
}

/** The action's draft: the one that an interrupted run left, or a new one. */
async function openDraft({ genesys }: Client, actionId: string): Promise<Action> {
  const path = { actionId };
  const operation = 'GET /api/v2/integrations/actions/{actionId}/draft';
  const draft = await orAbsent(genesys.call({ operation, path, schema: actionSchema }));
  if (draft) return draft;
  const create = {
    operation: 'POST /api/v2/integrations/actions/{actionId}/draft',
    path,
    schema: actionSchema,
  } as const;
  try {
    return await genesys.call(create);
  } catch (error) {
    // Both are ways to say that there is a draft by now.
    if (!hasStatus(error, 409) && !hasCode(error, 'policy.violation')) throw error;
    return genesys.call({ operation, path, schema: actionSchema });
  }
}
