import { describe, expect, test } from 'vitest';
import { answerProblem, normalized } from '../../src/settings/answer-problem.ts';
import { type Answers, type Known, NO, OTHER_NUMBER, YES } from '../../src/settings/answers.ts';
import type { Sourced } from '../../src/settings/gather.ts';
import { offerOf } from '../../src/settings/offers.ts';
import { isSettled, nextQuestion } from '../../src/settings/questions.ts';
import { forget, stepBack, takeBack } from '../../src/settings/step-back.ts';
import { type SettingId, settingOf, settingsTable } from '../../src/settings/table.ts';
import { typedAnswers } from '../../src/settings/typed-answers.ts';

const nothing: Known = {
  given: {},
  last: {},
  before: {},
  awsProfiles: [],
  hasAwsKeys: true,
  freeNumbers: [],
  canSave: true,
};
const account = { awsAccount: '123456789012' };
const by = (value: string): Sourced => ({ value, source: '--flag' });

/** The first answer to each question that comes up, until none does; gives their ids in order. */
function askAll(known: Known, choose: Answers = {}, start: Answers = {}) {
  let answers: Answers = start;
  const asked: string[] = [];
  for (let question = nextQuestion(answers, known); question; question = nextQuestion(answers, known)) {
    asked.push(question.id);
    const { id, offer, choices, setting } = question;
    answers = { ...answers, [id]: choose[id] ?? offer?.text ?? choices[0]?.value ?? setting?.example ?? '' };
  }
  return { asked, answers };
}

const USUAL = [
  ...['genesysRegion', 'clientId', 'clientSecret', 'awsRegion', 'environment', 'bucket', 'bucketTag'],
  ...['didStart', 'didEnd', 'didProvider', 'advanced', 'save'],
];
const ADVANCED = [
  ...['division', 'runtime', 'logRetentionDays', 'triggerScope', 'triggerDelay', 'secureDataAction'],
  ...['paymentPrefix', 'savePrefix'],
];
const LAST = {
  ...{ genesysRegion: 'eu-west-1', clientId: '7de3af06-c0b3-4f9b-af45-72f4a1403797', awsRegion: 'eu-west-1' },
  ...{ environment: 'dev', bucket: 'payments', bucketTag: 'T', didStart: '+13175550100', didEnd: '+13175550100' },
  ...{ didProvider: 'PURE_CLOUD', triggerScope: 'number', triggerDelay: 0, runtime: 'nodejs24.x' },
  ...{ logRetentionDays: 30, paymentPrefix: 'a', savePrefix: 'b', genesysAwsAccount: '765628985471' },
};

