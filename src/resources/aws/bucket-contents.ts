import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { SetupError } from '../../errors/setup-error.ts';
import type { Context } from '../context.ts';
import { orAbsent } from '../vendor.ts';

type Ctx = Pick<Context, 'aws' | 'awsAccount'>;

/** One page of everything in a bucket, old versions and delete markers included. */
async function contents({ aws, awsAccount }: Ctx, name: string) {
  const list = new ListObjectVersionsCommand({ Bucket: name, ExpectedBucketOwner: awsAccount, MaxKeys: 1000 });
  const page = await orAbsent(aws.s3.send(list), 'NoSuchBucket');
  const all = [...(page?.Versions ?? []), ...(page?.DeleteMarkers ?? [])];
  const objects = all.flatMap(({ Key, VersionId }) => (Key === undefined ? [] : [{ Key, VersionId }]));
  return { objects, isAll: page?.IsTruncated !== true };
}

/** What a bucket holds, in words; undefined when it is empty. */
export async function bucketContents(ctx: Ctx, name: string): Promise<string | undefined> {
  const { objects, isAll } = await contents(ctx, name);
  if (objects.length === 0) return undefined;
  if (!isAll) return `more than ${objects.length} objects`;
  return objects.length === 1 ? '1 object' : `${objects.length} objects`;
}

/** Deletes every version of every object, and uploads that were never finished. */
export async function emptyBucket(ctx: Ctx, name: string): Promise<void> {
  const at = { Bucket: name, ExpectedBucketOwner: ctx.awsAccount };
  for (;;) {
    const { objects } = await contents(ctx, name);
    if (objects.length === 0) break;
    const { Errors = [] } = await ctx.aws.s3.send(
      new DeleteObjectsCommand({ ...at, Delete: { Objects: objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first)
      throw new SetupError(`S3 did not delete ${Errors.length} of the objects of ${name}.`, {
        details: [`${first.Key}: ${first.Code} ${first.Message}`],
        hint: 'Where Object Lock, MFA delete or a policy keeps them, take that away in the S3 console, then run the command again.',
      });
  }
  const uploads = await ctx.aws.s3.send(new ListMultipartUploadsCommand(at));
  for (const { Key, UploadId } of uploads.Uploads ?? [])
    await ctx.aws.s3.send(new AbortMultipartUploadCommand({ ...at, Key, UploadId }));
}
