import { systemClock } from '../../../clock.ts';
import { type Invocation, Refusal } from '../../contract.ts';
import { decide } from '../../policy.ts';
import type { World } from '../../world.ts';
import { isKnown, trusts } from '../iam/assume.ts';
import { policiesOf, type Role, roleAt } from '../iam/role.ts';
import { type FunctionRecord, functionAt } from './record.ts';
import { type Running, runFunction } from './run-function.ts';

/** What somebody else's account wants to run, and as which role of ours. */
export interface Wanted {
  /** 12 digits: who assumes the role. */
  readonly principalAccount: string;
  readonly roleArn: string;
  readonly externalId: string;
  readonly functionArn: string;
  readonly payload: Uint8Array;
  readonly timeoutMs: number;
}

export type Outcome =
  | { readonly ok: true; readonly payload: Uint8Array; readonly log: string }
  | { readonly ok: false; readonly reason: Reason; readonly message: string; readonly payload?: Uint8Array };
type Reason = 'assume-role-denied' | 'invoke-denied' | 'function-error' | 'timeout' | 'not-found' | 'not-active';

const failed = (reason: Reason, message: string): Outcome => ({ ok: false, reason, message });

/** Assumes a role as another account does, and invokes a function with it: how Genesys Cloud runs a data action. */
export async function invokeAs(world: World, running: Running, wanted: Wanted): Promise<Outcome> {
  const { principalAccount, roleArn, functionArn, payload, timeoutMs } = wanted;
  const role = roleAt(world, roleArn);
  const caller = `arn:aws:iam::${principalAccount}:root`;
  if (!role || !isAssumed(role, running, wanted, caller)) {
    const text = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    return failed('assume-role-denied', text);
  }
  const question = { action: 'lambda:InvokeFunction', resource: functionArn, context: {} };
  if (decide(policiesOf(role), question) !== 'allow') return failed('invoke-denied', deniedText(role, functionArn));
  const record = functionAt(world, functionArn);
  if (!record) return failed('not-found', `Function not found: ${functionArn}`);
  return inTime(runFunction(world, running, record, payload), record, timeoutMs);
}

/** Another account's root stands for whoever in that account does it, so its being named is enough. */
function isAssumed(role: Role, running: Running, { principalAccount, externalId }: Wanted, caller: string): boolean {
  const principal = { names: [caller], account: principalAccount };
  const trusted = trusts(role, principal, { 'sts:ExternalId': externalId });
  return (trusted === 'allow' || trusted === 'delegate') && isKnown(role, running);
}

function deniedText({ Arn, RoleName }: Role, functionArn: string): string {
  const session = `arn:aws:sts::${Arn.split(':')[4]}:assumed-role/${RoleName}/PureCloud`;
  const action = 'lambda:InvokeFunction';
  return `User: ${session} is not authorized to perform: ${action} on resource: ${functionArn} because no identity-based policy allows the ${action} action`;
}

async function inTime(run: Promise<Invocation>, record: FunctionRecord, timeoutMs: number): Promise<Outcome> {
  const over = new AbortController();
  // Code runs in the system's time, whatever the world's is.
  const late = systemClock.sleep(timeoutMs, over.signal).then(
    () => failed('timeout', `${record.FunctionName} did not answer within ${timeoutMs} ms`),
    () => failed('timeout', ''),
  );
  const done = run.then(outcomeOf, refusedOf);
  try {
    return await Promise.race([done, late]);
  } finally {
    over.abort();
  }
}

function outcomeOf({ payload, functionError, log }: Invocation): Outcome {
  if (functionError === undefined) return { ok: true, payload, log };
  return { ok: false, reason: 'function-error', message: Buffer.from(payload).toString(), payload };
}

function refusedOf(error: unknown): Outcome {
  if (!(error instanceof Refusal)) throw error;
  return failed(error.status === 409 ? 'not-active' : 'function-error', `${error.code}: ${error.message}`);
}
