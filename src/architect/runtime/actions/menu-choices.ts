import { mapAt, textAt } from '../../model/entries.ts';
import { FlowFailure } from '../flow-failure.ts';
import type { Perform, Step } from '../step.ts';

/** What stands in a menu's choice itself, rather than being referred to. */
function within({ body, spot, kind }: Step, key: string) {
  const inner = mapAt(body, key);
  if (!inner) throw new FlowFailure(`${kind} has no ${key}`, spot);
  return { kind: key, name: textAt(body, 'name') ?? kind, body: inner, spot: { ...spot, path: `${spot.path}/${key}` } };
}

/** A choice that holds a task. */
export const menuTask: Perform = (step) => ({ kind: 'goto', place: within(step, 'task') });

/** A choice that holds a menu, or is one. */
export const menuMenu: Perform = (step) => {
  const { body, spot, kind } = step;
  if (body?.has('choices'))
    return { kind: 'goto', place: { kind: 'menu', name: textAt(body, 'name') ?? kind, body, spot } };
  return { kind: 'goto', place: within(step, 'menu') };
};

/** Plays the menu again. */
export const repeatMenu: Perform = () => ({ kind: 'menu', which: 'repeat' });

/** Goes back to the menu before. */
export const previousMenu: Perform = () => ({ kind: 'menu', which: 'previous' });
