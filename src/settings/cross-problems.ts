import { ANSWERED } from './answers.ts';
import { bucketNameProblem, defaultBucket } from './bucket-name.ts';
import type { Values } from './gather.ts';
import { rangeProblem } from './phone-number.ts';
import type { Setting } from './setting.ts';
import { type SettingId, settingsTable } from './table.ts';

/** `<env>-<prefix>-LambdaExecutionRole` has 64 characters at most. */
const LONGEST = 43;

/** What is wrong with values that are fine one by one: a sentence each, as far as they are known. */
export const crossProblems = (values: Values): readonly string[] => [
  ...numberProblems(values),
  ...prefixProblems(values),
  ...bucketProblems(values),
];

function numberProblems({ didStart, didEnd, triggerScope }: Values): readonly string[] {
  if (!didStart || !didEnd) return [];
  const [first, last] = [String(didStart.value), String(didEnd.value)];
  const wrong = rangeProblem(first, last);
  const from = [...new Set([didStart.source, didEnd.source])].filter((source) => source !== ANSWERED);
  if (wrong) return [from.length > 0 ? `${wrong} (${from.join(', ')})` : wrong];
  if (triggerScope?.value !== 'number' || first === last) return [];
  return [
    `The trigger scope "number" (${triggerScope.source}) is for one number, and ${first} to ${last} are more. Use "all".`,
  ];
}

function prefixProblems({ environment, paymentPrefix, savePrefix }: Values): readonly string[] {
  const name = String(environment?.value ?? defaultOf('environment'));
  const payment = String(paymentPrefix?.value ?? defaultOf('paymentPrefix'));
  const save = String(savePrefix?.value ?? defaultOf('savePrefix'));
  const given = [
    { prefix: payment, source: paymentPrefix?.source },
    { prefix: save, source: savePrefix?.source },
  ];
  const long = given.flatMap(({ prefix, source }) => {
    const length = `${name}${prefix}`.length;
    if (length <= LONGEST) return [];
    const from = source ?? environment?.source ?? 'default';
    return [
      `The environment "${name}" and the prefix "${prefix}" (${from}) are ${length} characters together. Use at most ${LONGEST}, so that role names fit.`,
    ];
  });
  if (payment.toLowerCase() !== save.toLowerCase()) return long;
  const [one, other] = given.map(({ source }) => source ?? 'default');
  return [...long, `"${payment}" (${one}) and "${save}" (${other}) are the same prefix. Use two that differ.`];
}

/** The default bucket begins with the environment, and AWS keeps some beginnings for itself. */
function bucketProblems({ bucket, environment }: Values): readonly string[] {
  if (bucket || !environment) return [];
  const problem = bucketNameProblem(defaultBucket(String(environment.value), '000000000000', 'us-east-1'));
  if (!problem) return [];
  return [
    `No bucket can be named after the environment "${environment.value}" (${environment.source}). Give one with --bucket.`,
  ];
}

const defaultOf = (id: SettingId) => {
  const setting: Setting | undefined = settingsTable.find((one) => one.id === id);
  return setting?.default;
};
