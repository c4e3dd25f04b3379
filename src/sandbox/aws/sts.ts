import * as z from 'zod';
import { Refusal, type Reply, type Request } from '../contract.ts';
import type { World } from '../world.ts';
import { newSession, sessionArn, sessionOf } from './access-keys.ts';
import { decideByIdentity, principalOf } from './authorize.ts';
import { isKnown, trusts } from './iam/assume.ts';
import { type Role, roleAt } from './iam/role.ts';
import { isoSeconds, placeOf, rowsOf } from './operation.ts';
import { queryService } from './query.ts';
import { refuseDenied } from './words.ts';

const row = rowsOf('sts', (operation) => `POST / Action=${operation}`);

const assumeBody = z.object({
  RoleArn: z.string().min(20).max(2048),
  RoleSessionName: z
    .string()
    .min(2)
    .max(64)
    .regex(/^[\w+=,.@-]*$/),
  ExternalId: z
    .string()
    .min(2)
    .max(1224)
    .regex(/^[\w+=,.@:/-]*$/)
    .optional(),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).optional(),
  // They would narrow the session, which is not evaluated here.
  Policy: z.never('The sandbox has no session policies').optional(),
  PolicyArns: z.never('The sandbox has no session policies').optional(),
});
type AssumeBody = z.infer<typeof assumeBody>;

function assume(world: World, request: Request<AssumeBody>): Reply {
  const { body, now } = request;
  const role = roleAt(world, body.RoleArn);
  if (!role || !mayAssume(world, request, role)) {
    const text = `User: ${request.caller} is not authorized to perform: sts:AssumeRole on resource: ${body.RoleArn}`;
    throw refuseDenied('sts', text);
  }
  const { DurationSeconds: seconds = 3600, RoleSessionName: sessionName } = body;
  if (seconds > role.MaxSessionDuration) {
    const text = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    throw new Refusal(400, 'ValidationError', text);
  }
  const account = role.Arn.split(':')[4] ?? '';
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = newSession(world, {
    account,
    role,
    sessionName,
    now,
    seconds,
  });
  const Credentials = {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: isoSeconds(expiresAt),
  };
  const Arn = sessionArn(account, role.RoleName, sessionName);
  return {
    status: 200,
    body: { Credentials, AssumedRoleUser: { AssumedRoleId: `${role.RoleId}:${sessionName}`, Arn } },
  };
}

/** Both sides have to agree; within the account it is enough that the role names the caller, and nobody says no. */
function mayAssume(world: World, request: Request<AssumeBody>, role: Role): boolean {
  const { body, caller } = request;
  const context = body.ExternalId === undefined ? {} : { 'sts:ExternalId': body.ExternalId };
  const principal = principalOf(world, caller);
  const trusted = trusts(role, principal, context);
  if (trusted === undefined || trusted === 'deny' || !isKnown(role, request)) return false;
  const own = decideByIdentity(world, request, { action: 'sts:AssumeRole', resource: role.Arn, context });
  if (own !== undefined) return own === 'allow';
  return trusted === 'allow' && principal.account === placeOf(world).account;
}

function identity(world: World, { caller, now }: Request): Reply {
  const Account = caller.split(':')[4];
  const session = sessionOf(caller);
  const role = session && world.get<Role>('roles', session.roleName);
  const UserId = role && session ? `${role.RoleId}:${session.sessionName}` : 'AIDASANDBOXSANDBOX000';
  // By the sandbox's clock, so that who asks can see whether their own goes right.
  const headers = { date: new Date(now).toUTCString() };
  return { status: 200, headers, body: { Arn: caller, UserId, Account } };
}

/** STS as the sandbox has it. */
export const sts = queryService('2011-06-15', [
  // It needs no permission, and cannot be denied.
  row({ operation: 'GetCallerIdentity', permission: [], handle: identity }),
  // Whether the caller may depends on the role's trust policy first.
  row({ operation: 'AssumeRole', permission: [], body: assumeBody, handle: assume }),
]);
