import { isNode } from 'yaml';
import { isNoValue, mapAt, nodeAt, textAt } from '../../model/entries.ts';
import type { Action, Block } from '../../model/model.ts';
import type { Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

/** So many digits take longer than the platform's own five seconds, and three between two of them. */
const MANY = 6;
const MOST = 40;

/** A caller has the time to enter what is asked, knows how to end it, and hears when it did not work. */
export const callerInput: Rule = {
  name: 'caller-input',
  check: ({ model, root }) =>
    model.actions
      .filter(({ kind }) => kind === 'collectInput')
      .flatMap((action) => [...digits(action), ...timeouts(action), ...terminator(action), ...failure(action, root)]),
};

const startOf = (node: unknown, otherwise: number) => (isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise);

const numbersOf = ({ body }: Action) => {
  const range = mapAt(body, 'digits', 'range');
  const exact = textAt(mapAt(body, 'digits'), 'exact');
  const [least, most] = range ? [textAt(range, 'min'), textAt(range, 'max')] : [exact, exact];
  return { least: Number(least), most: Number(most), isRange: range !== undefined };
};

function digits(action: Action): readonly Problem[] {
  const { least, most, isRange } = numbersOf(action);
  const offset = startOf(nodeAt(action.body, 'digits'), action.entry.start);
  if (least > most || least < 1 || most > MOST) {
    const message = `from ${least} to ${most} digits cannot be entered: 1 to ${MOST}, the least first`;
    return [{ severity: 'error', message, offset }];
  }
  if (!isRange || most < MANY || least > 1) return [];
  return [{ severity: 'warning', message: `one digit will do where ${most} are meant`, offset }];
}

function timeouts(action: Action): readonly Problem[] {
  const { entry, body } = action;
  if (!(numbersOf(action).most >= MANY)) return [];
  return (['noEntryTimeout', 'interDigitTimeout'] as const)
    .filter((key) => isNoValue(nodeAt(body, key)) || !body?.has(key))
    .map((key) => ({
      severity: 'warning',
      message: `${key} is left to its default of a few seconds: ${numbersOf(action).most} digits take longer`,
      offset: startOf(nodeAt(body, key), entry.start),
    }));
}

const words: Readonly<Record<string, RegExp>> = {
  'digit_*': /\*|star|asterisk/i,
  digit_star: /\*|star|asterisk/i,
  'digit_#': /#|pound|hash|number sign/i,
  digit_pound: /#|pound|hash|number sign/i,
};

/** Only an English text can be searched for the key. */
function terminator({ body, entry }: Action): readonly Problem[] {
  const range = mapAt(body, 'digits', 'range');
  const key = textAt(range, 'terminatingDtmf');
  const spoken = textAt(mapAt(body, 'inputAudio'), 'tts');
  const word = key === undefined || !Object.hasOwn(words, key) ? undefined : words[key];
  if (!word || spoken === undefined || word.test(spoken) || !/\b(?:enter|please|your|the)\b/i.test(spoken)) return [];
  const message = `${key} ends the entry, but the caller is not told so`;
  return [{ severity: 'warning', message, offset: startOf(nodeAt(range, 'terminatingDtmf'), entry.start) }];
}

const speaks = ({ actions }: Block): boolean =>
  actions.some(({ kind, ways }) => !SILENT.has(kind) || ways.some(({ block }) => speaks(block)));
const SILENT = new Set(['setParticipantData', 'updateData', 'disconnect', 'endTask', 'callData', 'decision']);

function failure({ ways, entry, kind }: Action, root: string): readonly Problem[] {
  const block = ways.find(({ label }) => label === 'failure')?.block;
  if (!root.endsWith('Call') || !block || speaks(block)) return [];
  const message = `when ${kind} fails the caller hears nothing, and gets no second try`;
  return [{ severity: 'warning', message, offset: block.actions[0]?.entry.start ?? entry.start }];
}
