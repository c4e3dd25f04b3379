import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

/** A policy document as far as it is compared: statements with a `Sid`, the rest as it is. */
export const policyDocument = z.looseObject({
  Version: z.string().optional(),
  Statement: z.preprocess(
    (value) => (Array.isArray(value) || value === undefined ? value : [value]),
    z.array(z.looseObject({ Sid: z.string().optional() })),
  ),
});
export type PolicyDocument = z.infer<typeof policyDocument>;

/** Parses what the vendor stores; IAM gives it URL-encoded. Anything unreadable counts as no statement at all. */
export function parsePolicy(text: string | undefined): PolicyDocument {
  try {
    return policyDocument.parse(JSON.parse(text?.startsWith('%7B') ? decodeURIComponent(text) : (text ?? '')));
  } catch {
    return { Statement: [] };
  }
}

/** Whether each wanted statement is there as it should be. */
export const covers = (live: PolicyDocument, wanted: PolicyDocument): boolean =>
  wanted.Statement.every((statement) => live.Statement.some((other) => isDeepStrictEqual(other, statement)));

/** The statements that somebody else put there. */
export const foreignStatements = (live: PolicyDocument, wanted: PolicyDocument) =>
  live.Statement.filter(({ Sid }) => !wanted.Statement.some((own) => own.Sid === Sid));

/** The wanted statements, and those that somebody else added. */
export const merged = (live: PolicyDocument, wanted: PolicyDocument): PolicyDocument => ({
  ...wanted,
  Statement: [...wanted.Statement, ...foreignStatements(live, wanted)],
});
