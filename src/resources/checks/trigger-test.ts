import * as z from 'zod';
import type { CheckContext } from './context.ts';

const part = z.looseObject({ matches: z.boolean().nullish(), details: z.array(z.unknown()).nullish() });
const testResult = z.looseObject({
  triggerMatches: z.boolean().nullish(),
  schemaValidation: part.nullish(),
  targetValidation: part.nullish(),
  jsonPathValidation: part
    .extend({
      details: z.array(z.looseObject({ jsonPath: z.string().nullish(), match: z.boolean().nullish() })).nullish(),
    })
    .nullish(),
});

/** What a trigger would make of an event. */
export interface TriggerTest {
  readonly matches: boolean;
  /** The paths of all criteria. */
  readonly paths: readonly string[];
  /** The paths of the criteria that the event does not meet. */
  readonly unmet: readonly string[];
  /** What is wrong with the workflow that it starts; empty where nothing is. */
  readonly target: readonly string[];
  /** What the topic's schema does not allow in the event; empty where it is valid. */
  readonly schema: readonly string[];
}

const textsOf = ({ matches, details }: z.infer<typeof part> = {}): readonly string[] =>
  matches === false ? (details ?? []).map(String) : [];

/** Asks what a trigger would make of an event; nothing is started. */
export async function testTrigger(
  { genesys }: Pick<CheckContext, 'genesys'>,
  triggerId: string,
  event: object,
): Promise<TriggerTest> {
  const operation = 'POST /api/v2/processautomation/triggers/{triggerId}/test';
  const body = JSON.stringify(event);
  const answer = await genesys.call({ operation, path: { triggerId }, body, safe: true, schema: testResult });
  const criteria = answer.jsonPathValidation?.details ?? [];
  const paths = (those: typeof criteria) => those.flatMap(({ jsonPath }) => jsonPath ?? []);
  return {
    matches: answer.triggerMatches === true,
    paths: paths(criteria),
    unmet: paths(criteria.filter(({ match }) => match === false)),
    target: textsOf(answer.targetValidation ?? {}),
    schema: textsOf(answer.schemaValidation ?? {}),
  };
}
