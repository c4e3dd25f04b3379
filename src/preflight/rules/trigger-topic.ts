import * as z from 'zod';
import type { Rule } from '../rule.ts';

const rule = 'trigger-topic';

/** Triggers can listen to the end of a call. */
export const triggerTopic: Rule = {
  name: rule,
  applies: ({ hasTrigger }) => !hasTrigger,
  check: async ({ genesys, topic }) => {
    const operation = 'GET /api/v2/processautomation/triggers/topics';
    const topics = await genesys.page({ operation, schema: z.string() });
    if (topics.includes(topic)) return [{ rule, severity: 'ok', message: `Triggers can listen to ${topic}.` }];
    return [
      {
        rule,
        severity: 'error',
        message: `The organization has no events ${topic} for a trigger to listen to.`,
        remedy: 'Ask Genesys to enable process automation for conversation events in the organization.',
      },
    ];
  },
};
