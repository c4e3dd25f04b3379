import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Aws } from '../clients/aws.ts';
import type { Genesys } from '../clients/genesys.ts';
import type { Secret } from '../clients/redact.ts';
import { VendorError } from '../clients/vendor-error.ts';
import { type Answers, type Known, textOf } from '../settings/answers.ts';
import { freeNumbers } from '../settings/lookups/free-numbers.ts';
import { isSettled } from '../settings/questions.ts';
import type { SettingId } from '../settings/table.ts';
import type { Invocation } from './command.ts';
import { onlyProvider } from './did-provider.ts';
import { start } from './gather-settings.ts';
import type { Io } from './io.ts';
import { lastSettings } from './last-settings.ts';

/** A sign-in that was refused, and the questions whose answers may be to blame. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly likely: readonly SettingId[];
  constructor(cause: VendorError, likely: readonly SettingId[]) {
    super(cause.message, { cause });
    this.likely = likely;
  }
}

interface Organization extends Pick<Known, 'freeNumbers' | 'didProvider'> {
  readonly genesys: Genesys;
  readonly organizationId: string;
}

interface Account {
  readonly aws: Aws;
  readonly awsAccount: string;
}

/** What the answers so far lead to; each part is looked up once for the same answers. */
export interface Learnt {
  readonly last: Known['last'];
  readonly organization: Organization | undefined;
  readonly account: Account | undefined;
}

export type Learn = (answers: Answers, known: Known, secret: Secret | undefined) => Promise<Learnt>;

const GENESYS: readonly SettingId[] = ['genesysRegion', 'clientId', 'clientSecret'];
const AWS: readonly SettingId[] = ['awsProfile', 'awsRegion'];

/** Signs in as soon as it is known how, and looks up what may be chosen from. Throws `RefusedError`. */
export function learner(invocation: Invocation, env: Io['env']): Learn {
  const ofOrganization = latest<Organization>();
  const ofAccount = latest<Account>();
  const ofEnvironment = latest<Known['last']>();
  return async (answers, known, secret) => {
    const text = (id: SettingId) => textOf(id, answers, known) ?? '';
    const client = { genesysRegion: text('genesysRegion'), clientId: text('clientId') };
    const place = { awsRegion: text('awsRegion'), awsProfile: text('awsProfile') };
    const environment = answers.environment;
    return {
      last:
        environment === undefined
          ? await ofEnvironment('', () => lastRun(invocation))
          : await ofEnvironment(environment, () => lastRun(inEnvironment(invocation, environment))),
      organization: isSettled(GENESYS, answers, known)
        ? await ofOrganization(`${client.genesysRegion} ${client.clientId} ${secret?.reveal()}`, () =>
            signInToGenesys(invocation, env, client, secret),
          )
        : undefined,
      account: isSettled(AWS, answers, known)
        ? await ofAccount(`${place.awsRegion} ${place.awsProfile}`, () => signInToAws(invocation, env, place))
        : undefined,
    };
  };
}

/** Keeps the latest result, and gives it again for the same key. */
function latest<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  let kept: { readonly key: string; readonly value: T } | undefined;
  return async (key, work) => {
    if (kept?.key !== key) kept = { key, value: await work() };
    return kept.value;
  };
}

const inEnvironment = (invocation: Invocation, environment: string): Invocation => {
  const { options } = invocation;
  return { ...invocation, options: { ...options, flags: { ...options.flags, environment } } };
};

/** The settings of the last run of the environment, finished or not; none where there was none. */
export async function lastRun(invocation: Invocation): Promise<Known['last']> {
  const { place } = await start(invocation.io, invocation.options, 'no fallback');
  if (!existsSync(join(place.folder, 'state.json'))) return {};
  const { peek } = await import('./peek.ts');
  const { saved } = await peek(invocation, 'no fallback');
  return saved ? Object.fromEntries(Object.entries(lastSettings(saved.state))) : {};
}

async function signInToGenesys(
  invocation: Invocation,
  env: Io['env'],
  client: { readonly genesysRegion: string; readonly clientId: string },
  answered: Secret | undefined,
): Promise<Organization> {
  const { clientSecretOf, genesysOf, organizationOf } = await import('./connect.ts');
  const clientSecret = answered ?? (await clientSecretOf(invocation, env));
  if (!clientSecret) throw new Error('There is no secret to sign in with.');
  const genesys = genesysOf(invocation, env, { ...client, clientSecret });
  const { id, name } = await refusing(
    ({ status }) => (status === 401 ? ['clientSecret'] : ['genesysRegion', 'clientId']),
    () => organizationOf(genesys),
  );
  invocation.reporter.say(`Signed in to Genesys Cloud: ${name} (${id}).`);
  const [numbers, didProvider] = await Promise.all([
    ifPossible(() => freeNumbers(genesys)),
    ifPossible(() => onlyProvider(genesys)),
  ]);
  return { genesys, organizationId: id, freeNumbers: numbers ?? [], didProvider };
}

async function signInToAws(
  invocation: Invocation,
  env: Io['env'],
  place: { readonly awsRegion: string; readonly awsProfile: string },
): Promise<Account> {
  const { awsOf } = await import('./connect.ts');
  const { awsIdentity } = await import('../clients/aws.ts');
  const aws = await awsOf(invocation, env, place);
  const { account, arn } = await refusing(
    // Without a profile to name, other answers would not help.
    ({ code }) => (code === 'CredentialsProviderError' && place.awsProfile === '' ? [] : AWS),
    () => awsIdentity(aws),
  );
  invocation.reporter.say(`Signed in to AWS: account ${account}, as ${arn}.`);
  return { aws, awsAccount: account };
}

async function refusing<T>(likely: (error: VendorError) => readonly SettingId[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof VendorError ? new RefusedError(error, likely(error)) : error;
  }
}

/** What is only looked up for convenience may fail: then it is typed, and the plan says what is wrong with it. */
export async function ifPossible<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof VendorError) return undefined;
    throw error;
  }
}
