import * as z from 'zod';
import type { Operation } from '../contract.ts';
import { scriptedCaller } from '../telephony/caller.ts';
import { placeCall } from '../telephony/calls.ts';
import type { Surroundings } from '../telephony/host.ts';
import type { LiveCalls } from '../telephony/live-calls.ts';
import { row } from './row.ts';

const number = z.string().regex(/^\+\d{3,15}$/, 'a number such as +13175550100');
const callSchema = z.strictObject({
  to: number,
  from: number.optional(),
  direction: z.enum(['INBOUND', 'OUTBOUND']).default('INBOUND'),
  keys: z.array(z.string().regex(/^[0-9*#.!]*$/, 'keys are 0 to 9, * and #; . is silence, ! hangs up')).default([]),
  hangUpAfter: z.int().min(0).optional(),
  events: z.int().min(0).max(10).default(1),
  /** Somebody is at a terminal: keys come one by one, and time is real. */
  live: z.boolean().default(false),
});
const keySchema = z.strictObject({ key: z.string().regex(/^[0-9*#]$/) });
const since = z.coerce.number().int().min(0).catch(0);

/** Calls: made as a script at once, or by somebody who presses keys. */
export const callOperations = (surroundings: Surroundings, live: LiveCalls): readonly Operation[] => [
  row(
    'placeCall',
    'POST /_sandbox/calls',
    async (_world, { body, now }) => {
      const { live: isLive, ...call } = callSchema.parse(body);
      if (isLive) return { status: 201, body: { id: live.begin(call) } };
      const heard: string[] = [];
      const caller = scriptedCaller({ ...call, start: now, tell: (line) => void heard.push(line) });
      return { status: 200, body: await placeCall(surroundings, { ...call, caller, heard }) };
    },
    callSchema,
  ),
  row('followCall', 'GET /_sandbox/calls/{id}?since=', async (_world, { path, query }) => ({
    status: 200,
    body: await live.follow(path['id'] ?? '', since.parse(query.get('since'))),
  })),
  row(
    'pressKey',
    'POST /_sandbox/calls/{id}/keys',
    (_world, { path, body }) => {
      live.press(path['id'] ?? '', keySchema.parse(body).key);
      return { status: 204 };
    },
    keySchema,
  ),
  row('hangUp', 'POST /_sandbox/calls/{id}/hang-up', (_world, { path }) => {
    live.hangUp(path['id'] ?? '');
    return { status: 204 };
  }),
];
