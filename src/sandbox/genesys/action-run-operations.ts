import * as z from 'zod';
import type { Operation, Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { findDraft } from './action-drafts.ts';
import { ACTIONS, findAction } from './action-record.ts';
import { type Run, type Runnable, runAction } from './action-runs.ts';
import { errorBodyOf } from './error-body.ts';
import { invalidQuery } from './paging.ts';
import { flagOf } from './query-values.ts';
import { row } from './row.ts';

const EXECUTE = ['bridge:actions:execute', 'integrations:action:execute'];

const inputSchema = z.record(z.string(), z.unknown());
type Input = z.infer<typeof inputSchema>;

/** Running a data action: for its result, or to see how it comes about. */
export const actionRunOperations: readonly Operation[] = [
  row({
    operation: 'postIntegrationsActionExecute',
    route: `POST ${ACTIONS}/{actionId}/execute`,
    permission: EXECUTE,
    body: inputSchema,
    handle: async (world, request) => {
      const run = await runWith(world, request, findAction(world, request.path));
      if ('refusal' in run) throw run.refusal;
      return { status: 200, body: run.result };
    },
  }),
  row({
    operation: 'postIntegrationsActionTest',
    route: `POST ${ACTIONS}/{actionId}/test`,
    permission: EXECUTE,
    body: inputSchema,
    handle: async (world, request) => {
      const run = await runWith(world, request, findAction(world, request.path));
      return { status: 200, body: describe(world, run) };
    },
  }),
  row({
    operation: 'postIntegrationsActionDraftTest',
    route: `POST ${ACTIONS}/{actionId}/draft/test`,
    permission: ['integrations:action:execute'],
    body: inputSchema,
    handle: async (world, request) => {
      const { action, draft } = findDraft(world, request.path);
      return { status: 200, body: describe(world, await runWith(world, request, { ...action, ...draft })) };
    },
  }),
];

function runWith(world: World, request: Request<Input>, action: Runnable): Promise<Run> {
  if (flagOf(request.query, 'flatten')) throw invalidQuery('flatten', 'true');
  return runAction(world, request, action, request.body);
}

/** A test succeeds as a request whether the action does or not. */
function describe(world: World, run: Run): Item {
  const errorOf = (refusal: Extract<Run, { refusal: unknown }>['refusal']) => errorBodyOf(refusal, world.uuid());
  return {
    success: 'result' in run,
    ...('result' in run ? { finalResult: run.result } : { error: errorOf(run.refusal) }),
    operations: run.steps.map(({ name, result, refusal }, index) => ({
      step: index + 1,
      name,
      success: refusal === undefined,
      ...(refusal ? { error: errorOf(refusal) } : { result }),
    })),
  };
}
