import type { SetupError } from '../../errors/setup-error.ts';
import type { CheckContext } from './context.ts';
import { failed, whileThere } from './failed.ts';
import { callElsewhere, callsTo, chatWith } from './trigger-events.ts';
import { type TriggerTest, testTrigger } from './trigger-test.ts';

/** What a trigger is to listen to. */
export interface Calls {
  /** The trigger's name. */
  readonly trigger: string;
  /** A number whose calls are to start the workflow; E.164. */
  readonly number: string;
}

type Ctx = Pick<CheckContext, 'genesys'>;

const AGAIN = 'Run install: it puts the criteria of the trigger right.';

/** Throws unless a trigger starts its workflow for calls to our number, in whatever form, and for nothing else. */
export async function checkTrigger(ctx: Ctx, { id }: { readonly id: string }, calls: Calls): Promise<void> {
  const { number, trigger } = calls;
  const tested = (event: { readonly dnis: string }) =>
    testTrigger(ctx, id, event).then((test) => ({ dnis: event.dnis, test }));
  const [chat, elsewhere, ...ours] = await whileThere(`trigger ${trigger}`, () =>
    Promise.all([tested(chatWith(number)), tested(callElsewhere(number)), ...callsTo(number).map(tested)]),
  );
  for (const { dnis, test } of ours) if (!test.matches) throw unmatched(calls, dnis, test);
  if (chat.test.matches) throw failed(`The trigger ${trigger} would start the workflow for a chat too.`, AGAIN);
  // Without a criterion for the number, it is meant to listen to all calls.
  if (elsewhere.test.matches && elsewhere.test.paths.includes(DIALLED))
    throw failed(`The trigger ${trigger} would start the workflow for calls to ${elsewhere.dnis} too.`, AGAIN);
}

function unmatched({ trigger }: Calls, dnis: string, { unmet, target, schema }: TriggerTest): SetupError {
  const message = `The trigger ${trigger} would not start the workflow when a call to ${dnis} ends.`;
  if (target.length > 0) return failed(message, 'Run install: it publishes the workflow.', target);
  if (unmet.length > 0)
    return failed(
      message,
      AGAIN,
      unmet.map((path) => `Its criterion for ${path} is not met.`),
    );
  return failed(message, 'Where you know that it does, go on with --skip-verify.', schema);
}

/** Where an event says which number was dialled. */
const DIALLED = 'dnis';

/** Whether a trigger's criterion for the dialled number keeps out calls to that very number, in any form. */
export async function isTooNarrow(ctx: Ctx, triggerId: string, number: string): Promise<boolean> {
  const tests = await Promise.all(callsTo(number).map((event) => testTrigger(ctx, triggerId, event)));
  return tests.some(({ matches, unmet }) => !matches && unmet.includes(DIALLED));
}
