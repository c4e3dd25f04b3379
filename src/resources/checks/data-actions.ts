import * as z from 'zod';
import { onceSettled } from '../settle.ts';
import { explainFailure, type Path } from './action-failure.ts';
import { testAction } from './action-test.ts';
import type { CheckContext } from './context.ts';
import { whileThere } from './failed.ts';

interface Action {
  readonly id: string;
}

/** No card has this number. */
const NO_CARD = '000000000';
const paymentSchema = z.looseObject({ paymentId: z.string().min(1) });

/** Throws unless the data action that takes a payment returns a payment id. */
export const checkPaymentAction = (ctx: CheckContext, { id }: Action, path: Path): Promise<void> =>
  tryOut(ctx, path, async () => {
    const test = await testAction(ctx, id, { cardNumber: NO_CARD });
    if ('said' in test) throw new Failed(test.said);
    if (!paymentSchema.safeParse(test.result).success) throw new Failed(['the function answered without a paymentId']);
  });

/** What our function says to an empty payment id, which it does before it stores anything. */
const REFUSAL = 'paymentId missing';

/** Throws unless the data action that saves a payment reaches our function: that refuses a payment without an id. */
export const checkSaveAction = (ctx: CheckContext, { id }: Action, path: Path): Promise<void> =>
  tryOut(ctx, path, async () => {
    const test = await testAction(ctx, id, { paymentId: '' });
    const said = 'said' in test ? test.said : ['the function took a payment without an id, so it is not ours'];
    if (!said.some((text) => text.includes(REFUSAL))) throw new Failed(said);
  });

class Failed extends Error {
  override readonly name = 'Failed';
  readonly said: readonly string[];
  constructor(said: readonly string[]) {
    super(said.join('; '));
    this.said = said;
  }
}

/** The function was run, or the input was refused: more time changes nothing about that. */
const FINAL = /errorType|errorMessage|^invalid\.schema$|the function (?:answered|took)/;

/**
 * What passes is that IAM has not told everybody of a new role yet. In which words a data action says so is not
 * documented, so everything but the function's own answer may pass.
 */
const passing = {
  passes: (error: unknown) => error instanceof Failed && !error.said.some((text) => FINAL.test(text)),
  within: 90_000,
  what: 'IAM to let Genesys Cloud in, usually about 10 s',
};

async function tryOut(ctx: CheckContext, path: Path, attempt: () => Promise<void>): Promise<void> {
  try {
    await whileThere(`data action ${path.action}`, () => onceSettled(ctx, passing, attempt));
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    throw await explainFailure(ctx, path, error.said);
  }
}
