import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { phoneNumber } from '../settings/phone-number.ts';
import { BY_DEFAULT } from './expectations.ts';
import { KEYS_RULE, keyGroups } from './keys.ts';

const words = z.union([z.string(), z.number()]).transform((value) => String(value).split(/\s+/).filter(Boolean));
const number = z.union([z.string(), z.number()]).transform(String).pipe(phoneNumber);
const keys = z.union([z.string(), z.number()]).transform((value, context) => {
  const groups = keyGroups(String(value));
  if (!groups) context.addIssue(`"${value}": ${KEYS_RULE}`);
  return groups ?? [];
});

const callSchema = z.strictObject({
  name: z.string().optional(),
  to: number.optional(),
  from: z.union([z.literal('anonymous'), number]).optional(),
  direction: z.enum(['inbound', 'outbound']).default('inbound'),
  /** Groups with spaces between: `1 123456789`. Quoted, or a leading zero is lost. */
  keys: z.preprocess((value) => (Array.isArray(value) ? value.join(' ') : value), keys).default([]),
  'hang-up-after': z.int().min(0).optional(),
  events: z.int().min(0).max(10).default(1),
  times: z.int().min(1).max(100_000).default(1),
  expect: z.union([words, z.array(z.string())]).default([BY_DEFAULT]),
});

export type ScriptedCall = z.infer<typeof callSchema>;

const LARGEST = 1024 * 1024;

/** Reads a file of calls: a list, each with keys and what it is to bring about. */
export async function readScript(path: string): Promise<readonly ScriptedCall[]> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > LARGEST) throw new Error('it is longer than 1 MB');
    return z
      .array(callSchema)
      .min(1)
      .parse(parse(text, { maxAliasCount: 10 }));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : '';
    throw new SetupError(`The script of calls ${path} cannot be used.`, {
      exit: exitCode.usage,
      details: why.split('\n'),
      hint: 'Give a list of calls, such as: - {name: pays, keys: "1 123456789", expect: [stored]}',
      cause: error,
    });
  }
}