describe('what is asked, in order', () => {
  const without = (...ids: readonly string[]) => USUAL.filter((id) => !ids.includes(id));
  const cases: readonly (readonly [string, Known, Answers, readonly string[]])[] = [
    ['everything where nothing is known', nothing, {}, USUAL],
    [
      'nothing that was given',
      { ...nothing, given: { genesysRegion: by('us-east-1'), awsRegion: by('us-east-1'), bucketTag: by('x') } },
      {},
      without('genesysRegion', 'awsRegion', 'bucketTag'),
    ],
    [
      'a profile where there are profiles and no keys',
      { ...nothing, hasAwsKeys: false, awsProfiles: [{ name: 'dev' }] },
      {},
      USUAL.toSpliced(3, 0, 'awsProfile'),
    ],
    ['no profile where there are none', { ...nothing, hasAwsKeys: false }, {}, USUAL],
    ['no provider where the pools have one', { ...nothing, didProvider: 'PURE_CLOUD' }, {}, without('didProvider')],
    [
      'a free number instead of a typed one',
      { ...nothing, freeNumbers: ['+13175550100'] },
      {},
      without('didEnd').map((id) => (id === 'didStart' ? 'numbers' : id)),
    ],
    [
      'a typed one where no free one will do',
      { ...nothing, freeNumbers: ['+13175550100'] },
      { numbers: OTHER_NUMBER },
      USUAL.toSpliced(7, 0, 'numbers'),
    ],
    [
      'no free number where one was given',
      { ...nothing, freeNumbers: ['+13175550100'], given: { didStart: by('+13175550109') } },
      {},
      without('didStart', 'didEnd'),
    ],
    [
      "Genesys Cloud's account where it is not known",
      nothing,
      { genesysRegion: 'eusc-de-east-1' },
      USUAL.toSpliced(10, 0, 'genesysAwsAccount'),
    ],
    ['the rest if that is wished for', nothing, { advanced: YES }, USUAL.toSpliced(11, 0, ...ADVANCED)],
    [
      'no scope for a range, which has only one',
      nothing,
      { advanced: YES, didStart: '+13175550100', didEnd: '+13175550109' },
      USUAL.toSpliced(11, 0, ...ADVANCED).filter((id) => id !== 'triggerScope'),
    ],
    ['nothing about a file that is there', { ...nothing, canSave: false }, {}, without('save')],
    ['only the secret after a run whose values are kept', { ...nothing, last: LAST }, {}, ['reuse', 'clientSecret']],
    [
      'everything after a run whose values are gone through',
      { ...nothing, last: LAST },
      { reuse: NO },
      ['reuse', ...USUAL],
    ],
  ];
  test.each(cases)('%s', (_, known, choose, expected) => {
    expect(askAll(known, choose).asked).toEqual(expected);
  });

  test('every setting can be asked for, but the organization, the profile, which says what is asked for itself, and the publisher', () => {
    const known = { ...nothing, hasAwsKeys: false, awsProfiles: [{ name: 'dev' }] };
    const { asked } = askAll(known, { advanced: YES, genesysRegion: 'eusc-de-east-1' });
    expect(settingsTable.map(({ id }) => id).filter((id) => !asked.includes(id))).toEqual([
      ...['gcProfile', 'organizationId', 'publisher', 'archyPath'],
    ]);
  });

  test('a question is the same however often it is asked for', () => {
    expect(nextQuestion({}, nothing)).toEqual(nextQuestion({}, nothing));
    expect(nextQuestion({}, nothing)).toMatchObject({ id: 'genesysRegion', form: 'choice' });
    expect(nextQuestion({}, nothing)?.choices).toHaveLength(18);
  });

  test('a part is settled once none of its questions is open', () => {
    const ids = ['genesysRegion', 'clientId'] as const;
    expect(isSettled(ids, { genesysRegion: 'us-east-1' }, nothing)).toBe(false);
    expect(isSettled(ids, { genesysRegion: 'us-east-1', clientId: 'x' }, nothing)).toBe(true);
    expect(isSettled(ids, {}, { ...nothing, last: LAST })).toBe(false);
    expect(isSettled(ids, { reuse: YES }, { ...nothing, last: LAST })).toBe(true);
  });
});

