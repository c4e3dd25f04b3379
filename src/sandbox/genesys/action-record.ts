import * as z from 'zod';
import { Refusal } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { notFound } from './error-body.ts';
import { faultOfSchema } from './json-schema.ts';

export const ACTIONS = '/api/v2/integrations/actions';

const schemaDocument = z.record(z.string(), z.unknown());
const none = z.strictObject({}).optional();

/** How a function is called. The vendor's addresses of templates are not for sending; translation maps are not here. */
export const configSchema = z.strictObject({
  timeoutSeconds: z.int().min(1).max(60).optional(),
  request: z.strictObject({
    requestUrlTemplate: z.string().min(1),
    requestType: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']),
    requestTemplate: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  response: z
    .strictObject({ translationMap: none, translationMapDefaults: none, successTemplate: z.string().optional() })
    .optional(),
});
type Config = z.infer<typeof configSchema>;

export const contractSchema = z.strictObject({
  input: z.strictObject({ inputSchema: schemaDocument }),
  output: z.strictObject({ successSchema: schemaDocument }),
});
type Contract = z.infer<typeof contractSchema>;

export const text = z.string().min(1).max(256);

/** What of an action a draft may change. */
export type ActionContent = {
  readonly name: string;
  readonly category: string;
  readonly secure: boolean;
  readonly version: number;
  readonly config: Config;
  readonly contract: Contract;
};

/** A record of `actions`, as it is published. */
export type ActionRecord = ActionContent & {
  readonly id: string;
  readonly integrationId: string;
  readonly createdAt: number;
};

/** A record of `action-drafts`, under its action's id. */
export type DraftRecord = ActionContent & { readonly id: string };

/** The published action that a path names. Throws 404. */
export function findAction(world: World, path: Readonly<Record<string, string>>): ActionRecord {
  const action = world.get<ActionRecord>('actions', path['actionId'] ?? '');
  if (!action) throw notFound();
  return action;
}

/** What keeps a contract from being one; undefined where nothing does. */
export function faultOfContract({ input, output }: Contract): string | undefined {
  const inner = (name: string, fault: string | undefined) => (fault === undefined ? undefined : `${name}: ${fault}`);
  if (input.inputSchema['type'] === 'array') return 'inputSchema: it must be of type object';
  return (
    inner('inputSchema', faultOfSchema(input.inputSchema)) ??
    inner('successSchema', faultOfSchema(output.successSchema))
  );
}

/** Throws 400 where a contract is none. */
export function checkContract(contract: Contract): void {
  const fault = faultOfContract(contract);
  if (fault !== undefined) throw new Refusal(400, 'invalid.schema', `The contract is not valid. ${fault}`);
}

/** What a request may change; what it does not name stays. */
type Change = { readonly [K in keyof Omit<ActionContent, 'version'>]?: ActionContent[K] | undefined };

/** The content as it is after a change, in the next version. */
export function nextContent<T extends ActionContent>(current: T, change: Change): T {
  const { name = current.name, category = current.category, secure = current.secure } = change;
  const { config = current.config, contract = current.contract } = change;
  return { ...current, name, category, secure, config, contract, version: current.version + 1 };
}

/** What is shown of an action only when it is asked for. */
interface Shown {
  readonly contract: boolean;
  readonly config: boolean;
}

/** An action or a draft as the API shows it. A published one has its templates elsewhere, as `templateNamed` names them. */
export function describeAction(
  { id, integrationId }: Pick<ActionRecord, 'id' | 'integrationId'>,
  { name, category, secure, version, contract, config }: ActionContent,
  shown: Shown,
  draft?: 'draft',
): Item {
  return {
    id,
    name,
    integrationId,
    category,
    secure,
    version,
    ...(shown.contract && { contract }),
    ...(shown.config && { config: draft ? config : withTemplatesElsewhere(id, config) }),
    selfUri: draft ? `${ACTIONS}/${id}/draft` : `${ACTIONS}/${id}`,
  };
}

const REQUEST_TEMPLATE = 'requesttemplate.vm';
const SUCCESS_TEMPLATE = 'successtemplate.vm';

function withTemplatesElsewhere(id: string, { request, response = {}, ...config }: Config): Item {
  const { requestTemplate: _, ...sent } = request;
  const { successTemplate: __, ...received } = response;
  const uri = `${ACTIONS}/${id}/templates`;
  return {
    ...config,
    request: { ...sent, requestTemplateUri: `${uri}/${REQUEST_TEMPLATE}` },
    response: { ...received, successTemplateUri: `${uri}/${SUCCESS_TEMPLATE}` },
  };
}

/** A template by the name of its file; undefined where an action has no such file. */
export function templateNamed({ config }: ActionRecord, fileName: string): string | undefined {
  if (fileName === REQUEST_TEMPLATE) return config.request.requestTemplate ?? '';
  return fileName === SUCCESS_TEMPLATE ? (config.response?.successTemplate ?? '') : undefined;
}
