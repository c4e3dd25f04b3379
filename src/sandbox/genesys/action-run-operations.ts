import * as z from 'zod';
import { type Operation, Refusal, type Reply } from '../contract.ts';
import { type ActionRecord, findAction, findDraft, URI } from './action-record.ts';
import { type Ran, runAction } from './action-run.ts';
import { row } from './row.ts';

const EXECUTE = ['integrations:action:execute', 'bridge:actions:execute'];

/** Runs of data actions: to test them, and for good. Both really invoke the function. */
export const actionRunOperations: readonly Operation[] = [
  row({
    operation: 'postIntegrationsActionTest',
    route: `POST ${URI}/{actionId}/test`,
    permission: EXECUTE,
    write: false,
    body: z.unknown(),
    handle: async (world, request) => {
      const action: ActionRecord = findAction(world, request);
      return tested(await runAction(world, request, action, action, request.body));
    },
  }),
  row({
    operation: 'postIntegrationsActionExecute',
    route: `POST ${URI}/{actionId}/execute`,
    permission: EXECUTE,
    write: false,
    body: z.unknown(),
    handle: async (world, request) => {
      const action: ActionRecord = findAction(world, request);
      const { error, result } = await runAction(world, request, action, action, request.body);
      if (error) throw new Refusal(error.status, error.code, error.message);
      return { status: 200, body: result };
    },
  }),
  row({
    operation: 'postIntegrationsActionDraftTest',
    route: `POST ${URI}/{actionId}/draft/test`,
    permission: ['integrations:action:execute'],
    write: false,
    body: z.unknown(),
    handle: async (world, request) => {
      const { action, draft } = findDraft(world, request);
      return tested(await runAction(world, request, action, draft, request.body));
    },
  }),
];

/** HTTP 200, whatever came of it. */
const tested = ({ steps, result, error }: Ran): Reply => ({
  status: 200,
  body: {
    operations: steps.map(({ name, success, result: own, error: failed }, index) => ({
      step: index + 1,
      name,
      success,
      ...(own !== undefined && { result: own }),
      ...(failed && { error: shown(failed) }),
    })),
    ...(error ? { error: shown(error) } : { finalResult: result }),
    success: error === undefined,
  },
});

const shown = ({ message, code, status }: { message: string; code: string; status: number }) => ({
  message,
  code,
  status,
});
