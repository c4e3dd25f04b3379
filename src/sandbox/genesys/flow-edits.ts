import * as z from 'zod';
import { Refusal } from '../contract.ts';
import type { World } from '../world.ts';
import type { FlowRecord } from './flow-record.ts';
import { publishInArchitect } from './publications.ts';

/** What somebody does to a flow in Architect. */
export const editSchema = z.strictObject({
  /** The name of the user. */
  user: z.string().min(1),
  /** Each does what comes before it too, as far as it has to: who saves has the flow locked. */
  what: z.enum(['lock', 'save', 'check-in', 'publish']),
  /** What they make of it; by default a comment more. */
  yaml: z.string().optional(),
});
type Edit = z.infer<typeof editSchema>;

/** Does to a flow what a user does in Architect. Throws a Refusal where Architect would not let them. */
export function editFlow(world: World, flow: FlowRecord, { user, what, yaml }: Edit, at: number): FlowRecord {
  const { id, name, lockedBy } = flow;
  if (lockedBy !== undefined && lockedBy !== user)
    throw new Refusal(409, 'architect.flow.locked.by.user', `The flow '${name}' is locked by ${lockedBy}.`);
  const keep = (record: FlowRecord) => world.put<FlowRecord>('flows', id, record);
  const locked = { ...flow, lockedBy: user };
  if (what === 'lock') return keep(locked);
  const text = yaml ?? `${newestText(flow)}# edited by ${user}\n`;
  const draft = { id: world.uuid(), yaml: Buffer.from(text).toString('base64'), by: user, at };
  if (what === 'save') return keep({ ...locked, draft });
  if (what === 'check-in') return keep(checkIn({ ...locked, draft }));
  const problems = publishInArchitect(world, Buffer.from(text), user, at);
  if (problems.length > 0)
    throw new Refusal(409, 'architect.flow.cannot.publish.missing.dependencies', problems.join(' '));
  return world.get<FlowRecord>('flows', id) ?? flow;
}

const newestText = ({ checkedIn, yaml = '' }: FlowRecord): string =>
  Buffer.from(checkedIn?.yaml ?? yaml, 'base64').toString();

/** What was saved becomes a new version, which is not published; nobody has the flow locked any more. */
export function checkIn({ lockedBy: _lock, draft, ...flow }: FlowRecord): FlowRecord {
  if (!draft) return flow;
  const { yaml, by, at } = draft;
  const version = (flow.checkedIn?.version ?? flow.publishedVersion) + 1;
  return { ...flow, checkedIn: { version, yaml, by, at } };
}
