import * as z from 'zod';
import type { CheckContext } from './context.ts';

const errorBody = z.looseObject({
  code: z.string().nullish(),
  message: z.string().nullish(),
  details: z.array(z.looseObject({ errorCode: z.string().nullish() })).nullish(),
});
type ErrorBody = z.infer<typeof errorBody>;

const testResult = z.looseObject({
  success: z.boolean().nullish(),
  finalResult: z.unknown().optional(),
  error: errorBody.nullish(),
  operations: z.array(z.looseObject({ name: z.string().nullish(), error: errorBody.nullish() })).nullish(),
});

/** How a data action ended that was tried out: with a result, or with what was said about its failure. */
export type ActionTest = { readonly result: unknown } | { readonly said: readonly string[] };

/**
 * Runs a data action as a flow would, to see how it comes out. The vendor answers 200 whether the action succeeds or not;
 * where in that answer a function's own error stands is not documented, so all that is said is kept.
 */
export async function testAction(
  { genesys }: Pick<CheckContext, 'genesys'>,
  actionId: string,
  input: Readonly<Record<string, string>>,
): Promise<ActionTest> {
  const operation = 'POST /api/v2/integrations/actions/{actionId}/test';
  const answer = await genesys.call({ operation, path: { actionId }, body: input, safe: true, schema: testResult });
  if (answer.success === true) return { result: answer.finalResult };
  const errors = [answer.error, ...(answer.operations?.map(({ error }) => error) ?? [])];
  return { said: [...new Set(errors.flatMap((error) => (error ? wordsOf(error) : [])))] };
}

const wordsOf = ({ message, code, details }: ErrorBody): readonly string[] =>
  [message, code, ...(details?.map(({ errorCode }) => errorCode) ?? [])].flatMap((text) => text || []);
