import * as z from 'zod';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { defaultBucket } from './bucket-name.ts';
import type { Values } from './gather.ts';
import { type GenesysRegion, genesysAwsAccount } from './regions.ts';
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
  genesysRegion: z.custom<GenesysRegion>((value) => typeof value === 'string'),
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
  const given: Readonly<Record<string, { value: string | number; source: string } | undefined>> = {
    ...Object.fromEntries(plain),
    ...values,
  };
  const text = (id: string) => String(given[id]?.value ?? '');
  const [first, last] = [text('didStart'), given['didEnd'] ? text('didEnd') : text('didStart')];
  const derived: Readonly<Record<string, string | undefined>> = {
    genesysAwsAccount: genesysAwsAccount(text('genesysRegion') as GenesysRegion),
    bucket: defaultBucket(text('environment'), identity.awsAccount, text('awsRegion')),
    didEnd: first,
    didProvider: found.didProvider,
    triggerScope: first === last ? 'number' : 'all',
  };
  const byIdentity = Object.entries(derived).flatMap(([id, value]) =>
    value === undefined || given[id]
      ? []
      : [[id, { value, source: id === 'didProvider' ? 'existing DID pools' : 'default' }] as const],
  );
  const whole: typeof given = {
    ...given,
    ...Object.fromEntries(byIdentity),
    organizationId: { value: identity.organizationId, source: 'signed in' },
  };
  const entries = Object.entries(whole).flatMap(([id, sourced]) =>
    sourced && id !== 'clientSecret' ? [[id, sourced] as const] : [],
  );
  return {
    settings: parseSettings(Object.fromEntries(entries.map(([id, { value }]) => [id, value]))),
    origins: Object.fromEntries(entries.map(([id, { source }]) => [id, source])),
  };
}

function checkOrganization({ organizationId }: Values, identity: Identity): void {
  if (!organizationId || organizationId.value === identity.organizationId) return;
  throw new SetupError(
    `The OAuth client belongs to the organization ${identity.organizationName} (${identity.organizationId}), not to ${organizationId.value} (${organizationId.source}).`,
    { exit: exitCode.preflight, hint: 'Use a client of the organization you mean, or correct the organization id.' },
  );
}
