import * as z from 'zod';
import { checkKinds, type Kinds } from './check-kinds.ts';
import { FORMAT, fileSchema, type Saved, VERSION } from './format.ts';
import { migrate } from './migrations.ts';
import { Unreadable } from './unreadable.ts';

/** What every file of ours begins with, whatever its version. */
const head = z.looseObject({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  tool: z.string().max(100).catch('of an unknown version'),
});

const DEEPEST = 32;
/** Members of one list or object. The longest that is ever written holds the numbers of a range: 1000. */
const MOST_MEMBERS = 5_000;

/** Makes a state of a file's bytes, or throws an Unreadable. Entries of kinds are checked where `kinds` are given. */
export function parseState(bytes: Uint8Array, kinds?: Kinds): Saved {
  const json = readJson(bytes);
  if (!isWithinLimits(json)) throw new Unreadable('it is nested deeper, or holds more, than any state of eo-setup');
  const begun = head.safeParse(json);
  if (!begun.success) throw new Unreadable('it is not a state of eo-setup');
  const { version, tool } = begun.data;
  if (version > VERSION)
    throw new Unreadable(`a newer eo-setup (${tool}) wrote it`, 'Update eo-setup, then run the command again.');
  const whole = fileSchema.safeParse(migrate(begun.data, version));
  if (!whole.success) throw new Unreadable(`it is damaged (${issueOf(whole.error)})`);
  const { installation, target, format: _, version: __, tool: by, ...state } = whole.data;
  return { state: kinds ? checkKinds(state, kinds) : state, installation, target, tool: by };
}

function readJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('it is not text');
  }
  // A file whose end never reached the disk may be full of zeros.
  if (/^[\s\0]*$/.test(text)) throw new Unreadable('it is empty');
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('it is cut off, or is not JSON');
  }
}

/** Looks level by level, so that no depth can exhaust the stack. */
function isWithinLimits(json: unknown): boolean {
  let level = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return false;
    const members = level.map((one) => (one && typeof one === 'object' ? Object.values(one) : []));
    if (members.some(({ length }) => length > MOST_MEMBERS)) return false;
    level = members.flat();
  }
  return true;
}

const issueOf = ({ issues }: z.ZodError) => `${issues[0]?.path.join('.') || 'file'}: ${issues[0]?.message}`;
