import { type Incoming, Refusal } from '../contract.ts';
import type { World } from '../world.ts';
import type { AccessKey } from './access-keys.ts';
import { placeOf } from './operation.ts';
import { isInTime } from './presign.ts';
import { isPayloadIntact, isSignedWith, type Signature, signatureOf } from './sigv4.ts';
import { refuseCaller } from './words.ts';

/** Who signed the request: the ARN of a user or of a role's session. Throws a Refusal in the service's own words. */
export function authenticate(world: World, incoming: Incoming): string {
  const signature = signatureOf(incoming);
  if (!signature) {
    const text = 'The authorization header that you provided is not valid.';
    throw new Refusal(400, 'AuthorizationHeaderMalformed', text);
  }
  const { service, accessKeyId } = signature;
  const key = world.get<AccessKey>('access-keys', accessKeyId);
  if (!key) throw refuseCaller(service, 'unknownKey');
  if (key.sessionToken !== signature.token) throw refuseCaller(service, 'badToken');
  if (isOver(key, signature, incoming)) throw refuseCaller(service, 'expired');
  if (!isSignedWith(key.secretAccessKey, incoming, signature)) throw refuseCaller(service, 'badSignature');
  if (!isPayloadIntact(incoming)) {
    const text = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new Refusal(400, 'XAmzContentSHA256Mismatch', text);
  }
  checkRegion(world, signature);
  // A role's sessions end with it: one that was made anew under the same name is another.
  if (key.roleName && world.get('roles', key.roleName)?.['RoleId'] !== key.roleId)
    throw refuseCaller(service, 'badToken');
  return key.principalArn;
}

const isOver = ({ expiresAt }: AccessKey, { presigned }: Signature, { url, now }: Incoming): boolean =>
  (expiresAt !== undefined && now >= expiresAt) || (presigned && !isInTime(url, now));

/** The sandbox is one region; only IAM and STS, which are the same everywhere, do not look at it. */
function checkRegion(world: World, { service, region }: Signature): void {
  const expected = placeOf(world).region;
  if (region === expected || service === 'iam' || service === 'sts') return;
  if (service !== 's3')
    throw new Refusal(403, 'InvalidSignatureException', 'Credential should be scoped to a valid region. ');
  const text = `The authorization header is malformed; the region '${region}' is wrong; expecting '${expected}'`;
  throw new Refusal(400, 'AuthorizationHeaderMalformed', text, { body: { Region: expected } });
}
