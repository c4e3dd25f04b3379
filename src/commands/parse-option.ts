import { InvalidArgumentError } from 'commander';
import { phoneNumber } from '../settings/phone-number.ts';
import { settingOf } from '../settings/table.ts';
import { KEYS_RULE, keyGroups } from './keys.ts';

/** A whole number within bounds. */
export const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new InvalidArgumentError(`Use a whole number from ${least} to ${most}.`);
  return value;
};

/** Groups of keys, gathered from several words. */
export const pressed = (text: string, before: readonly string[] = []) => {
  const groups = keyGroups(text);
  if (!groups) throw new InvalidArgumentError(KEYS_RULE);
  return [...before, ...groups];
};

/** A telephone number, in the international form. */
export const number = (text: string) => {
  const { data, error } = phoneNumber.safeParse(text);
  if (data === undefined) throw new InvalidArgumentError(error?.issues[0]?.message ?? '');
  return data;
};

/** The name of a profile of the Genesys Cloud CLI, as `--gc-profile` takes it. */
export const profileName = (text: string) => {
  const { data, error } = settingOf('gcProfile').schema.safeParse(text);
  if (typeof data !== 'string') throw new InvalidArgumentError(error?.issues[0]?.message ?? '');
  return data;
};

/** The ARN of a user or a role of IAM. */
export const principalArn = (text: string) => {
  if (!/^arn:aws[a-z-]*:iam::\d{12}:(user|role)\/[\w+=,.@/-]+$/.test(text))
    throw new InvalidArgumentError('Use the ARN of a user or a role: arn:aws:iam::123456789012:user/installer.');
  return text;
};
