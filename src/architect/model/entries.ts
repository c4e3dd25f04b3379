import { isMap, isNode, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';

/** A key with what is under it, somewhere in a flow. */
export interface Entry {
  readonly name: string;
  readonly key: Scalar;
  readonly value: Node | undefined;
  /** The map that it stands in. */
  readonly map: YAMLMap;
  /** The entry around it; the root has none. */
  readonly parent: Entry | undefined;
  readonly path: string;
  /** Offsets into the text. */
  readonly start: number;
  readonly end: number;
}

/** Every entry of a flow, outer before inner, in the order of the text. */
export function entriesOf(top: YAMLMap): readonly Entry[] {
  const found: Entry[] = [];
  const visitMap = (map: YAMLMap, parent: Entry | undefined, path: string, isItem: boolean) => {
    for (const { key, value } of map.items) {
      if (!isScalar(key)) continue;
      const entry = makeEntry(map, key, value, parent, isItem ? path : `${path}/${key.value}`);
      found.push(entry);
      visitValue(entry.value, entry, entry.path);
    }
  };
  const visitValue = (value: Node | undefined, parent: Entry, path: string) => {
    if (isMap(value)) visitMap(value, parent, path, false);
    if (!isSeq(value)) return;
    for (const [index, item] of value.items.entries()) {
      const body = bodyOfItem(item);
      const at = `${path}/${body ? `${body.kind}[${body.id ?? index}]` : index}`;
      if (isMap(item)) visitMap(item, parent, at, body !== undefined);
      else if (isSeq(item)) visitValue(item, parent, at);
    }
  };
  visitMap(top, undefined, '', false);
  return found;
}

function makeEntry(map: YAMLMap, key: Scalar, value: unknown, parent: Entry | undefined, path: string): Entry {
  const node = isNode(value) ? value : undefined;
  const start = key.range?.[0] ?? 0;
  const end = Math.max(node?.range?.[1] ?? 0, key.range?.[1] ?? 0);
  return { name: String(key.value), key, value: node, map, parent, path, start, end };
}

/** Of `- menu: {refId: main, …}`: what it is, and what it is called. */
function bodyOfItem(item: unknown): { readonly kind: string; readonly id: string | undefined } | undefined {
  const [pair, another] = isMap(item) ? item.items : [];
  if (!pair || another || !isScalar(pair.key)) return undefined;
  const id = isMap(pair.value) ? (textAt(pair.value, 'refId') ?? textAt(pair.value, 'name')) : undefined;
  return { kind: String(pair.key.value), id };
}

/** The scalar under a key, as text. */
export function textAt(map: unknown, key: string): string | undefined {
  const value = isMap(map) ? map.get(key, true) : undefined;
  return isScalar(value) && value.value !== null ? String(value.value) : undefined;
}

/** What is at a path of keys below a map. */
export function nodeAt(from: unknown, ...keys: readonly string[]): Node | undefined {
  let node: unknown = from;
  for (const key of keys) node = isMap(node) ? node.get(key, true) : undefined;
  return isNode(node) ? node : undefined;
}

/** The map at a path of keys below a map. */
export function mapAt(from: unknown, ...keys: readonly string[]): YAMLMap | undefined {
  const node = nodeAt(from, ...keys);
  return isMap(node) ? node : undefined;
}

/** Whether a value says `noValue: true`. */
export const isNoValue = (value: unknown): boolean => isMap(value) && textAt(value, 'noValue') === 'true';

/** The entries around one, the nearest first. */
export function* around(entry: Entry): Generator<Entry> {
  for (let { parent } = entry; parent; { parent } = parent) yield parent;
}
