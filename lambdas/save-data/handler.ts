import { S3Client } from '@aws-sdk/client-s3';
import { createHandler } from './create-handler.ts';

const { REGION, BUCKET_NAME } = process.env;

/** Saves a payment id and a phone number to the bucket. Two attempts of 4 s fit into the function's 10 s. */
export const handler = createHandler({
  s3: new S3Client({
    ...(REGION && { region: REGION }),
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
  }),
  bucket: BUCKET_NAME,
  now: () => new Date(),
});
