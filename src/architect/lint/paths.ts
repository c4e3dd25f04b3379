import { nodeAt, textAt } from '../model/entries.ts';
import { enders, isTransfer, passers, waysOf } from '../model/kinds.ts';
import type { Action, Block, Way } from '../model/model.ts';

/** Where the run of a list of actions can lead. */
export interface Ends {
  /** Whether it can end the flow, or may: nobody knows what an unknown action does. */
  readonly exits: boolean;
  /** Actions that go to another menu, task or state. */
  readonly jumps: readonly Action[];
  /** After which the list is simply over. */
  readonly falls: readonly Fall[];
  /** Actions that cannot be reached. */
  readonly dead: readonly Action[];
}

interface Fall {
  /** The last action; none where the list is empty. */
  readonly action: Action | undefined;
  readonly block: Block;
  /** The way that leads on from the action, if it is not the only one. */
  readonly way?: string | undefined;
  /** False: the action is not known, and may end there. */
  readonly isSure: boolean;
}

/** Which of an action's ways are followed. */
export type Choice = (action: Action, ways: readonly string[]) => readonly string[];

const nothing: Ends = { exits: false, jumps: [], falls: [], dead: [] };

/** A condition that is written as a constant leads one way only. */
export const everyWay: Choice = ({ kind, body }, ways) => {
  const condition = kind === 'decision' ? nodeAt(body, 'condition') : undefined;
  const constant = (textAt(condition, 'lit') ?? textAt(condition, 'exp'))?.toLowerCase();
  if (constant === 'true') return ['yes'];
  return constant === 'false' ? ['no'] : ways;
};

/** Nothing is entered, and no data action answers as it should. */
export const onlyFailures: Choice = (action, ways) => {
  const { kind } = action;
  const isAsked = kind === 'collectInput' || kind === 'callData' || kind === 'callDataSecure';
  return isAsked ? ways.filter((way) => way !== 'success') : everyWay(action, ways);
};

/** Follows a list of actions to where it can end. */
export function follow(block: Block, choose: Choice = everyWay): Ends {
  let falls: readonly Fall[] = [{ action: undefined, block, isSure: true }];
  const all: Ends[] = [];
  for (const [index, action] of block.actions.entries()) {
    const ends = step(action, block, choose);
    all.push(ends);
    ({ falls } = ends);
    if (falls.length === 0) {
      const dead = block.actions.slice(index + 1, index + 2);
      return { ...join(all), falls, dead: [...join(all).dead, ...dead] };
    }
  }
  return { ...join(all), falls };
}

const join = (all: readonly Ends[]): Ends => ({
  exits: all.some(({ exits }) => exits),
  jumps: all.flatMap(({ jumps }) => jumps),
  falls: all.flatMap(({ falls }) => falls),
  dead: all.flatMap(({ dead }) => dead),
});

function step(action: Action, block: Block, choose: Choice): Ends {
  const { kind } = action;
  const on = (way?: string, isSure = true): Ends => ({ ...nothing, falls: [{ action, block, way, isSure }] });
  if (enders.has(kind)) return endsOf(action);
  const labels = waysOf[kind];
  if (labels) return join(choose(action, labels).map((label) => along(action, label, choose) ?? on(label)));
  const inside = join(action.ways.map(({ block: inner }) => follow(inner, choose)));
  if (isTransfer(kind))
    return { ...inside, exits: true, falls: action.ways.length > 0 ? inside.falls : on('failure', false).falls };
  if (kind === 'switch') return hasDefault(action.ways) ? inside : join([inside, on('no case')]);
  if (kind === 'loop') return { ...inside, falls: on().falls };
  if (passers.has(kind))
    return join([
      { ...inside, falls: [] },
      { ...on(), jumps: kind === 'callTask' ? [action] : [] },
    ]);
  return { ...inside, exits: true, falls: on(undefined, false).falls };
}

const hasDefault = (ways: readonly Way[]) => ways.some(({ label }) => label === 'default');

/** Where the way of this name leads; undefined if there is none. */
function along({ ways }: Action, label: string, choose: Choice): Ends | undefined {
  const written = ways.find((way) => way.label === label);
  return written && follow(written.block, choose);
}

function endsOf(action: Action): Ends {
  const { kind } = action;
  if (kind === 'jumpToTask' || kind === 'jumpToMenu' || kind === 'changeState') return { ...nothing, jumps: [action] };
  return { ...nothing, exits: true };
}