describe('what is offered', () => {
  const upTo = (id: SettingId, known: Known, choose: Answers) => {
    let answers: Answers = {};
    for (let question = nextQuestion(answers, known); question; question = nextQuestion(answers, known)) {
      if (question.id === id) return question.offer;
      const { offer, choices, setting } = question;
      answers = {
        ...answers,
        [question.id]: choose[question.id] ?? offer?.text ?? choices[0]?.value ?? setting?.example,
      };
    }
    throw new Error(`${id} was not asked for.`);
  };
  const profiles = { hasAwsKeys: false, awsProfiles: [{ name: 'dev', region: 'eu-west-1' }, { name: 'prod' }] };
  const cases: readonly (readonly [
    SettingId,
    string,
    Partial<Known>,
    Answers,
    readonly [string, string] | undefined,
  ])[] = [
    ['clientId', 'nothing to begin with', {}, {}, undefined],
    [
      'clientSecret',
      'never a secret',
      { before: { clientSecret: 'x' }, last: { clientSecret: 'x' } },
      { reuse: NO },
      undefined,
    ],
    ['clientId', 'the value of the last run', { last: LAST }, { reuse: NO }, [LAST.clientId, 'the last run']],
    [
      'clientId',
      'an answer that was taken back',
      { last: LAST, before: { clientId: 'x' } },
      { reuse: NO },
      ['x', 'your answer'],
    ],
    ['environment', 'the default', {}, {}, ['dev', 'default']],
    [
      'bucket',
      'a name that only this account can have',
      account,
      { awsRegion: 'eu-west-2', environment: 'test' },
      ['test-eo-123456789012-eu-west-2-an', 'default'],
    ],
    ['bucket', 'nothing while the account is not known', {}, {}, undefined],
    [
      'bucket',
      'not one in another region',
      { ...account, last: LAST },
      { reuse: NO, awsRegion: 'eu-west-2' },
      ['dev-eo-123456789012-eu-west-2-an', 'default'],
    ],
    ['awsProfile', 'the first profile', profiles, {}, ['dev', 'AWS configuration']],
    ['awsRegion', 'that of the profile', profiles, {}, ['eu-west-1', 'AWS profile "dev"']],
    [
      'awsRegion',
      'that of Genesys Cloud',
      profiles,
      { awsProfile: 'prod', genesysRegion: 'eu-west-2' },
      ['eu-west-2', 'as Genesys Cloud'],
    ],
    ['didEnd', 'the first number', {}, { didStart: '+13175550100' }, ['+13175550100', 'default']],
    [
      'didEnd',
      'not the end of another range',
      { last: LAST },
      { reuse: NO, didStart: '+13175550200' },
      ['+13175550200', 'default'],
    ],
    ['division', 'the home division', {}, { advanced: YES }, ['Home', 'default']],
  ];
  test.each(cases)('for %s: %s', (id, _, known, choose, expected) => {
    const offer = expected && { text: expected[0], origin: expected[1] };
    expect(upTo(id, { ...nothing, ...known }, choose)).toEqual(offer);
  });
});

describe('an answer', () => {
  test.each<[SettingId, string, Answers, RegExp | undefined]>([
    ['didStart', ' +1 (720) 555-0100 ', {}, undefined],
    ['didStart', '7205550100', {}, /^Use the international form/],
    ['didEnd', '+17205550099', { didStart: '+17205550100' }, /comes before the first/],
    ['didEnd', '+17205550099', { numbers: '+17205550100' }, /comes before the first/],
    ['environment', 'Prod', {}, /lower-case/],
    ['savePrefix', 'PAY', { paymentPrefix: 'pay' }, /the same prefix/],
    ['paymentPrefix', 'x'.repeat(41), { environment: 'dev' }, /44 characters together/],
    ['division', ' ', {}, undefined],
    ['bucket', 'My.Bucket', {}, /dots/],
  ])('%s: %j', (id, text, answers, problem) => {
    const found = answerProblem(settingOf(id), text, answers, nothing);
    if (problem) expect(found).toMatch(problem);
    else expect(found).toBeUndefined();
  });

  test('is held against what was given', () => {
    const known = { ...nothing, given: { didEnd: by('+17205550099') } };
    expect(answerProblem(settingOf('didStart'), '+17205550100', {}, known)).toMatch(/comes before the first/);
  });

  test.each<[SettingId, string, string]>([
    ['didStart', '" +1 (720) 555-0100 "', '+17205550100'],
    ['clientId', ' 7DE3AF06-c0b3-4f9b-af45-72f4a1403797\t', '7de3af06-c0b3-4f9b-af45-72f4a1403797'],
    ['triggerDelay', '060', '60'],
    ['clientSecret', ' x ', ' x '],
    ['didStart', 'junk', 'junk'],
  ])('%s %j is kept as %j', (id, text, kept) => {
    expect(normalized(settingOf(id), text)).toBe(kept);
  });
});

