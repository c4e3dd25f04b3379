import * as z from 'zod';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { defaultBucket } from './bucket-name.ts';
import { crossProblems } from './cross-problems.ts';
import { type Sourced, usageError, type Values } from './gather.ts';
import { domains, type GenesysRegion, genesysAwsAccount } from './regions.ts';
import type { Setting } from './setting.ts';
import type { Settings } from './settings.ts';
import { settingsTable } from './table.ts';

/** Who we are on both sides. */
export interface Identity {
  /** 12 digits. */
  readonly awsAccount: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`. */
  readonly awsPartition: string;
  readonly awsArn: string;
  readonly organizationId: string;
  readonly organizationName: string;
}

/** What stands in for a value in the sandbox, where nothing is at stake. */
export const sandboxDefaults: Readonly<Record<string, string>> = {
  didStart: '+13175550100',
  didProvider: 'PURE_CLOUD_VOICE',
};

/** A value that was found out, and from what: `existing DID pools`. */
export interface FoundOut {
  readonly didProvider?: 'PURE_CLOUD' | 'PURE_CLOUD_VOICE' | undefined;
}

export interface Completed {
  readonly settings: Settings;
  /** Where each value came from. */
  readonly origins: Readonly<Record<string, string>>;
}

const shape = z.object({
  genesysRegion: z.custom<GenesysRegion>((value) => typeof value === 'string' && Object.hasOwn(domains, value)),
  clientId: z.string(),
  organizationId: z.string(),
  division: z.string().optional(),
  genesysAwsAccount: z.string(),
  awsRegion: z.string(),
  awsProfile: z.string().optional(),
  bucket: z.string(),
  bucketTag: z.string(),
  runtime: z.string(),
  logRetentionDays: z.number(),
  environment: z.string(),
  didStart: z.string(),
  didEnd: z.string(),
  didProvider: z.enum(['PURE_CLOUD', 'PURE_CLOUD_VOICE']),
  triggerScope: z.enum(['number', 'all']),
  triggerDelay: z.number(),
  // Came later: a state that was written before has none.
  secureDataAction: z.enum(['on', 'off']).default('off'),
  paymentPrefix: z.string(),
  savePrefix: z.string(),
});

/** The settings of an earlier run, as the state has them. */
export const parseSettings = (value: unknown): Settings => shape.parse(value);

/** Adds the defaults that depend on who we are. Expects that nothing is missing. */
export function complete(values: Values, identity: Identity, found: FoundOut): Completed {
  checkOrganization(values, identity);
  const all: readonly Setting[] = settingsTable;
  const plain = all.flatMap(({ id, default: value }) =>
    value === undefined ? [] : [[id, { value, source: 'default' }] as const],
  );
  const given: Given = { ...Object.fromEntries(plain), ...values };
  const whole: Given = {
    ...derived(given, identity, found),
    ...given,
    organizationId: { value: identity.organizationId, source: 'signed in' },
  };
  const error = usageError([...crossProblems(whole), ...namespaceProblems(whole, identity)], []);
  if (error) throw error;
  const entries = Object.entries(whole).flatMap(([id, sourced]) =>
    sourced && id !== 'clientSecret' ? [[id, sourced] as const] : [],
  );
  const settings = parseSettings(Object.fromEntries(entries.map(([id, { value }]) => [id, value])));
  const origins = entries.flatMap(([id, { source }]) => (Object.hasOwn(settings, id) ? [[id, source] as const] : []));
  return { settings, origins: Object.fromEntries(origins) };
}

type Given = Readonly<Record<string, Sourced | undefined>>;

const textOf = (given: Given, id: string) => String(given[id]?.value ?? '');

/** What follows from other values, and from who we are. */
function derived(given: Given, { awsAccount }: Identity, { didProvider }: FoundOut): Given {
  const [first, last] = [textOf(given, 'didStart'), textOf(given, given['didEnd'] ? 'didEnd' : 'didStart')];
  const account = genesysAwsAccount(textOf(given, 'genesysRegion') as GenesysRegion);
  const byDefault = (value: string) => ({ value, source: 'default' });
  return {
    ...(account && { genesysAwsAccount: byDefault(account) }),
    bucket: byDefault(defaultBucket(textOf(given, 'environment'), awsAccount, textOf(given, 'awsRegion'))),
    didEnd: byDefault(first),
    ...(didProvider && { didProvider: { value: didProvider, source: 'existing DID pools' } }),
    triggerScope: byDefault(first === last ? 'number' : 'all'),
  };
}

/** A bucket in an account's own namespace names the account and the region: ours, or nobody could make it. */
export function namespaceProblems(whole: Given, { awsAccount }: Pick<Identity, 'awsAccount'>): readonly string[] {
  const [bucket, region] = [textOf(whole, 'bucket'), textOf(whole, 'awsRegion')];
  const ending = `-${awsAccount}-${region}-an`;
  if (!bucket.endsWith('-an') || bucket.endsWith(ending)) return [];
  return [
    `The bucket "${bucket}" (${whole['bucket']?.source}) would belong to another account or region. Let it end in ${ending}, or not in -an.`,
  ];
}

function checkOrganization({ organizationId }: Values, identity: Identity): void {
  if (!organizationId || organizationId.value === identity.organizationId) return;
  throw new SetupError(
    `The OAuth client belongs to the organization ${identity.organizationName} (${identity.organizationId}), not to ${organizationId.value} (${organizationId.source}).`,
    { exit: exitCode.preflight, hint: 'Use a client of the organization you mean, or correct the organization id.' },
  );
}
