import { isMap, isSeq, type Node } from 'yaml';
import { textOf } from '../../expression/coerce.ts';
import { make, NOT_SET } from '../../expression/value.ts';
import { mapAt, nodeAt } from '../../model/entries.ts';
import { assign } from '../assign.ts';
import { FlowFailure } from '../flow-failure.ts';
import type { Step } from '../step.ts';
import { neededAt, textOfValue, valueAt } from '../values.ts';
import { shownValue } from './shown-value.ts';

interface Attribute {
  readonly name: string;
  readonly value: Node | undefined;
  readonly variable: Node | undefined;
}

/** The attributes that an action names. */
function attributesOf(step: Step): readonly Attribute[] {
  const list = nodeAt(step.body, 'attributes');
  return (isSeq(list) ? list.items : []).flatMap((item) => {
    const body = isMap(item) ? mapAt(item, 'attribute') : undefined;
    if (!body) return [];
    const name = textOf(neededAt(step, nodeAt(body, 'name'), 'string', "an attribute's name")) ?? '';
    if (name === '') throw new FlowFailure("an attribute's name is empty", step.spot);
    return [{ name, value: nodeAt(body, 'value'), variable: nodeAt(body, 'variable') }];
  });
}

/** Sets attributes; says whether the conversation is there, and what was set. What is NOT_SET is set to nothing. */
export async function setAttributes(step: Step, conversationId?: string) {
  const values = attributesOf(step).map(({ name, value }) => ({
    name,
    written: value,
    value: valueAt(step, value, 'string'),
  }));
  const { attributes } = step.frame.run.host;
  const answer = await attributes.set(
    Object.fromEntries(values.map(({ name, value }) => [name, textOf(value) ?? ''])),
    conversationId,
  );
  const detail = values.map(({ name, written, value }) => `${name} = ${shownValue(step, written, value)}`).join(', ');
  return { isThere: answer === 'done', detail };
}

/** Reads attributes into variables: one that is not there leaves its variable NOT_SET. */
export async function getAttributes(step: Step, conversationId?: string) {
  const wanted = attributesOf(step);
  const { attributes } = step.frame.run.host;
  const found = await attributes.get(
    wanted.map(({ name }) => name),
    conversationId,
  );
  for (const { name, variable } of wanted) {
    const value = found === 'not found' ? undefined : found[name];
    assign(step, variable, value === undefined ? NOT_SET : make.string(value));
  }
  return { isThere: found !== 'not found', detail: wanted.map(({ name }) => name).join(', ') };
}

/** The conversation that an action is about. */
export function conversationOf(step: Step): string {
  const node = nodeAt(step.body, 'conversationId');
  neededAt(step, node, 'string', 'the conversation id');
  return textOfValue(step, node) ?? '';
}
