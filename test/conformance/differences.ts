import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Seen } from './seen.ts';

const schema = z.array(
  z.strictObject({
    server: z.enum(['moto', 'ministack', 'aws-lambda-ric']),
    /** `aws.s3-bucket: read back`: the journey, and a step of it. */
    step: z.string(),
    /** What our sandbox shows, and AWS by its documentation. */
    expected: z.unknown(),
    /** What this server shows. */
    seen: z.unknown(),
    reason: z.string().min(10),
  }),
);
export type Difference = z.infer<typeof schema>[number];

/** Where a server is known not to be like AWS. */
export const known = schema.parse(JSON.parse(readFileSync(new URL('differences.json', import.meta.url), 'utf8')));

type Found = Omit<Difference, 'reason'>;

/** Where what a server showed on one journey differs from what ours did, member by member. */
export const differencesIn = (server: Difference['server'], journey: string, ours: Seen, theirs: Seen): Found[] =>
  [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((step) =>
    differences(ours[step], theirs[step], `${journey}: ${step}`).map((one) => ({ server, ...one })),
  );

function differences(expected: unknown, seen: unknown, step: string): Omit<Found, 'server'>[] {
  if (isDeepStrictEqual(expected, seen)) return [];
  if (!isWhole(expected) || !isWhole(seen)) return [{ step, expected: expected ?? 'nothing', seen: seen ?? 'nothing' }];
  const names = [...new Set([...Object.keys(expected), ...Object.keys(seen)])];
  return names.flatMap((name) => differences(expected[name], seen[name], `${step}, ${name}`));
}

/** Something with members, and no refusal: that is compared as one. */
const isWhole = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('refused' in value);

/** The known ones of one journey, as they would be found. */
export const knownOf = (server: Difference['server'], journey: string): Found[] =>
  known
    .filter((one) => one.server === server && one.step.startsWith(`${journey}: `))
    .map(({ reason: _, ...found }) => found);
