import { isMap } from 'yaml';
import { mapAt } from '../../model/entries.ts';
import { FlowFailure } from '../flow-failure.ts';
import { NEXT, type Perform } from '../step.ts';
import { durationOf } from '../values.ts';

/** What the duration stands under is not documented: `duration`, `waitDuration` and `timeout` are read. */
const spellings = ['duration', 'waitDuration', 'timeout'];

/** Waits. */
export const wait: Perform = async (step) => {
  const node = spellings.map((key) => mapAt(step.body, key)).find(isMap);
  const ms = durationOf(step, node);
  if (ms === undefined) throw new FlowFailure('it is not said how long to wait', step.spot);
  await step.frame.run.host.clock.sleep(ms);
  return { ...NEXT, detail: `${ms / 1_000} s` };
};
