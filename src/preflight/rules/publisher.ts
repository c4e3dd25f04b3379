import { TimeoutError } from '../../clients/retry.ts';
import { describeError } from '../../errors/describe-error.ts';
import { SetupError } from '../../errors/setup-error.ts';
import type { Rule } from '../rule.ts';

const rule = 'publisher';

/** A program that is to publish the flows is there, and is what it is taken for. */
export const publisher: Rule = {
  name: rule,
  applies: (context) => context.publisher.identify !== undefined,
  check: async (context) => {
    try {
      return [{ rule, severity: 'ok', message: `The flows are published by ${await context.publisher.identify?.()}.` }];
    } catch (error) {
      if (!(error instanceof SetupError || error instanceof TimeoutError)) throw error;
      const { message, hint } = describeError(error);
      return [{ rule, severity: 'error', message, remedy: hint }];
    }
  },
};
