import { type PolicyDocument, policyDocument } from '../bootstrap/policy-document.ts';
import { awsIdentity } from '../clients/aws.ts';
import { exitCode } from '../errors/setup-error.ts';
import { names } from '../names.ts';
import { defaultBucket } from '../settings/bucket-name.ts';
import type { Values } from '../settings/gather.ts';
import { type SettingId, settingOf } from '../settings/table.ts';
import { formatPolicy } from '../ui/format-policy.ts';
import type { Command, Invocation } from './command.ts';
import { awsOf } from './connect.ts';
import { gatherThese, start } from './gather-settings.ts';
import { tellPlace } from './introduce.ts';
import type { Io } from './io.ts';

/** Says what the installer must be allowed at AWS, as the policy that allows it. Changes nothing. */
export const bootstrapAws: Command = async (invocation) => {
  const { io, options, reporter } = invocation;
  const begun = await start(io, options, 'no fallback');
  const values = gatherThese(['awsRegion'], begun, options, {});
  const { env, close } = await begun.place.open();
  try {
    tellPlace(invocation, begun.place);
    // Where it is said who is to have it, nobody has to sign in.
    const who = options.principal ? accountOf(options.principal) : await signIn(invocation, env, values);
    const own = names(settingsFrom(values, who.awsAccount), who);
    const { principal, deleteData } = options;
    const policy = policyDocument({ ...who, names: own, principal, deletesData: deleteData === true });
    show(invocation, policy);
    if (!principal)
      reporter.say('To have it allow that its own permissions are checked before a run, add --principal.');
    if (!deleteData)
      reporter.say('To have it allow that a bucket is deleted with the payments in it, add --delete-data.');
    return { exit: exitCode.done, policy };
  } finally {
    await close();
  }
};

interface Who {
  readonly awsAccount: string;
  readonly awsPartition: string;
}

function accountOf(arn: string): Who {
  const [, awsPartition = '', , , awsAccount = ''] = arn.split(':');
  return { awsAccount, awsPartition };
}

async function signIn(invocation: Invocation, env: Io['env'], values: Values): Promise<Who> {
  const { awsRegion, awsProfile } = values;
  const place = { awsRegion: String(awsRegion?.value), awsProfile: awsProfile && String(awsProfile.value) };
  const { account, partition } = await awsIdentity(await awsOf(invocation, env, place));
  return { awsAccount: account, awsPartition: partition };
}

/** What names follow from: as it was given, else by default. */
function settingsFrom(values: Values, account: string) {
  const textOf = (id: SettingId) => String(values[id]?.value ?? settingOf(id).default ?? '');
  const [environment, awsRegion] = [textOf('environment'), textOf('awsRegion')];
  return {
    environment,
    awsRegion,
    bucket: textOf('bucket') || defaultBucket(environment, account, awsRegion),
    paymentPrefix: textOf('paymentPrefix'),
    savePrefix: textOf('savePrefix'),
  };
}

function show({ options, reporter }: Invocation, policy: PolicyDocument): void {
  reporter.show(options.print ? JSON.stringify(policy, undefined, 2).split('\n') : formatPolicy(policy.Statement));
}