describe('the answers as values', () => {
  test('leave out what is the default anyway', () => {
    const { answers } = askAll({ ...nothing, ...account }, { advanced: YES });
    expect(Object.keys(typedAnswers(answers, { ...nothing, ...account }))).toEqual([
      ...['genesysRegion', 'clientId', 'clientSecret', 'awsRegion', 'didStart', 'didProvider'],
    ]);
  });

  test('say where each comes from', () => {
    const known = { ...nothing, last: LAST };
    const answers: Answers = { reuse: NO, genesysRegion: 'us-east-1', clientId: LAST.clientId, awsRegion: 'us-east-1' };
    expect(typedAnswers(answers, known)).toEqual({
      genesysRegion: { text: 'us-east-1', source: 'your answer' },
      clientId: { text: LAST.clientId, source: 'the last run' },
      awsRegion: { text: 'us-east-1', source: 'your answer' },
    });
  });

  test('say a default where the last run had something else', () => {
    const known = { ...nothing, last: { ...LAST, bucketTag: 'Other' } };
    expect(typedAnswers({ bucketTag: 'Event orchestration payments' }, known)).toHaveProperty('bucketTag');
  });

  test('have a number that was picked as the first, and none where another was typed', () => {
    expect(typedAnswers({ numbers: '+13175550100' }, nothing)).toHaveProperty('didStart.text', '+13175550100');
    expect(typedAnswers({ numbers: OTHER_NUMBER }, nothing)).toEqual({});
  });
});

describe('going back', () => {
  test('takes the last answer back, to be offered again', () => {
    const answers: Answers = { genesysRegion: 'us-east-1', clientId: 'x' };
    expect(stepBack(answers, nothing)).toEqual({ answers: { genesysRegion: 'us-east-1' }, before: { clientId: 'x' } });
  });

  test('keeps no answer that only followed from another: it follows that one when it changes', () => {
    const known = { ...nothing, ...account };
    const answers: Answers = { awsRegion: 'us-east-1', environment: 'x1', bucket: 'x1-eo-123456789012-us-east-1-an' };
    const back = stepBack(answers, known);
    expect(back?.before).toEqual({});
    const other = { ...back?.answers, environment: 'x2' };
    expect(offerOf('bucket', other, { ...known, before: back?.before ?? {} })?.text).toMatch(/^x2-eo-/);
    expect(stepBack({ ...answers, bucket: 'my-own' }, known)?.before).toEqual({ bucket: 'my-own' });
  });

  test('keeps that there is a secret, and says that Enter keeps it', () => {
    const back = stepBack({ genesysRegion: 'us-east-1', clientId: 'x', clientSecret: '[secret]' }, nothing);
    const known = { ...nothing, before: back?.before ?? {} };
    expect(nextQuestion(back?.answers ?? {}, known)?.message).toMatch(/Enter keeps the one that is set\.$/);
  });

  test('from every question leads to the one before', () => {
    const { answers, asked } = askAll(nothing, { advanced: YES });
    let rest: Answers = answers;
    for (const id of asked.toReversed()) {
      rest = stepBack(rest, nothing)?.answers ?? {};
      expect(nextQuestion(rest, nothing)?.id).toBe(id);
    }
    expect(stepBack(rest, nothing)).toBeUndefined();
  });

  test('further takes back all that came after, and forgets a secret', () => {
    const answers: Answers = { genesysRegion: 'a', clientId: 'b', clientSecret: '[secret]', awsRegion: 'c' };
    expect(forget(['clientSecret', 'clientId'], answers, { bucket: 'd' })).toEqual({
      answers: { genesysRegion: 'a' },
      before: { bucket: 'd', clientId: 'b', awsRegion: 'c' },
    });
    expect(forget(['bucket'], answers, {})).toEqual({ answers, before: {} });
  });

  const kept: Answers = { reuse: YES, clientSecret: '[secret]' };
  const past: Known = { ...nothing, last: LAST };
  test.each<[string, readonly SettingId[], Answers, Known, Answers | undefined, Answers | undefined]>([
    ['an answer', ['clientId'], { clientId: 'a', clientSecret: '[secret]' }, nothing, {}, { clientId: 'a' }],
    ['the choice to keep what the last run had', ['clientId'], kept, past, {}, { reuse: NO }],
    ['only the secret where that is to blame', ['clientSecret'], kept, past, { reuse: YES }, {}],
    [
      'nothing where all was given',
      ['clientId'],
      {},
      { ...nothing, given: { clientId: by('a') } },
      undefined,
      undefined,
    ],
  ])('after a refusal takes back %s', (_, likely, answers, known, left, before) => {
    expect(takeBack(likely, answers, known)).toEqual(left && { answers: left, before });
  });
});
