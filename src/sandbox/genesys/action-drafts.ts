import * as z from 'zod';
import { type Operation, Refusal } from '../contract.ts';
import {
  type ActionRecord,
  checkContract,
  configSchema,
  contractSchema,
  describeAction,
  EDIT,
  findAction,
  findDraft,
  URI,
  VIEW,
} from './action-record.ts';
import { staleVersion } from './error-body.ts';
import { row } from './row.ts';

const DRAFT = `${URI}/{actionId}/draft`;
const text = z.string().min(1).max(256);
const changeBody = z.looseObject({
  version: z.int(),
  name: text.optional(),
  category: text.optional(),
  config: configSchema.optional(),
  contract: contractSchema.optional(),
  secure: z.boolean().optional(),
});
const publishBody = z.looseObject({ version: z.int() });

/** Drafts: the one way in which a published action's contract changes and its id does not. */
export const actionDraftOperations: readonly Operation[] = [
  row({
    operation: 'getIntegrationsActionDraft',
    route: `GET ${DRAFT}`,
    permission: VIEW,
    handle: (world, request) => {
      const { action, draft } = findDraft(world, request);
      return { status: 200, body: describeAction(action, draft, request.query) };
    },
  }),
  row({
    operation: 'postIntegrationsActionDraft',
    route: `POST ${DRAFT}`,
    permission: EDIT,
    handle: (world, request) => {
      const action = findAction(world, request);
      if (action.draft) throw new Refusal(409, 'request.conflict', 'The action already has a draft.');
      const { name, category, secure, contract, config } = action;
      const draft = { name, category, secure, contract, config, version: 1 };
      world.put<ActionRecord>('actions', action.id, { ...action, draft });
      return { status: 200, body: describeAction(action, draft, request.query) };
    },
  }),
  row({
    operation: 'patchIntegrationsActionDraft',
    route: `PATCH ${DRAFT}`,
    permission: EDIT,
    body: changeBody,
    handle: (world, request) => {
      const { action, draft } = findDraft(world, request);
      const { version, name, category, config, contract, secure } = request.body;
      if (version !== draft.version) throw staleVersion(409, 'request.conflict', version, draft.version);
      const changed = {
        name: name ?? draft.name,
        category: category ?? draft.category,
        secure: secure ?? draft.secure,
        config: config ?? draft.config,
        contract: contract ?? draft.contract,
        version: version + 1,
      };
      world.put<ActionRecord>('actions', action.id, { ...action, draft: changed });
      return { status: 200, body: describeAction(action, changed, request.query) };
    },
  }),
  row({
    operation: 'deleteIntegrationsActionDraft',
    route: `DELETE ${DRAFT}`,
    permission: ['integrations:action:delete'],
    handle: (world, request) => {
      const { draft: _, ...published } = findDraft(world, request).action;
      world.put<ActionRecord>('actions', published.id, published);
      return { status: 204 };
    },
  }),
  row({
    operation: 'getIntegrationsActionDraftValidation',
    route: `GET ${DRAFT}/validation`,
    permission: EDIT,
    handle: (world, request) => ({ status: 200, body: validate(findDraft(world, request).draft.contract) }),
  }),
  row({
    operation: 'postIntegrationsActionDraftPublish',
    route: `POST ${DRAFT}/publish`,
    permission: EDIT,
    body: publishBody,
    handle: (world, request) => {
      const { action, draft } = findDraft(world, request);
      const { version } = request.body;
      if (version !== draft.version) throw staleVersion(409, 'request.conflict', version, draft.version);
      const { draft: _, ...before } = action;
      checkContract(draft.contract);
      const published = { ...before, ...draft, version: before.version + 1 };
      world.put<ActionRecord>('actions', action.id, published);
      return { status: 200, body: describeAction(published, published, request.query) };
    },
  }),
];

function validate(contract: ActionRecord['contract']) {
  try {
    checkContract(contract);
    return { valid: true, errors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, code, status } = error;
    return { valid: false, errors: [{ message, code, status }] };
  }
}
