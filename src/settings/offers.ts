import { ANSWERED, type Answers, type Known, textOf } from './answers.ts';
import { defaultBucket } from './bucket-name.ts';
import type { Setting } from './setting.ts';
import { type SettingId, settingOf, settingsTable } from './table.ts';

/** A value that Enter alone takes, and where it comes from. */
export interface Offer {
  readonly text: string;
  readonly origin: string;
}

const LAST = 'the last run';

/** What would be the value if nobody said otherwise: that of the last run, or a default. */
export function baseOf(id: SettingId, answers: Answers, known: Known): Offer | undefined {
  const setting = settingOf(id);
  const before = isStale(setting, answers, known) ? undefined : known.last[id];
  if (typeof before === 'string' || typeof before === 'number') return { text: String(before), origin: LAST };
  if (setting.default !== undefined) return byDefault(String(setting.default));
  return derived[id]?.(answers, known);
}

/** What is offered: an answer that was taken back, or else what would be the value anyway. */
export function offerOf(id: SettingId, answers: Answers, known: Known): Offer | undefined {
  const before = known.before[id];
  return before ? { text: before, origin: ANSWERED } : baseOf(id, answers, known);
}

/** Whether an answer is no more than what followed from the answers before it. */
export const isFollowing = (id: string, text: string, answers: Answers, known: Known): boolean =>
  FOLLOWING.some((one) => one === id && baseOf(one, answers, known)?.text === text);
const FOLLOWING: readonly SettingId[] = ['awsRegion', 'bucket', 'didEnd'];

/** The last run's bucket may be in another region than this one's. */
const followedBy = ({ id, follows = [] }: Setting) => (id === 'bucket' ? ['awsRegion'] : follows);

/** The last run may only have had it because of another value, which is a different one now. */
function isStale(setting: Setting, answers: Answers, known: Known): boolean {
  return settingsTable.some(({ id }) => {
    if (!followedBy(setting).includes(id)) return false;
    const now = textOf(id, answers, known);
    return now !== undefined && now !== String(known.last[id]);
  });
}

const byDefault = (text: string): Offer => ({ text, origin: 'default' });

/** Defaults that follow from other values, or from who we are. */
const derived: Readonly<Partial<Record<SettingId, (answers: Answers, known: Known) => Offer | undefined>>> = {
  awsProfile: (_, { awsProfiles }) => {
    const profile = awsProfiles.find(({ name }) => name === 'default') ?? awsProfiles[0];
    return profile && { text: profile.name, origin: 'AWS configuration' };
  },
  awsRegion: (answers, known) => {
    const name = textOf('awsProfile', answers, known) ?? 'default';
    const region = known.hasAwsKeys ? undefined : known.awsProfiles.find((profile) => profile.name === name)?.region;
    if (region !== undefined) return { text: region, origin: `AWS profile "${name}"` };
    const near = textOf('genesysRegion', answers, known);
    return near === undefined ? undefined : { text: near, origin: 'as Genesys Cloud' };
  },
  bucket: (answers, known) => {
    const [environment, region] = [textOf('environment', answers, known), textOf('awsRegion', answers, known)];
    const { awsAccount } = known;
    if (environment === undefined || region === undefined || awsAccount === undefined) return undefined;
    return byDefault(defaultBucket(environment, awsAccount, region));
  },
  didEnd: (answers, known) => {
    const first = textOf('didStart', answers, known);
    return first === undefined ? undefined : byDefault(first);
  },
  triggerScope: () => byDefault('number'),
  division: () => byDefault('Home'),
};
