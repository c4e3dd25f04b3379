import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { explanations } from '../../src/errors/explanations.ts';
import { contract } from './contract-faults.ts';

const byRoute = new Map([...contract.operations.values()].map((one) => [one.route, one]));
const answer = z.object({ status: z.number(), body: z.object({ code: z.string() }) });

const examples = explanations.flatMap(({ id, example }) => {
  if (example.from !== 'Genesys Cloud' || !example.operation.includes(' /api/')) return [];
  const { data } = answer.safeParse(example.thrown);
  return data ? [{ id, route: example.operation, status: data.status, code: data.body.code }] : [];
});

describe('the example of an explanation is an answer that the contract knows', () => {
  test('and there are some', () => expect(examples.length).toBeGreaterThan(25));

  test.each(examples)('$id: $status $code of $route', ({ route, status, code }) => {
    expect(byRoute.get(route)?.responses[status]?.errorCodes).toContain(code);
  });
});
