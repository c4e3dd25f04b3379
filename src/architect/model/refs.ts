import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { around, type Entry, mapAt, textAt } from './entries.ts';

/** A ref: `targetTaskRef: "/inboundCall/tasks/task[Pay_12]"`. */
export interface Ref {
  readonly entry: Entry;
  readonly text: string;
  readonly target: Target;
}

/** What a ref leads to: the body there, or where the way is lost. */
type Target =
  | { readonly body: YAMLMap; readonly kind: string }
  | { readonly missing: string; readonly known: readonly string[] }
  | 'not looked up';

/** Every ref of a flow, followed. */
export const refsOf = (entries: readonly Entry[], root: string): readonly Ref[] =>
  entries.flatMap((entry) => {
    const text = isScalar(entry.value) ? String(entry.value.value ?? '') : '';
    if (!entry.name.endsWith('Ref') || !/^\.{0,2}\//.test(text)) return [];
    return [{ entry, text, target: targetOf(entry, text, root) }];
  });

interface Step {
  readonly name: string;
  readonly id: string | undefined;
}

/** `/inboundCall/tasks/task[Pay/2]`: what is in brackets may hold anything but a bracket that closes. */
const stepsOf = (text: string): readonly Step[] | undefined => {
  const steps = [...text.matchAll(/\/([^/[\]]+)(?:\[([^\]]*)\])?/g)].map(([whole, name = '', id]) => ({
    whole,
    name,
    id,
  }));
  return steps.map(({ whole }) => whole).join('') === text ? steps : undefined;
};

function targetOf(entry: Entry, text: string, root: string): Target {
  const isAbsolute = text.startsWith('/');
  const steps = stepsOf(isAbsolute ? text : text.replace(/^\./, ''));
  // Up from where it stands, or in another file: that is for Archy.
  if (!steps || text.startsWith('..')) return 'not looked up';
  const holders = [entry.map, ...[...around(entry)].flatMap(({ map, value }) => (isMap(value) ? [value, map] : [map]))];
  if (isAbsolute) {
    const [first, ...rest] = steps;
    const top = holders.map((map) => mapAt(map, root)).find((map) => map !== undefined);
    if (!first || !top) return 'not looked up';
    if (first.name.toLowerCase() === root.toLowerCase()) return walk(top, rest);
    return top.has(first.name) ? walk(top, steps) : { missing: `flow "${first.name}"`, known: [root] };
  }
  const tried = holders.map((holder) => walk(holder, steps));
  return tried.find((target) => target !== 'not looked up' && 'body' in target) ?? tried[0] ?? 'not looked up';
}

function walk(from: YAMLMap, steps: readonly Step[]): Target {
  let [node, kind]: [unknown, string] = [from, ''];
  for (const { name, id } of steps) {
    const inner = id === undefined ? (isMap(node) ? node.get(name, true) : undefined) : itemOf(node, name, id);
    if (!inner)
      return {
        missing: id === undefined ? `"${name}"` : `${name} "${id}"`,
        known: id === undefined ? [] : idsIn(node, name),
      };
    [node, kind] = [inner, name];
  }
  return isMap(node) ? { body: node, kind } : 'not looked up';
}

const bodiesIn = (list: unknown, kind: string): readonly unknown[] =>
  (isSeq(list) ? list.items : []).flatMap((item) => (isMap(item) ? [item.get(kind, true)] : []));

const idsIn = (list: unknown, kind: string): readonly string[] =>
  bodiesIn(list, kind).flatMap((body) => textAt(body, 'refId') ?? textAt(body, 'name') ?? []);

/** By its refId, else by its name. */
function itemOf(list: unknown, kind: string, id: string): unknown {
  const bodies = bodiesIn(list, kind);
  return bodies.find((body) => textAt(body, 'refId') === id) ?? bodies.find((body) => textAt(body, 'name') === id);
}
