import { isScalar } from 'yaml';
import type { Value } from '../../expression/value.ts';
import { mapAt, nodeAt } from '../../model/entries.ts';
import { assign } from '../assign.ts';
import { openFrame } from '../declare.ts';
import type { Frame } from '../frame.ts';
import { along, NEXT, type Outcome, type Perform, type Step } from '../step.ts';
import { valueAt } from '../values.ts';
import { targetOf } from './jump.ts';

/**
 * Runs a task, then goes on along the path that the task ended with. How its inputs and outputs are spelled is not
 * documented: `inputs` and `outputVariables`, by the names of the task's variables, are read.
 */
export const callTask: Perform = async (step) => {
  const { frame, tell, runBlock } = step;
  const { model } = frame.run;
  const task = targetOf(step, 'task');
  tell(`to ${task.name}`);
  // Without a pause, tasks that call each other thousands deep would fill the stack.
  await Promise.resolve();
  const inner = openFrame(frame.run, task, inputsOf(step));
  const outcome = await runBlock(inner, model.blockIn(task.body));
  if (outcome.kind !== 'next' && outcome.kind !== 'endTask' && outcome.kind !== 'endTurn') return outcome;
  takeOutputs(step, inner);
  return wayFor(outcome);
};

const wayFor = (outcome: Outcome): Outcome =>
  outcome.kind === 'endTask' && outcome.path !== undefined ? along(outcome.path) : NEXT;

const nameOf = (key: unknown): string => {
  const name = isScalar(key) ? String(key.value) : '';
  return (name.includes('.') ? name : `Task.${name}`).toLowerCase();
};

function inputsOf(step: Step): ReadonlyMap<string, Value> {
  const inputs = mapAt(step.body, 'inputs');
  return new Map(
    (inputs?.items ?? []).map(({ key }) => [nameOf(key), valueAt(step, nodeAt(inputs, String(key)))] as const),
  );
}

function takeOutputs(step: Step, { local }: Frame): void {
  const outputs = mapAt(step.body, 'outputVariables');
  for (const { key } of outputs?.items ?? []) {
    const variable = local.get(nameOf(key));
    if (variable) assign(step, nodeAt(outputs, String(key)), variable.value);
  }
}
