import { make } from '../expression/value.ts';
import { type Entry, nodeAt, textAt } from '../model/entries.ts';
import { play } from './audio.ts';
import { FlowFailure } from './flow-failure.ts';
import { type Frame, isSecureFlow, type Run, setBuiltIn } from './frame.ts';
import { keyOf } from './keys.ts';
import type { Place } from './model.ts';
import { perform } from './perform.ts';
import { menuSetting } from './settings.ts';
import type { Outcome } from './step.ts';
import { durationOf, valueAt } from './values.ts';

const SELECTION_TIMEOUT = 10_000;
const REPEATS = 3;

/**
 * Plays a menu until a choice is made, and makes it. Extensions are not dialled: a key chooses at once. Help says both
 * "times played" and "repeats"; as 0 is allowed, the count is taken for the repeats after the first time.
 */
export async function runMenu(run: Run, menu: Place): Promise<Outcome> {
  const { model, host, budget } = run;
  const { body, spot, name } = menu;
  const frame: Frame = { run, local: new Map() };
  const asked = { frame, spot };
  budget.spend(spot);
  const timeout = durationOf(asked, menuSetting(run, body, 'menuSelectionTimeout')) ?? SELECTION_TIMEOUT;
  const count = valueAt(asked, menuSetting(run, body, 'repeatCount'), 'integer');
  const repeats = count.type === 'integer' ? count.value : REPEATS;
  const tell = (outcome: string) =>
    host.trace({ action: 'menuMenu', name, path: spot.path, at: host.clock.now(), outcome });
  for (let turn = 0; turn <= repeats; turn += 1) {
    await play(asked, nodeAt(body, 'audio'));
    const key = await host.key(timeout, isSecureFlow(run));
    const choice = key === undefined ? undefined : choiceFor(run, menu, key);
    setBuiltIn(run, 'Menu.LastCollectionNoInput', make.boolean(key === undefined));
    setBuiltIn(run, 'Menu.LastCollectionNoMatch', make.boolean(key !== undefined && !choice));
    if (choice) return choose(frame, choice);
    tell(key === undefined ? 'no entry' : 'no such choice');
  }
  if (body.has('defaultChildMenuRef')) {
    const choice = model.entryOf(model.follow(body, 'defaultChildMenuRef', spot).body);
    if (choice) return choose(frame, choice);
  }
  // What Architect does then is not documented: it has nowhere to go but to the error handling.
  throw new FlowFailure(`nothing was chosen in the menu "${name}", and it has no default choice`, spot);
}

/** A choice of this menu, or one of another that holds everywhere. */
function choiceFor({ model }: Run, { body }: Place, key: string): Entry | undefined {
  const isMeant = ({ value }: Entry) => keyOf(textAt(value, 'dtmf')) === key;
  const everywhere = model.choices.filter(({ value }) => textAt(value, 'globalDtmf') === 'true');
  return model.choicesOf(body).find(isMeant) ?? everywhere.find(isMeant);
}

function choose(frame: Frame, entry: Entry): Promise<Outcome> {
  const { body } = frame.run.model.placeOf(entry);
  return perform(frame, { kind: entry.name, body, entry });
}
