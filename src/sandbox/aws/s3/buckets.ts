import * as z from 'zod';
import { Refusal, type Reply, type Request } from '../../contract.ts';
import { depart, departed } from '../../departed.ts';
import type { World } from '../../world.ts';
import { type AwsOperation, placeOf } from '../operation.ts';
import { ALL_BLOCKED, type Bucket, bucketOf, bucketRow, xmlBody } from './bucket.ts';
import { checkBucketName } from './bucket-name.ts';
import { objectsIn } from './object.ts';
import { checkTags, tagSet } from './tags.ts';

const createBody = xmlBody(
  'CreateBucketConfiguration',
  z.union([z.literal(''), z.object({ LocationConstraint: z.string().optional(), Tags: tagSet })]).optional(),
);
type CreateBody = z.infer<typeof createBody>;

/** us-east-1 is the one region that must not be named, every other one must. */
function checkLocation(location: string | undefined, region: string): void {
  const named = location === 'EU' ? 'eu-west-1' : location;
  if (named === 'us-east-1' || named === '')
    throw new Refusal(400, 'InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      body: { LocationConstraint: named },
    });
  if ((named ?? 'us-east-1') === region) return;
  const text = `The ${named ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`;
  throw new Refusal(400, 'IllegalLocationConstraintException', text);
}

function create(world: World, request: Request<CreateBody>): Reply {
  const { path, headers, body, caller, now } = request;
  const name = path['bucket'] ?? '';
  const place = placeOf(world);
  checkBucketName(name, headers['x-amz-bucket-namespace'] ?? 'global', place);
  const { LocationConstraint, Tags = [] } = body || {};
  checkLocation(LocationConstraint, place.region);
  checkTags(Tags);
  const ownership = headers['x-amz-object-ownership'] ?? 'BucketOwnerEnforced';
  checkAcl(headers['x-amz-acl'], ownership);
  const owner = caller.split(':')[4] ?? '';
  const taken = world.get<Bucket>('buckets', name);
  if (taken) return refuseTaken(taken, owner, place.region);
  if (departed(world, 'buckets', name, 'bucket.released', request)) {
    const text =
      'A conflicting conditional operation is currently in progress against this resource. Please try again.';
    throw new Refusal(409, 'OperationAborted', text, { body: { BucketName: name } });
  }
  world.put<Bucket>('buckets', name, {
    name,
    owner,
    region: place.region,
    createdAt: now,
    tags: Tags,
    publicAccessBlock: ALL_BLOCKED,
    ownership,
    encryption: { algorithm: 'AES256', bucketKey: false },
  });
  return { status: 200, headers: { location: `/${name}` } };
}

function checkAcl(acl: string | undefined, ownership: string): void {
  if (!['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'].includes(ownership))
    throw new Refusal(400, 'InvalidArgument', 'Invalid x-amz-object-ownership header', {
      body: { ArgumentName: 'x-amz-object-ownership', ArgumentValue: ownership },
    });
  if (acl === undefined || acl === 'private') return;
  if (ownership === 'BucketOwnerEnforced')
    throw new Refusal(
      400,
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  throw new Refusal(
    400,
    'InvalidBucketAclWithBlockPublicAccessError',
    'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
  );
}

/** Creating one's own bucket again is an error everywhere but in the oldest region. */
function refuseTaken({ name, owner }: Bucket, caller: string, region: string): Reply {
  const body = { BucketName: name };
  if (owner !== caller) {
    const text =
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.';
    throw new Refusal(409, 'BucketAlreadyExists', text, { body });
  }
  if (region === 'us-east-1') return { status: 200, headers: { location: `/${name}` } };
  const text = 'Your previous request to create the named bucket succeeded and you already own it.';
  throw new Refusal(409, 'BucketAlreadyOwnedByYou', text, { body });
}

function remove(world: World, request: Request): Reply {
  const { name } = bucketOf(world, request);
  if (objectsIn(world, name).length > 0)
    throw new Refusal(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty', {
      body: { BucketName: name },
    });
  depart(world, 'buckets', name, 'bucket.released', request);
  return { status: 204 };
}

/** Buckets themselves: made, found, listed and deleted. */
export const bucketOperations: readonly AwsOperation[] = [
  bucketRow({
    operation: 'CreateBucket',
    route: 'PUT /{bucket}',
    permission: [],
    body: createBody,
    also: (_place, { path, body }) =>
      ['s3:CreateBucket', ...(body && body.Tags.length > 0 ? ['s3:TagResource'] : [])].map((action) => ({
        action,
        resource: `arn:aws:s3:::${path['bucket']}`,
        isNew: true,
      })),
    handle: create,
  }),
  bucketRow({
    operation: 'HeadBucket',
    route: 'HEAD /{bucket}',
    permission: ['s3:ListBucket'],
    handle: (world, request) => {
      const { region } = bucketOf(world, request);
      return { status: 200, headers: { 'x-amz-bucket-region': region, 'x-amz-access-point-alias': 'false' } };
    },
  }),
  bucketRow({ operation: 'DeleteBucket', route: 'DELETE /{bucket}', handle: remove }),
  bucketRow({
    operation: 'GetBucketLocation',
    route: 'GET /{bucket}?location',
    handle: (world, request) => {
      const { region } = bucketOf(world, request);
      return { status: 200, body: { LocationConstraint: region === 'us-east-1' ? '' : region } };
    },
  }),
  bucketRow({
    operation: 'ListBuckets',
    route: 'GET /',
    permission: ['s3:ListAllMyBuckets'],
    resource: () => '*',
    handle: (world, { caller }) => {
      const account = caller.split(':')[4] ?? '';
      const own = world.list<Bucket>('buckets').filter(({ owner }) => owner === account);
      const Bucket = own.map(({ name, createdAt, region }) => ({
        Name: name,
        CreationDate: new Date(createdAt).toISOString(),
        BucketRegion: region,
      }));
      return { status: 200, body: { ListAllMyBucketsResult: { Owner: { ID: account }, Buckets: { Bucket } } } };
    },
  }),
];
