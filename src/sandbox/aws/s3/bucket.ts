import * as z from 'zod';
import { Refusal, type Request } from '../../contract.ts';
import type { Policy } from '../../policy.ts';
import type { World } from '../../world.ts';
import { type Need, rowsOf } from '../operation.ts';
import { readXml, XmlError } from '../xml.ts';

/** A bucket, ours or another account's. */
export type Bucket = {
  readonly name: string;
  /** The account that it belongs to. */
  readonly owner: string;
  readonly region: string;
  readonly createdAt: number;
  readonly tags: readonly Tag[];
  readonly publicAccessBlock?: Readonly<Record<string, boolean>>;
  readonly ownership?: string;
  readonly encryption: { readonly algorithm: string; readonly kmsKeyId?: string; readonly bucketKey: boolean };
  /** As it was put, and as it is evaluated. */
  readonly policy?: { readonly text: string; readonly document: Policy };
  readonly versioning?: 'Enabled' | 'Suspended';
};
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export const ALL_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

const rowOf = rowsOf('s3');

/** A row about a bucket: its permission is asked for on the bucket. */
export const bucketRow: typeof rowOf = (row) =>
  rowOf({ resource: (_place, { path }) => `arn:aws:s3:::${path['bucket']}`, ...row });

/** A row about an object. */
export const objectRow: typeof rowOf = (row) =>
  rowOf({ resource: (_place, { path }) => `arn:aws:s3:::${path['bucket']}/${path['key']}`, ...row });

/** What an object's operation needs: another action where it names a version. */
export const versionNeed = (action: string, { path, query }: Pick<Request, 'path' | 'query'>): Need => ({
  action: query.has('versionId') ? `${action}Version` : action,
  resource: `arn:aws:s3:::${path['bucket']}/${path['key']}`,
});

/** The bucket of a request. Throws where there is none, or the caller expected another owner. */
export function bucketOf(world: World, { path, headers }: Pick<Request, 'path' | 'headers'>): Bucket {
  const name = path['bucket'] ?? '';
  const bucket = world.get<Bucket>('buckets', name);
  if (!bucket)
    throw new Refusal(404, 'NoSuchBucket', 'The specified bucket does not exist', { body: { BucketName: name } });
  const expected = headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== bucket.owner) throw new Refusal(403, 'AccessDenied', 'Access Denied');
  return bucket;
}

/** A body that is kept as it is. */
export const bytesBody = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** The schema of an XML body, whose root element is `root`; an absent body is undefined. */
export const xmlBody = <B>(root: string, schema: z.ZodType<B>): z.ZodType<B> =>
  bytesBody.transform((bytes, context) => {
    const parsed = schema.safeParse(readRoot(bytes, root));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'It is not what the operation takes.' });
    return z.NEVER;
  });

/** A thousand keys to delete, at their longest and all of it escaped. */
const LARGEST = 8 * 1024 * 1024;

/** What no schema takes, where it is not XML or something else. */
function readRoot(bytes: Uint8Array, root: string): unknown {
  if (bytes.length === 0) return undefined;
  if (bytes.length > LARGEST) return null;
  try {
    return readXml(Buffer.from(bytes).toString())[root] ?? null;
  } catch (error) {
    if (error instanceof XmlError) return null;
    throw error;
  }
}

/** An element that may come any number of times. */
export const many = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(item));

/** `true` and `false` in XML. */
export const flag = z.enum(['true', 'false', 'TRUE', 'FALSE']).transform((text) => text.toLowerCase() === 'true');
