import { type FunctionConfiguration, GetFunctionCommand } from '@aws-sdk/client-lambda';
import { until } from '../../clients/retry.ts';
import type { Context } from '../context.ts';
import { onceSettled, pace } from '../settle.ts';
import { hasCode, orAbsent } from '../vendor.ts';

type Ctx = Pick<Context, 'aws' | 'clock' | 'signal' | 'note'>;

/** What Lambda calls a function that is not there. */
export const ABSENT = 'ResourceNotFoundException';

/** All that Lambda tells of a function; undefined where there is none. */
export const getFunction = ({ aws }: Pick<Ctx, 'aws'>, name: string) =>
  orAbsent(aws.lambda.send(new GetFunctionCommand({ FunctionName: name })), ABSENT);

/** A function that is being deleted is as good as gone. */
export async function findFunction(ctx: Pick<Ctx, 'aws'>, name: string) {
  const { Configuration: configuration, Tags: tags = {} } = (await getFunction(ctx, name)) ?? {};
  return configuration && configuration.State !== 'Deleting' ? { configuration, tags } : undefined;
}

/** Why a function cannot be used, or not yet. */
export function unreadyOf({ State, StateReason, StateReasonCode, ...last }: FunctionConfiguration) {
  if (State === 'Pending') return { settling: true, why: 'Lambda is still creating it' };
  if (State === 'Failed') return { settling: false, why: `${StateReasonCode}: ${StateReason}` };
  if (last.LastUpdateStatus === 'InProgress') return { settling: true, why: 'Lambda is still updating it' };
  if (last.LastUpdateStatus === 'Failed')
    return { settling: false, why: `${last.LastUpdateStatusReasonCode}: ${last.LastUpdateStatusReason}` };
  return undefined;
}

/** IAM tells Lambda of a new role after some seconds; until then Lambda refuses it in exactly these words. */
const isUnknownRole = (error: unknown) =>
  hasCode(error, 'InvalidParameterValueException') && UNKNOWN_ROLE.test(error.message);
const UNKNOWN_ROLE =
  /role defined for the function cannot be assumed|execution role does not have permissions|KMS key is invalid for CreateGrant/;

const onceTheRoleIsKnown = <T>(ctx: Ctx, send: () => Promise<T>): Promise<T> =>
  onceSettled(
    ctx,
    { passes: isUnknownRole, within: 90_000, what: 'IAM propagation, usually about 10 s', slowest: 10_000 },
    send,
  );

/** Lambda does one thing at a time with a function, somebody else's update or our own delete before it, and refuses the next. */
const isBusy = (error: unknown) =>
  hasCode(error, 'ResourceConflictException') && /operation cannot be performed at this time/.test(error.message);

/** Sends once Lambda does nothing else with the function. */
export const onceIdle = <T>(ctx: Ctx, send: () => Promise<T>): Promise<T> =>
  onceSettled(
    ctx,
    { passes: isBusy, within: 90_000, what: 'Lambda to end what it does with the function, usually a few seconds' },
    send,
  );

/** Sends once Lambda is idle and knows the role. */
export const onceReady = <T>(ctx: Ctx, send: () => Promise<T>): Promise<T> =>
  onceIdle(ctx, () => onceTheRoleIsKnown(ctx, send));

/** Waits until Lambda is done with the function; a function that failed stays as it is, to be repaired. */
export function untilSettled(ctx: Ctx, name: string) {
  const what = 'Lambda to make the function ready, usually a few seconds';
  return until(ctx, { every: pace, within: 120_000, what }, async () => {
    const live = await findFunction(ctx, name);
    return live && unreadyOf(live.configuration)?.settling !== true ? live : undefined;
  });
}
