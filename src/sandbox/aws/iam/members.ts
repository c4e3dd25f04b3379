import * as z from 'zod';

/** What IAM's requests are made of, each with the limits that IAM sets. */
export const roleName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w+=,.@-]+$/);
export const policyName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]+$/);
export const policyArn = z.string().min(20).max(2048);
export const document = z
  .string()
  .min(1)
  .max(131_072)
  .regex(/^[\t\n\r\x20-\xff]+$/);
export const description = z
  .string()
  .max(1000)
  .regex(/^[\t\n\r\x20-\x7e\xa1-\xff]*$/);
export const path = z
  .string()
  .max(512)
  .regex(/^(\/|\/[\x21-\x7e]+\/)$/);
export const maxSessionDuration = z.coerce.number().int().min(3600).max(43_200);

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const tagKey = z.string().min(1).max(128).regex(tagText);
/** A list. An empty one is a name without a value in a form. */
const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === '' ? [] : value), z.array(item).max(50));

export const tags = listOf(z.object({ Key: tagKey, Value: z.string().max(256).regex(tagText) }));
export const tagKeys = listOf(tagKey);

export const paging = {
  Marker: z.string().min(1).max(320).optional(),
  MaxItems: z.coerce.number().int().min(1).max(1000).optional(),
};

interface Page {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One page of a list, with IAM's members for going on. */
export function page<T>(items: readonly T[], { Marker, MaxItems = 100 }: Page) {
  const start = Marker === undefined ? 0 : Number(Buffer.from(Marker, 'base64').toString()) || 0;
  const end = start + MaxItems;
  const isTruncated = end < items.length;
  const next = isTruncated ? { Marker: Buffer.from(String(end)).toString('base64') } : {};
  return { items: items.slice(start, end), more: { IsTruncated: isTruncated, ...next } };
}
