import { Refusal, type Request } from '../../contract.ts';
import type { Policy, Statement } from '../../policy.ts';
import type { World } from '../../world.ts';
import type { AwsOperation } from '../operation.ts';
import { MalformedPolicy, parsePolicy } from '../policy-document.ts';
import { type Bucket, bucketOf, bucketRow, bytesBody } from './bucket.ts';

/** The policy and the owner of the bucket that an ARN is about; undefined where it is about none. */
export function readBucketPolicy(
  world: World,
  resource: string,
): { readonly owner: string; readonly policy?: Policy | undefined } | undefined {
  const [, name = ''] = /^arn:aws:s3:::([^/]+)/.exec(resource) ?? [];
  const bucket = world.get<Bucket>('buckets', name);
  return bucket && { owner: bucket.owner, policy: bucket.policy?.document };
}

function put(world: World, request: Request<Uint8Array>) {
  const bucket = bucketOf(world, request);
  const text = Buffer.from(request.body).toString();
  const document = parse(text, bucket.name);
  if (bucket.publicAccessBlock?.['BlockPublicPolicy'] && document.Statement.some(isPublic)) {
    const why = 'because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';
    const what = `s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}"`;
    throw new Refusal(403, 'AccessDenied', `User: ${request.caller} is not authorized to perform: ${what} ${why}`);
  }
  world.put<Bucket>('buckets', bucket.name, { ...bucket, policy: { text, document } });
  return { status: 204 };
}

function parse(text: string, bucket: string): Policy {
  try {
    const document = parsePolicy(text, 'resource');
    const arn = `arn:aws:s3:::${bucket}`;
    const resources = document.Statement.flatMap(({ Resource = [], NotResource = [] }) => [
      ...Resource,
      ...NotResource,
    ]);
    if (!resources.every((one) => one === arn || one.startsWith(`${arn}/`) || one === `${arn}*`))
      throw new MalformedPolicy('Policy has invalid resource');
    return document;
  } catch (error) {
    if (error instanceof MalformedPolicy) throw new Refusal(400, 'MalformedPolicy', error.message);
    throw error;
  }
}

/** Whether a statement lets anybody in. */
function isPublic({ Effect, Principal, Condition }: Statement): boolean {
  const isAnybody = Principal === '*' || (Principal?.AWS?.includes('*') ?? false);
  return Effect === 'Allow' && isAnybody && Condition === undefined;
}

/** The policy of a bucket. */
export const bucketPolicyOperations: readonly AwsOperation[] = [
  bucketRow({
    operation: 'PutBucketPolicy',
    route: 'PUT /{bucket}?policy',
    needsChecksum: true,
    body: bytesBody,
    handle: put,
  }),
  bucketRow({
    operation: 'GetBucketPolicy',
    route: 'GET /{bucket}?policy',
    handle: (world, request) => {
      const { policy, name } = bucketOf(world, request);
      if (policy) return { status: 200, headers: { 'content-type': 'application/json' }, body: policy.text };
      const text = 'The bucket policy does not exist';
      throw new Refusal(404, 'NoSuchBucketPolicy', text, { body: { BucketName: name } });
    },
  }),
  bucketRow({
    operation: 'DeleteBucketPolicy',
    route: 'DELETE /{bucket}?policy',
    handle: (world, request) => {
      const { policy, ...bucket } = bucketOf(world, request);
      if (policy) world.put<Bucket>('buckets', bucket.name, bucket);
      return { status: 204 };
    },
  }),
];
