import * as z from 'zod';
import { Refusal } from '../../contract.ts';

/** What the requests of CloudWatch Logs are made of. */
export const groupName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[.\-_/#A-Za-z0-9]+$/);
export const streamName = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^:*]*$/);
export const tags = z.record(
  z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u),
  z
    .string()
    .max(256)
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
);

export const limit = (most: number) => z.number().int().min(1).max(most).optional();
export const token = z.string().min(1).optional();

/** One page of a list; the token is where the next one begins. */
export function page<T>(items: readonly T[], start: string | undefined, size: number) {
  const at = start === undefined ? 0 : readToken(start);
  const end = at + size;
  const next = end < items.length ? { nextToken: Buffer.from(`at ${end}`).toString('base64') } : {};
  return { items: items.slice(at, end), next };
}

function readToken(token: string): number {
  const [, at] = /^at (\d{1,9})$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (at === undefined) throw new Refusal(400, 'InvalidParameterException', 'The specified nextToken is invalid.');
  return Number(at);
}
