import type { Node } from 'yaml';
import { nodeAt, textAt } from '../model/entries.ts';
import type { Run } from './frame.ts';
import { isUnset } from './values.ts';

/** What an action says of itself, or else the flow's default for its kind. */
export function settingFor({ model }: Run, kind: string, body: unknown, key: string): Node | undefined {
  const own = nodeAt(body, key);
  if (own && (!isUnset(own) || textAt(own, 'noValueWithNoFallback') === 'true')) return own;
  return nodeAt(model.flow, 'settingsActionDefaults', kind, key);
}

/** What a menu says of itself, or else the flow's default for menus. */
export function menuSetting({ model }: Run, menu: unknown, key: string): Node | undefined {
  const own = nodeAt(menu, 'settingsMenu', key);
  return own && !isUnset(own) ? own : nodeAt(model.flow, 'settingsMenu', key);
}
