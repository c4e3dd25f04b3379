import { isMap, isSeq, type YAMLMap } from 'yaml';
import { mapAt, nodeAt } from '../../model/entries.ts';
import { NotRehearsed } from '../flow-failure.ts';
import { NEXT, type Outcome, type Perform, type Step } from '../step.ts';
import { isTrue } from '../values.ts';

/** Goes along the first case that is true, or along all that are; along the default where none is. */
export const switchCase: Perform = async (step) => {
  const evaluate = mapAt(step.body, 'evaluate');
  const isAll = evaluate?.has('allTrue') ?? false;
  const body = mapAt(evaluate, isAll ? 'allTrue' : 'firstTrue');
  if (!body) throw new NotRehearsed('a switch is only rehearsed that evaluates firstTrue or allTrue', step.spot);
  const cases = nodeAt(body, 'cases');
  const meant: YAMLMap[] = [];
  for (const item of isSeq(cases) ? cases.items : []) {
    const one = isMap(item) ? mapAt(item, 'case') : undefined;
    if (!one || !isTrue(step, nodeAt(one, 'value'))) continue;
    meant.push(one);
    if (!isAll) break;
  }
  step.tell(meant.length === 0 ? 'default' : 'case', `${meant.length} of ${isSeq(cases) ? cases.items.length : 0}`);
  return runAll(step, meant.length === 0 ? [mapAt(body, 'default')] : meant);
};

async function runAll({ frame, runBlock }: Step, bodies: readonly (YAMLMap | undefined)[]): Promise<Outcome> {
  for (const body of bodies) {
    const outcome = await runBlock(frame, frame.run.model.blockIn(body));
    if (outcome.kind !== 'next') return outcome;
  }
  return NEXT;
}
