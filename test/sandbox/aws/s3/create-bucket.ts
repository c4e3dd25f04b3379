import { CreateBucketCommand, type CreateBucketCommandInput } from '@aws-sdk/client-s3';
import type { AwsSandbox } from '../aws-sandbox.ts';

/** The bucket that the tests are about. */
export const Bucket = 'dev-eo';

/** Makes that bucket, or another one. */
export const createBucket = ({ s3 }: Pick<AwsSandbox, 's3'>, members: Partial<CreateBucketCommandInput> = {}) =>
  s3.send(new CreateBucketCommand({ Bucket, ...members }));
