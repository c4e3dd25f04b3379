import { isMap, isScalar, type YAMLMap } from 'yaml';
import { textOf } from '../../expression/coerce.ts';
import { textAt } from '../../model/entries.ts';
import type { Asked } from '../frame.ts';
import { isUnset, valueAt } from '../values.ts';

/** What `targetQueue`, `targetUser`, `targetFlow` … names, wherever below it stands; undefined where nothing does. */
export function targetName(asked: Asked, body: YAMLMap | undefined): string | undefined {
  for (const { key, value } of body?.items ?? []) {
    const isTarget = isScalar(key) && /^target[A-Z]/.test(String(key.value)) && !/Ref$/.test(String(key.value));
    const found = isTarget && isMap(value) ? nameOf(asked, value) : isMap(value) ? targetName(asked, value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf(asked: Asked, node: YAMLMap): string | undefined {
  const plain = textAt(node, 'name');
  if (plain !== undefined || isUnset(node)) return plain;
  const value = valueAt(asked, node);
  return value.type === 'object' ? value.name : textOf(value);
}
