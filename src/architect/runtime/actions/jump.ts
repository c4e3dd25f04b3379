import { FlowFailure } from '../flow-failure.ts';
import type { Place } from '../model.ts';
import type { Perform, Step } from '../step.ts';

const targets: Readonly<Record<string, { readonly key: string; readonly what: string }>> = {
  task: { key: 'targetTaskRef', what: 'task' },
  menu: { key: 'targetMenuRef', what: 'menu' },
  state: { key: 'targetStateRef', what: 'state' },
};

/** The task, menu or state that an action names. */
export function targetOf({ frame, body, spot, kind }: Step, wanted: 'task' | 'menu' | 'state'): Place {
  const { key, what } = targets[wanted] ?? { key: '', what: wanted };
  if (!body) throw new FlowFailure(`there is no ${key} here`, spot);
  const place = frame.run.model.follow(body, key, spot);
  const found = place.body.has('choices') ? 'menu' : place.kind;
  if (found !== what) throw new FlowFailure(`${kind} leads to a ${found}, not to a ${what}`, spot);
  return place;
}

/** Goes to a task, a menu or a state, and does not come back. */
export const jump: Perform = (step) => {
  const wanted = step.kind === 'changeState' ? 'state' : /menu$/i.test(step.kind) ? 'menu' : 'task';
  return { kind: 'goto', place: targetOf(step, wanted) };
};
