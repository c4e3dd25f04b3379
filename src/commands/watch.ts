import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { TimeoutError, until } from '../clients/retry.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { formatNumbers } from '../ui/format-notices.ts';
import type { Invocation } from './command.ts';
import { waitingOf } from './connect.ts';
import type { Session } from './session.ts';

/** Where the function puts payments. */
const PREFIX = 'payments/';
const EVERY = 5_000;

/** Throws where nobody could call meanwhile: an embedded sandbox works for one command at a time. */
export function checkWatchable({ options }: Invocation, { isSandbox, again }: Session['place']): void {
  if (options.watch === undefined || !isSandbox || typeof options.sandbox === 'string') return;
  throw new SetupError('Nobody can call while this waits: the embedded sandbox works for one command at a time.', {
    exit: exitCode.usage,
    hint: `Leave --watch out, and run "${again('call')}" afterwards; or serve the sandbox with "eo-setup sandbox", and name its address with --sandbox.`,
  });
}

/** Names the number to call, and waits up to so many minutes for the object that the call leaves; gives its key. */
export async function watch(invocation: Invocation, session: Session, minutes: number): Promise<string> {
  const { reporter } = invocation;
  const { bucket } = session.settings;
  const before = new Set(await keysIn(session));
  reporter.show(['', `Now call ${formatNumbers(session.settings)}: press 1, then nine digits, and hang up.`]);
  const what = `a payment to arrive in ${bucket}`;
  const within = minutes * 60_000;
  const arrival = until(waitingOf(invocation), { every: EVERY, within, what }, async () =>
    (await keysIn(session)).find((one) => !before.has(one)),
  );
  const key = await arrival.catch((cause: unknown) => {
    if (!(cause instanceof TimeoutError)) throw cause;
    throw new SetupError(cause.message, {
      exit: exitCode.timeout,
      hint: `Call while "${session.place.again('verify')} --watch" waits. If you did, see in Genesys Cloud what became of the call, and in CloudWatch what the functions say.`,
      cause,
    });
  });
  reporter.show([`The payment was saved: s3://${bucket}/${key}.`]);
  return key;
}

/** The keys of all payments; what is in them is nobody's business here. */
async function keysIn({ clouds: { aws, identity }, settings: { bucket } }: Session): Promise<readonly string[]> {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const at = { Bucket: bucket, ExpectedBucketOwner: identity.awsAccount, Prefix: PREFIX, ContinuationToken };
    const page = await aws.s3.send(new ListObjectsV2Command(at));
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return keys;
}
