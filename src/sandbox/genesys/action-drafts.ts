import * as z from 'zod';
import { type Operation, Refusal } from '../contract.ts';
import type { World } from '../world.ts';
import {
  ACTIONS,
  type ActionRecord,
  configSchema,
  contractSchema,
  type DraftRecord,
  describeAction,
  faultOfContract,
  findAction,
  nextContent,
  text,
} from './action-record.ts';
import { shownOf } from './actions.ts';
import { badRequest, errorBodyOf, notFound, staleVersion } from './error-body.ts';
import { row } from './row.ts';

const URI = `${ACTIONS}/{actionId}/draft`;
const EDIT = ['integrations:action:edit'];

const changedDraftSchema = z.strictObject({
  name: text.optional(),
  category: text.optional(),
  config: configSchema.optional(),
  contract: contractSchema.optional(),
  secure: z.boolean().optional(),
  version: z.int(),
});

/** The way to another contract under the same id: a draft is made of what is published, changed, and published. */
export const actionDraftOperations: readonly Operation[] = [
  row({
    operation: 'getIntegrationsActionDraft',
    route: `GET ${URI}`,
    permission: ['bridge:actions:view', 'integrations:action:view'],
    handle: (world, { path, query }) => {
      const { action, draft } = findDraft(world, path);
      return { status: 200, body: describeAction(action, draft, shownOf(query), 'draft') };
    },
  }),
  row({
    operation: 'postIntegrationsActionDraft',
    route: `POST ${URI}`,
    permission: EDIT,
    handle: (world, { path }) => {
      const action = findAction(world, path);
      const { id, name, category, secure, config, contract, version } = action;
      if (world.get('action-drafts', id))
        throw new Refusal(409, 'request.conflict', `The action ${id} has a draft already.`);
      const draft = { id, name, category, secure, config, contract, version: version + 1 };
      return {
        status: 200,
        body: describeAction(action, world.put<DraftRecord>('action-drafts', id, draft), ALL, 'draft'),
      };
    },
  }),
  row({
    operation: 'patchIntegrationsActionDraft',
    route: `PATCH ${URI}`,
    permission: EDIT,
    body: changedDraftSchema,
    handle: (world, { path, body: { version, ...change } }) => {
      const { action, draft } = findDraft(world, path);
      checkVersion(draft, version);
      const changed = world.put<DraftRecord>('action-drafts', action.id, nextContent(draft, change));
      return { status: 200, body: describeAction(action, changed, ALL, 'draft') };
    },
  }),
  row({
    operation: 'getIntegrationsActionDraftValidation',
    route: `GET ${URI}/validation`,
    permission: EDIT,
    handle: (world, { path }) => {
      const fault = faultOfContract(findDraft(world, path).draft.contract);
      const errors = fault === undefined ? [] : [errorBodyOf(invalid(fault), world.uuid())];
      return { status: 200, body: { valid: fault === undefined, errors } };
    },
  }),
  row({
    operation: 'postIntegrationsActionDraftPublish',
    route: `POST ${URI}/publish`,
    permission: EDIT,
    body: z.strictObject({ version: z.int() }),
    handle: (world, { path, body }) => {
      const { action, draft } = findDraft(world, path);
      checkVersion(draft, body.version);
      const fault = faultOfContract(draft.contract);
      if (fault !== undefined) throw invalid(fault);
      world.remove('action-drafts', action.id);
      const published = world.put<ActionRecord>('actions', action.id, { ...action, ...draft });
      return { status: 200, body: describeAction(published, published, ALL) };
    },
  }),
];

const ALL = { contract: true, config: true };

const invalid = (fault: string): Refusal => badRequest(`The contract is not valid. ${fault}`);

/** The draft of the action that a path names, with the action. Throws 404 where one of them is not there. */
export function findDraft(world: World, path: Readonly<Record<string, string>>) {
  const action = findAction(world, path);
  const draft = world.get<DraftRecord>('action-drafts', action.id);
  if (!draft) throw notFound();
  return { action, draft };
}

function checkVersion(draft: DraftRecord, version: number): void {
  if (version !== draft.version) throw staleVersion(409, 'request.conflict', version, draft.version);
}
