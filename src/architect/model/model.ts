import { isMap, isSeq, type YAMLMap } from 'yaml';
import { around, type Entry, textAt } from './entries.ts';

/** One action of a flow: `- playAudio: {…}`. */
export interface Action {
  readonly kind: string;
  readonly entry: Entry;
  readonly body: YAMLMap | undefined;
  /** The lists of actions inside it, each with the name of the way that leads there: `success`, `yes`, `case`. */
  readonly ways: readonly Way[];
}

export interface Way {
  readonly label: string;
  readonly block: Block;
}

/** A list of actions that run one after another. */
export interface Block {
  /** The key before the list: `actions`, `startUpTaskActions`. */
  readonly entry: Entry;
  readonly actions: readonly Action[];
}

/** A menu, task, state or bot: something that a ref leads to. */
interface Container {
  readonly kind: string;
  readonly id: string;
  readonly entry: Entry;
  readonly body: YAMLMap;
}

export interface Model {
  /** Every action, in the order of the text. */
  readonly actions: readonly Action[];
  /** The lists of actions that are in no other action. */
  readonly blocks: readonly Block[];
  readonly containers: readonly Container[];
  /** The container that an entry is in. */
  readonly containerOf: (entry: Entry) => Container | undefined;
}

const isBlock = ({ name, value }: Entry) => (name === 'actions' || name.endsWith('Actions')) && isSeq(value);
const isAction = ({ map, parent }: Entry) => parent !== undefined && isBlock(parent) && map.items.length === 1;

/** What a flow consists of. */
export function modelOf(entries: readonly Entry[]): Model {
  const actions: Action[] = [];
  const blocks: Block[] = [];
  const made = new Map<Entry, { readonly actions: Action[]; readonly ways: Way[] }>();
  const insideOf = (entry: Entry) => {
    const inside = made.get(entry) ?? { actions: [], ways: [] };
    made.set(entry, inside);
    return inside;
  };
  for (const entry of entries) {
    if (isAction(entry) && entry.parent) {
      const body = isMap(entry.value) ? entry.value : undefined;
      const action = { kind: entry.name, entry, body, ways: insideOf(entry).ways };
      actions.push(action);
      insideOf(entry.parent).actions.push(action);
    } else if (isBlock(entry)) {
      const block = { entry, actions: insideOf(entry).actions };
      const outer = [...around(entry)].find(isAction);
      if (outer) insideOf(outer).ways.push({ label: entry.parent?.name ?? '', block });
      else blocks.push(block);
    }
  }
  const containers = entries.flatMap(containerAt);
  const byEntry = new Map(containers.map((container) => [container.entry, container]));
  const containerOf = (entry: Entry) =>
    byEntry.get(entry) ?? [...around(entry)].map((outer) => byEntry.get(outer)).find((found) => found !== undefined);
  return { actions, blocks, containers, containerOf };
}

const PLURALS: Readonly<Record<string, string>> = { menus: 'menu', tasks: 'task', states: 'state', bots: 'bot' };

function containerAt(entry: Entry): readonly Container[] {
  const { name, value, parent } = entry;
  // The root, then its menus.
  if (!parent?.parent || parent.parent.parent || PLURALS[parent.name] !== name || !isMap(value)) return [];
  return [{ kind: name, id: textAt(value, 'refId') ?? textAt(value, 'name') ?? '', entry, body: value }];
}
