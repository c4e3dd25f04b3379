import { type Answers, hasLast, type Known, NO, OTHER_NUMBER, textOf, YES } from './answers.ts';
import { type Offer, offerOf } from './offers.ts';
import { regionNames } from './region-names.ts';
import { type GenesysRegion, genesysAwsAccount } from './regions.ts';
import type { Setting } from './setting.ts';
import { type SettingId, settingOf, settingsTable } from './table.ts';

/** The settings, and what else is asked on the way. */
export type QuestionId = SettingId | 'reuse' | 'numbers' | 'advanced' | 'save';

export interface Choice {
  readonly value: string;
  readonly name: string;
  /** Offered whatever is searched for. */
  readonly isAlways?: true;
}

/** A question as data; the UI decides how it looks. */
export interface Question {
  readonly id: QuestionId;
  readonly form: 'text' | 'secret' | 'choice';
  readonly message: string;
  /** For the form `choice`; never empty. */
  readonly choices: readonly Choice[];
  /** What Enter alone takes. */
  readonly offer?: Offer | undefined;
  /** The setting that it is for; absent where it is for none, or for several. */
  readonly setting?: Setting | undefined;
}

type Ask = (answers: Answers, known: Known) => boolean;

interface Row {
  readonly id: QuestionId;
  readonly isAsked?: Ask;
  readonly choices?: (answers: Answers, known: Known) => readonly Choice[];
  readonly message?: string;
  /** What is offered where it is for no setting. */
  readonly byDefault?: string;
}

const yesOrNo = (yes: string, no: string) => () => [
  { value: YES, name: yes },
  { value: NO, name: no },
];
const plain = (text: string): Choice => ({ value: text, name: text });

const isForRange: Ask = (answers, known) => {
  const [first, last] = [textOf('didStart', answers, known), textOf('didEnd', answers, known)];
  return last !== undefined && last !== first;
};

const needsGenesysAccount: Ask = (answers, known) => {
  const region = textOf('genesysRegion', answers, known);
  return region !== undefined && genesysAwsAccount(region as GenesysRegion) === undefined;
};

/** What everybody is asked, in the order of asking. */
const basic: readonly Row[] = [
  {
    id: 'reuse',
    isAsked: (_, known) => hasLast(known),
    message: 'There was a run here before. What about its values?',
    choices: yesOrNo('Keep them; ask only for what is missing', 'Go through them'),
    byDefault: YES,
  },
  {
    id: 'genesysRegion',
    choices: () => Object.entries(regionNames).map(([value, name]) => ({ value, name: `${name} ${value}` })),
  },
  { id: 'clientId' },
  { id: 'clientSecret' },
  {
    id: 'awsProfile',
    isAsked: ({ reuse }, { hasAwsKeys, awsProfiles }) => reuse !== YES && !hasAwsKeys && awsProfiles.length > 0,
    choices: (_, { awsProfiles }) => awsProfiles.map(({ name }) => plain(name)),
  },
  { id: 'awsRegion' },
  { id: 'environment' },
  { id: 'bucket' },
  { id: 'bucketTag' },
  {
    id: 'numbers',
    isAsked: (answers, known) => known.freeNumbers.length > 0 && textOf('didStart', answers, known) === undefined,
    message: 'Which number do callers dial? These are free.',
    choices: (_, { freeNumbers }) => [
      ...freeNumbers.map(plain),
      { value: OTHER_NUMBER, name: 'Type another one, or a range', isAlways: true },
    ],
  },
  { id: 'didStart' },
  { id: 'didEnd', isAsked: ({ didStart }) => didStart !== undefined },
  {
    id: 'didProvider',
    isAsked: (_, { didProvider }) => didProvider === undefined,
    choices: () => [
      { value: 'PURE_CLOUD_VOICE', name: 'Genesys Cloud Voice (PURE_CLOUD_VOICE)' },
      { value: 'PURE_CLOUD', name: 'A carrier of your own, BYOC (PURE_CLOUD)' },
    ],
  },
  { id: 'genesysAwsAccount', isAsked: needsGenesysAccount },
];

/** The organization is that of the client, a profile says what is asked for one by one, and few have an Archy. */
const UNASKED: readonly SettingId[] = ['organizationId', 'gcProfile', 'publisher', 'archyPath'];

/** The settings that most people leave alone: all others. */
const advanced = settingsTable
  .map(({ id }) => id)
  .filter((id) => !UNASKED.includes(id) && !basic.some((row) => row.id === id));

const advancedChoices: Readonly<Partial<Record<SettingId, readonly Choice[]>>> = {
  triggerScope: [
    { value: 'number', name: 'Calls to this number' },
    { value: 'all', name: 'Every inbound call of the organization' },
  ],
  secureDataAction: [
    { value: 'off', name: 'No' },
    { value: 'on', name: 'Yes, though Genesys has not confirmed how' },
  ],
};

/** Every question, in the order of asking. */
const rows: readonly Row[] = [
  ...basic,
  {
    id: 'advanced',
    isAsked: (answers, known) =>
      answers.reuse !== YES && advanced.some((id) => textOf(id, answers, known) === undefined),
    message: 'Is there more to set: division, workflow, runtime, logs, prefixes?',
    choices: yesOrNo('Yes, ask me', 'No, the defaults will do'),
    byDefault: NO,
  },
  ...advanced.map(
    (id): Row => ({
      id,
      isAsked: (answers, known) => answers.advanced === YES && !(id === 'triggerScope' && isForRange(answers, known)),
      choices: () => advancedChoices[id] ?? (settingOf(id).choices ?? []).map(plain),
    }),
  ),
  {
    id: 'save',
    isAsked: ({ reuse }, { canSave }) => reuse !== YES && canSave,
    message: 'Save the answers to eo-setup.yaml, without the secret, if you go ahead?',
    choices: yesOrNo('Yes', 'No'),
    byDefault: NO,
  },
];

const isSetting = (id: QuestionId): id is SettingId => settingsTable.some((one) => one.id === id);

function isOpen({ id, isAsked }: Row, answers: Answers, known: Known): boolean {
  if (answers[id] !== undefined || isAsked?.(answers, known) === false) return false;
  return !isSetting(id) || textOf(id, answers, known) === undefined;
}

/** The next thing to ask; undefined once all is known. */
export function nextQuestion(answers: Answers, known: Known): Question | undefined {
  const row = rows.find((one) => isOpen(one, answers, known));
  if (!row) return undefined;
  const { id, message } = row;
  const choices = row.choices?.(answers, known) ?? [];
  const form = choices.length > 0 ? 'choice' : 'text';
  if (!isSetting(id)) {
    const text = known.before[id] ?? row.byDefault;
    return { id, form, message: message ?? '', choices, offer: text === undefined ? undefined : { text, origin: '' } };
  }
  const setting = settingOf(id);
  const { question, secret } = setting;
  const kept = known.before[id] === undefined ? '' : ' Enter keeps the one that is set.';
  if (secret) return { id, form: 'secret', message: `${question}${kept}`, choices, setting };
  return { id, form, message: question, choices, offer: offerOf(id, answers, known), setting };
}

/** Whether none of these is still to be asked. */
export const isSettled = (ids: readonly QuestionId[], answers: Answers, known: Known): boolean =>
  !rows.some((row) => (row.id === 'reuse' || ids.includes(row.id)) && isOpen(row, answers, known));
