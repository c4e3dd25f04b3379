import { isMap, type YAMLMap } from 'yaml';
import { make, NOT_SET } from '../../expression/value.ts';
import { mapAt, nodeAt, textAt } from '../../model/entries.ts';
import { assign, targetVariable } from '../assign.ts';
import { play } from '../audio.ts';
import { FlowFailure } from '../flow-failure.ts';
import { isSecureFlow, setBuiltIn } from '../frame.ts';
import { keyOf } from '../keys.ts';
import { settingFor } from '../settings.ts';
import { along, type Perform, type Step } from '../step.ts';
import { durationOf, isTrue } from '../values.ts';

/** What is asked of the caller. Times are milliseconds. */
interface Question {
  readonly least: number;
  readonly most: number;
  /** Ends the entry. */
  readonly terminator: string | undefined;
  readonly keepsTerminator: boolean;
  /** Keys that are an entry by themselves. */
  readonly alone: readonly string[];
  readonly noEntry: number;
  readonly interDigit: number;
  readonly isSecret: boolean;
}

type Entry = { readonly digits: string } | { readonly failure: string; readonly isSilence?: boolean };

const MOST_DIGITS = 40;

/**
 * Asks for digits, once: how often Architect itself asks again after a time-out is not documented. Keys beyond the last
 * digit are left for whatever comes next.
 */
export const collectInput: Perform = async (step) => {
  const { body, frame } = step;
  const question = questionOf(step);
  const target = nodeAt(body, 'inputData');
  await play(step, nodeAt(body, 'inputAudio'));
  const entry = await enter(step, question);
  const isGiven = 'digits' in entry;
  setBuiltIn(frame.run, 'Menu.LastCollectionNoInput', make.boolean(!isGiven && entry.isSilence === true));
  setBuiltIn(frame.run, 'Menu.LastCollectionNoMatch', make.boolean(!isGiven && entry.isSilence !== true));
  // Whether what was in the variable before stays is not documented.
  if (!isGiven) assign(step, target, NOT_SET);
  if (!isGiven) return along('failure', entry.failure);
  if (question.isSecret) frame.run.secrets.keep(entry.digits);
  assign(step, target, make.string(entry.digits));
  await readBack(step, entry.digits);
  return along('success', question.isSecret ? '•'.repeat(entry.digits.length) : entry.digits);
};

function questionOf(step: Step): Question {
  const { body, frame, kind } = step;
  const digits = mapAt(body, 'digits');
  const range = mapAt(digits, 'range');
  const [least, most] = range
    ? [numberAt(range, 'min'), numberAt(range, 'max')]
    : [numberAt(digits, 'exact'), numberAt(digits, 'exact')];
  if (!(least >= 1 && least <= most && most <= MOST_DIGITS))
    throw new FlowFailure(`so many digits cannot be entered: 1 to ${MOST_DIGITS}, the least first`, step.spot);
  const setting = (key: string) => durationOf(step, settingFor(frame.run, kind, body, key));
  return {
    least,
    most,
    terminator: keyOf(textAt(range, 'terminatingDtmf')),
    keepsTerminator: isTrue(step, nodeAt(body, 'includeTerminatingDtmfInResultData')),
    alone: [
      ...(isTrue(step, nodeAt(body, 'acceptJustStar')) ? ['*'] : []),
      ...(isTrue(step, nodeAt(body, 'acceptJustPound')) ? ['#'] : []),
    ],
    noEntry: setting('noEntryTimeout') ?? 5_000,
    interDigit: setting('interDigitTimeout') ?? 3_000,
    isSecret: isSecureFlow(frame.run) || targetVariable(step, nodeAt(body, 'inputData'))?.isSecure === true,
  };
}

const numberAt = (map: YAMLMap | undefined, key: string): number => {
  const value = nodeAt(map, key);
  return Number((isMap(value) ? textAt(value, 'lit') : textAt(map, key)) ?? Number.NaN);
};

async function enter({ frame }: Step, question: Question): Promise<Entry> {
  const { least, most, terminator, keepsTerminator, alone, noEntry, interDigit, isSecret } = question;
  const { host } = frame.run;
  let digits = '';
  for (;;) {
    const key = await host.key(digits === '' ? noEntry : interDigit, isSecret);
    if (key === undefined && digits === '') return { failure: 'no entry', isSilence: true };
    if (digits === '' && key !== undefined && alone.includes(key)) return { digits: key };
    // That enough digits will do where the caller then stops is the natural reading.
    if (key === undefined || key === terminator)
      return digits.length >= least
        ? { digits: key !== undefined && keepsTerminator ? `${digits}${key}` : digits }
        : { failure: `${digits.length} of ${least} digits` };
    if (!/^\d$/.test(key)) return { failure: `the key ${key}` };
    digits += key;
    if (digits.length === most) return { digits };
  }
}

/** How a caller confirms is not documented: what is read back counts as confirmed. */
async function readBack(step: Step, digits: string): Promise<void> {
  const { body, frame } = step;
  const how = textAt(body, 'verificationType');
  if (how !== 'individualDigits' && how !== 'numeric') return;
  await play(step, nodeAt(body, 'verificationAudio'));
  const { host, secrets } = frame.run;
  await host.say(secrets.mask(how === 'numeric' ? digits : [...digits].join(' ')), true);
}
