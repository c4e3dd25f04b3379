import { make } from '../../expression/value.ts';
import { mapAt, nodeAt } from '../../model/entries.ts';
import { assign } from '../assign.ts';
import { NEXT, type Perform } from '../step.ts';
import { neededAt } from '../values.ts';

/** Runs its actions so many times; the index counts from 0. */
export const loop: Perform = async (step) => {
  const { frame, body, spot, tell, runBlock } = step;
  const { model, budget } = frame.run;
  const count = neededAt(step, nodeAt(body, 'loopCount'), 'integer', 'the number of turns');
  const turns = count.type === 'integer' ? count.value : 0;
  const block = model.blockIn(mapAt(body, 'outputs', 'loop'));
  for (let turn = 0; turn < turns; turn += 1) {
    budget.spend(spot);
    assign(step, nodeAt(body, 'currentIndex'), make.integer(turn));
    tell('loop', `${turn + 1} of ${turns}`);
    const outcome = await runBlock(frame, block);
    if (outcome.kind === 'endTurn' && outcome.isLast) break;
    if (outcome.kind !== 'next' && outcome.kind !== 'endTurn') return outcome;
  }
  return NEXT;
};

/** Ends the loop around it. */
export const loopExit: Perform = () => ({ kind: 'endTurn', isLast: true });

/** Ends this turn of the loop around it. */
export const loopNext: Perform = () => ({ kind: 'endTurn', isLast: false });
