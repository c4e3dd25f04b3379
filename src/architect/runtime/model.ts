import { isAlias, isMap, isScalar, type YAMLMap } from 'yaml';
import { type AnyFlow, offsetOf } from '../document.ts';
import { nearestName } from '../expression/nearest-name.ts';
import { type Entry, entriesOf, textAt } from '../model/entries.ts';
import { type Block, modelOf } from '../model/model.ts';
import { type Ref, refsOf } from '../model/refs.ts';
import { FlowFailure, NotRehearsed, type Spot } from './flow-failure.ts';

/** Something that a flow can go to: a menu, a task, a state, or a choice of a menu. */
export interface Place {
  readonly kind: string;
  readonly name: string;
  readonly body: YAMLMap;
  readonly spot: Spot;
}

/** A flow's definition, read once. */
export interface FlowModel {
  readonly root: string;
  readonly flow: YAMLMap;
  /** `file:line:column path`. */
  readonly where: (spot: Spot) => string;
  /** The entry whose value this map is. */
  readonly entryOf: (body: YAMLMap) => Entry | undefined;
  readonly placeOf: (entry: Entry) => Place;
  /** The actions directly in a task, a state, an output or a case. */
  readonly blockIn: (holder: unknown) => Block | undefined;
  readonly choicesOf: (menu: YAMLMap) => readonly Entry[];
  /** The choices of any menu. */
  readonly choices: readonly Entry[];
  /** Where the ref under a key leads. */
  readonly follow: (holder: YAMLMap, key: string, from: Spot) => Place;
  /** Whether something is assigned to a variable anywhere: then Architect makes it where it is not declared. */
  readonly isAssigned: (name: string) => boolean;
  /** Whether an expression mentions a variable. */
  readonly isRead: (name: string) => boolean;
}

/** Reads a flow's definition. */
export function readModel({ document, root, flow, at }: AnyFlow): FlowModel {
  const entries = isMap(document.contents) ? entriesOf(document.contents as YAMLMap) : [];
  refuseAliases(entries);
  const byBody = new Map(entries.flatMap((entry) => (isMap(entry.value) ? [[entry.value, entry]] : [])));
  const { blocks, actions } = modelOf(entries);
  const allBlocks = [...blocks, ...actions.flatMap(({ ways }) => ways.map(({ block }) => block))];
  const byHolder = new Map<unknown, Block>(allBlocks.map((block) => [block.entry.map, block]));
  const refs = refsOf(entries, root);
  const choices = entries.filter(({ parent }) => parent?.name === 'choices');
  const textsOf = (...names: readonly string[]) =>
    entries.flatMap(({ name, value }) =>
      names.includes(name) && isScalar(value) ? [String(value.value).trim().toLowerCase()] : [],
    );
  const assigned = new Set(textsOf('var', 'variable'));
  const expressions = textsOf('exp');
  return {
    root,
    flow,
    where: ({ path, offset }) => `${at(offset)} ${path}`,
    entryOf: (body) => byBody.get(body),
    placeOf,
    blockIn: (holder) => byHolder.get(holder),
    choicesOf: (menu) => choices.filter(({ parent }) => parent?.map === menu),
    choices,
    follow: (holder, key, from) => {
      const ref = refs.find(({ entry }) => entry.map === holder && entry.name === key);
      return follow(ref, holder, key, from, (body) => byBody.get(body));
    },
    isAssigned: (name) => assigned.has(name.toLowerCase()),
    isRead: (name) => expressions.some((text) => text.includes(name.toLowerCase())),
  };
}

/** Archy writes none, and what stands behind one would be passed over without a word. */
function refuseAliases(entries: readonly Entry[]): void {
  const found = entries.find(({ value }) => isAlias(value));
  if (!found) return;
  throw new NotRehearsed('an alias is not followed here: write out what it stands for', spotOf(found));
}

const spotOf = ({ path, start }: Entry): Spot => ({ path, offset: start });

function placeOf(entry: Entry): Place {
  const { name: kind, value, map } = entry;
  const body = isMap(value) ? value : map;
  return { kind, name: textAt(body, 'name') ?? textAt(body, 'refId') ?? kind, body, spot: spotOf(entry) };
}

function follow(ref: Ref | undefined, holder: YAMLMap, key: string, from: Spot, entryOf: FlowModel['entryOf']): Place {
  const written = holder.get(key, true);
  const spot = { path: from.path, offset: offsetOf(written) || from.offset };
  if (!ref)
    throw new FlowFailure(written ? `"${textAt(holder, key) ?? ''}" is no ref` : `there is no ${key} here`, spot);
  const { target, text } = ref;
  if (target === 'not looked up') throw new NotRehearsed(`"${text}" leads where a rehearsal cannot follow it`, spot);
  if ('missing' in target) {
    const [, id = ''] = /\[([^\]]*)\]$/.exec(text) ?? [];
    const meant = nearestName(id, target.known);
    throw new FlowFailure(`there is no ${target.missing}${meant ? `: did you mean "${meant}"?` : ''}`, spot);
  }
  const entry = entryOf(target.body);
  if (!entry) throw new NotRehearsed(`"${text}" leads where a rehearsal cannot follow it`, spot);
  return placeOf(entry);
}
