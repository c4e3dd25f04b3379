import * as z from 'zod';
import { Refusal } from '../../contract.ts';
import { many, type Tag } from './bucket.ts';

/** `<Tag><Key/><Value/></Tag>`, any number of them. */
export const tagSet = z
  .union([z.literal(''), z.object({ Tag: many(z.object({ Key: z.string(), Value: z.string() })) })])
  .optional()
  .transform((set): readonly Tag[] => (set ? set.Tag : []));

const TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Throws unless S3 takes these tags. */
export function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length)
    throw new Refusal(400, 'InvalidTag', 'Cannot provide multiple Tags with the same key');
  if (tags.length > 50) throw new Refusal(400, 'BadRequest', 'Bucket tag count cannot be greater than 50');
  if (keys.some((key) => key.startsWith('aws:')))
    throw new Refusal(400, 'InvalidTag', 'System tags cannot be added/updated by requester');
  if (tags.some(({ Key }) => Key.length < 1 || Key.length > 128 || !TEXT.test(Key)))
    throw new Refusal(400, 'InvalidTag', 'The TagKey you have provided is invalid');
  if (tags.some(({ Value }) => Value.length > 256 || !TEXT.test(Value)))
    throw new Refusal(400, 'InvalidTag', 'The TagValue you have provided is invalid');
}
