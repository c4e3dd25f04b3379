import type { Request } from '../contract.ts';
import { decide, type Policy, type Principal, policySchema } from '../policy.ts';
import type { World } from '../world.ts';
import { type AccessKey, sessionOf } from './access-keys.ts';
import { policiesOf, type Role } from './iam/role.ts';
import { type AwsOperation, type Need, placeOf } from './operation.ts';
import { readBucketPolicy } from './s3/bucket-policy.ts';
import { refuseDenied, refuseInvalid } from './words.ts';

type Asking = Pick<Request, 'caller' | 'headers' | 'origin' | 'service'>;

/** Throws the service's own refusal unless the caller may do what the operation needs, and its body is as it must be. */
export function authorize(world: World, operation: AwsOperation, request: Request): void {
  const place = placeOf(world);
  const resource = operation.resource(place, request);
  for (const action of operation.permission) checkNeed(world, request, { action, resource });
  // Only now: whoever may not is not told what else is wrong.
  const body = parseBody(operation, request.body);
  for (const need of operation.also?.(place, { ...request, body }) ?? []) checkNeed(world, request, need);
}

function parseBody({ body: schema, service }: AwsOperation, body: unknown): unknown {
  const parsed = schema?.safeParse(body);
  if (parsed?.error) throw refuseInvalid(service, parsed.error, body);
  return parsed ? parsed.data : body;
}

/** Throws unless the caller may do this one thing. */
function checkNeed(world: World, request: Asking, need: Need): void {
  const refused = reasonAgainst(world, request, need);
  if (refused !== undefined) throw refuseDenied(request.service, refused);
}

/** Why the caller may not, as AWS says it; undefined where they may. */
export function reasonAgainst(world: World, request: Asking, need: Need): string | undefined {
  const { caller, service } = request;
  const { action, resource } = need;
  const question = questionOf(world, request, need);
  const { principal } = question;
  const bucket = need.isNew ? undefined : readBucketPolicy(world, resource);
  const identity = decideByIdentity(world, request, need);
  const onResource = bucket?.policy && decide([bucket.policy], question);
  const shown = service === 's3' ? `"${resource}"` : resource;
  const start = `User: ${caller} is not authorized to perform: ${action} on resource: ${shown}`;
  if (identity === 'deny') return `${start} with an explicit deny in an identity-based policy`;
  if (onResource === 'deny') return `${start} with an explicit deny in a resource-based policy`;
  const isForeign = principal.account !== (bucket?.owner ?? placeOf(world).account);
  // Across accounts S3 says no more than that.
  if (isForeign) return identity && onResource ? undefined : 'Access Denied';
  if (identity === 'allow' || onResource === 'allow') return undefined;
  return `${start} because no identity-based policy allows the ${action} action`;
}

/** What the caller's own policies say. */
export function decideByIdentity(world: World, request: Asking, need: Need): ReturnType<typeof decide> {
  const own = ownPolicies(world, request.caller);
  return own === 'all' ? 'allow' : decide(own, questionOf(world, request, need));
}

const questionOf = (world: World, request: Asking, { action, resource, context }: Need) => ({
  action,
  resource,
  principal: principalOf(world, request.caller),
  context: { ...contextOf(world, request), ...context },
});

/** The names and the account of whoever has this ARN. A role's session is known by its role's name too. */
export function principalOf(world: World, arn: string): Principal {
  const session = sessionOf(arn);
  const role = session && world.get<Role>('roles', session.roleName);
  return { names: role ? [arn, role.Arn] : [arn], account: arn.split(':')[4] };
}

/** A user may do everything, unless their key says what. */
export function ownPolicies(world: World, caller: string): readonly Policy[] | 'all' {
  const session = sessionOf(caller);
  const role = session && world.get<Role>('roles', session.roleName);
  if (session) return role ? policiesOf(role) : [];
  const keys = world.list<AccessKey>('access-keys').filter(({ principalArn }) => principalArn === caller);
  const limited = keys.find(({ policies }) => policies);
  return limited?.policies?.map((document) => policySchema.parse(document)) ?? 'all';
}

/**
 * The condition keys of every request. The sandbox speaks plain HTTP on loopback, where nobody listens in: what comes to
 * its own address counts as come through TLS, as behind a load balancer that ends it, or a bucket that takes nothing else
 * (as ours does) could not be used at all.
 */
const contextOf = (world: World, { caller, headers, origin }: Asking): Readonly<Record<string, string>> => ({
  'aws:SecureTransport': String(headers['host'] === new URL(origin).host),
  'aws:PrincipalArn': principalOf(world, caller).names.at(-1) ?? caller,
  'aws:PrincipalAccount': caller.split(':')[4] ?? '',
  'aws:ResourceAccount': placeOf(world).account,
  's3:ResourceAccount': placeOf(world).account,
  ...(headers['if-none-match'] && { 's3:if-none-match': headers['if-none-match'] }),
  ...(headers['if-match'] && { 's3:if-match': headers['if-match'] }),
});
