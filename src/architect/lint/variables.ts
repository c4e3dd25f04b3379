import { isMap, isSeq, type YAMLMap } from 'yaml';
import { builtInVariable } from '../expression/built-in-variables.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { type StaticType, typeOfVariableKey } from '../expression/value.ts';
import { around, type Entry, isNoValue, nodeAt, textAt } from '../model/entries.ts';
import type { Placed } from './expressions.ts';

/** A variable as a flow, task or state declares it. */
interface Variable {
  readonly name: string;
  readonly type: StaticType;
  readonly body: YAMLMap;
  /** `- stringVariable: …`. */
  readonly entry: Entry;
  /** Nothing, until something is assigned. */
  readonly isUnset: boolean;
  readonly isInput: boolean;
}

/** A use of a variable of the flow's own: `Flow.x`, `Task.x`, `State.x`. */
export interface Use {
  readonly name: string;
  readonly use: Placed['use'];
  readonly offset: number;
  readonly entry: Entry;
  /** As it is declared where it is used; else undefined. */
  readonly declared: Variable | undefined;
}

export interface Variables {
  readonly all: readonly Variable[];
  readonly uses: readonly Use[];
  readonly find: (name: string, from: Entry) => Variable | undefined;
  /** Whether something is assigned to it anywhere: then Architect makes it where it is not declared. */
  readonly isAssigned: (name: string) => boolean;
  /** The type for a check of what stands at an entry; undefined: there is no such variable. */
  readonly typeOf: (name: string, from: Entry) => StaticType | undefined;
}

const OWN = /^(?:flow|task|state)\./i;

/** What a flow declares, and what it uses. */
export function variablesOf(entries: readonly Entry[], expressions: readonly Placed[]): Variables {
  const all = entries.flatMap(variableAt);
  const byHolder = new Map<YAMLMap, Map<string, Variable>>();
  for (const variable of all) {
    const holder = variable.entry.parent?.map;
    if (!holder) continue;
    const held = byHolder.get(holder) ?? new Map<string, Variable>();
    byHolder.set(holder, held.set(variable.name.toLowerCase(), variable));
  }
  const find = (name: string, from: Entry) => {
    const key = name.toLowerCase();
    for (const { map } of [from, ...around(from)]) {
      const found = byHolder.get(map)?.get(key);
      if (found) return found;
    }
    return undefined;
  };
  const uses = expressions.flatMap(({ entry, use, read, offsetOf }) => {
    if (read instanceof ExpressionError) return [];
    const own = read.variables.filter(({ name }) => OWN.test(name));
    // `var: Flow.ids[Flow.at]` assigns to the first, and reads the second.
    return own.map(({ name, offset }, index) => ({
      name,
      use: index === 0 ? use : ('read' as const),
      offset: offsetOf(offset),
      entry,
      declared: find(name, entry),
    }));
  });
  const assigned = new Set(uses.filter(({ use }) => use === 'write').map(({ name }) => name.toLowerCase()));
  const isAssigned = (name: string) => assigned.has(name.toLowerCase());
  return {
    all,
    uses,
    find,
    isAssigned,
    typeOf: (name, from) =>
      find(name, from)?.type ?? builtInVariable(name)?.type ?? (isAssigned(name) ? 'unknown' : undefined),
  };
}

function variableAt(entry: Entry): readonly Variable[] {
  const { name: key, value, parent } = entry;
  const name = isMap(value) ? textAt(value, 'name') : undefined;
  if (parent?.name !== 'variables' || !isSeq(parent.value) || !isMap(value) || name === undefined) return [];
  const said = typeOfVariableKey(key) ?? 'unknown';
  // Dates, queues, users and others: what can be done with them is not known here.
  const type = said.startsWith('object') ? 'unknown' : said;
  const initial = nodeAt(value, 'initialValue');
  const isUnset = initial === undefined || isNoValue(initial);
  return [{ name, type, body: value, entry, isUnset, isInput: textAt(value, 'isInput') === 'true' }];
}
