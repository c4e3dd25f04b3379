import { isMap, isScalar, type YAMLMap } from 'yaml';
import { offsetOf } from '../../document.ts';
import { jsonOf } from '../../expression/coerce.ts';
import { type Json, make } from '../../expression/value.ts';
import { mapAt, nodeAt } from '../../model/entries.ts';
import { assign } from '../assign.ts';
import { play } from '../audio.ts';
import { type DataActionResult, HungUp } from '../contract.ts';
import { FlowFailure } from '../flow-failure.ts';
import { settingFor } from '../settings.ts';
import { along, type Outcome, type Perform, type Step } from '../step.ts';
import { durationOf, valueAt } from '../values.ts';

/** `category: {<category>: {dataAction: {<name>: …}}}`. */
interface Named {
  readonly category: string;
  readonly name: string;
  readonly body: YAMLMap;
  /** Of the name. */
  readonly offset: number;
}

/** Calls a data action, one that is secure or not. */
export const callData: Perform = async (step) => {
  const { frame, kind } = step;
  const named = namedIn(step);
  const isSecure = kind === 'callDataSecure';
  const inputs = inputsOf({ ...step, maySeeSecrets: isSecure }, named);
  const timeoutMs = durationOf(step, settingFor(frame.run, kind, step.body, 'timeout'));
  await processing(step);
  const { category, name } = named;
  const result = await frame.run.host.invoke({ category, name, isSecure, inputs, timeoutMs });
  return followUp(step, named, result);
};

function namedIn({ body, spot }: Step): Named {
  const [category] = mapAt(body, 'category')?.items ?? [];
  const [action] = mapAt(category?.value, 'dataAction')?.items ?? [];
  if (!category || !action || !isScalar(category.key) || !isScalar(action.key) || !isMap(action.value))
    throw new FlowFailure('it is not said which data action to call', spot);
  const { key, value } = action;
  return { category: String(category.key.value), name: String(key.value), body: value, offset: offsetOf(key) };
}

function inputsOf(step: Step, { body }: Named): Readonly<Record<string, unknown>> {
  const inputs = mapAt(body, 'inputs');
  return Object.fromEntries(
    (inputs?.items ?? []).flatMap(({ key }): [string, unknown][] => {
      const value = valueAt(step, nodeAt(inputs, String(key)));
      return value.type === 'notSet' ? [] : [[String(key), jsonOf(value)]];
    }),
  );
}

/**
 * The prompt that Architect plays a second after it called a data action, if that still runs. Here it comes first, so
 * that the action's time stays exact; and as there, who hangs up during it does not keep the action from being called.
 */
async function processing(step: Step): Promise<void> {
  const { frame, kind, body } = step;
  if (frame.run.model.root === 'workflow') return;
  try {
    await play(step, settingFor(frame.run, kind, body, 'processingPrompt'), false);
  } catch (error) {
    if (!(error instanceof HungUp)) throw error;
  }
}

function followUp(step: Step, named: Named, result: DataActionResult): Outcome {
  const what = `${named.category}/${named.name}`;
  // An output that does not fit its variable is an error of the flow, and named there.
  if (result.outcome === 'success') {
    take(step, mapAt(named.body, 'successOutputs'), result.outputs);
    return along('success', what);
  }
  const at = step.frame.run.model.where({ path: '', offset: named.offset }).trim();
  if (result.outcome === 'timeout') return along('timeout', `${what} at ${at}`);
  take(step, mapAt(named.body, 'failureOutputs'), result.errors);
  const { errorCode = '', userMessage = '' } = result.errors;
  const why = step.frame.run.secrets.mask([errorCode, userMessage].filter(Boolean).join(': '));
  return along('failure', `${what} at ${at}${why === '' ? '' : `: ${why}`}`);
}

function take(step: Step, targets: YAMLMap | undefined, outputs: Readonly<Record<string, unknown>>): void {
  for (const { key } of targets?.items ?? []) {
    const found = memberOf(outputs, String(key));
    assign(step, nodeAt(targets, String(key)), make.json(found as Json | undefined));
  }
}

/** By its name, or else along the names between dots; of a list, the members of all its items. */
function memberOf(from: unknown, name: string): unknown {
  if (typeof from !== 'object' || from === null) return undefined;
  if (Array.isArray(from)) return from.map((item) => memberOf(item, name));
  if (Object.hasOwn(from, name)) return (from as Readonly<Record<string, unknown>>)[name];
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0 || !Object.hasOwn(from, first)) return undefined;
  return memberOf((from as Readonly<Record<string, unknown>>)[first], rest.join('.'));
}
