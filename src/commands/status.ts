import { owns } from '../engine/decide.ts';
import type { Deps } from '../engine/deps.ts';
import { type Found, look } from '../engine/look.ts';
import type { Entry, State } from '../engine/record.ts';
import { exitCode } from '../errors/setup-error.ts';
import { resources } from '../resources/index.ts';
import { labelOf } from '../resources/labels.ts';
import { formatStatus, type StatusRow } from '../ui/format-status.ts';
import { reading } from './checks.ts';
import type { Command, Invocation } from './command.ts';
import { introduce } from './introduce.ts';
import { isEmpty, isTakenAway, nothingInstalled } from './nothing-installed.ts';
import { peek } from './peek.ts';
import { type Session, withSession } from './session.ts';

/** Reads back every object that is recorded, and says how it is. */
export const status: Command = async (invocation) => {
  const { begun, saved } = await peek(invocation, 'to the sandbox');
  if (!saved || isEmpty(saved.state)) {
    const outcome = { ...nothingInstalled(invocation, begun), objects: [] };
    const { again } = begun.place;
    const hint = `If it was installed from another folder or machine, "${again('install')} --recover" takes it up, and "${again('uninstall')} --recover" takes it away.`;
    if (!saved) invocation.reporter.show([hint]);
    return outcome;
  }
  return withSession(
    invocation,
    { name: 'status', fallback: 'to the sandbox', settings: 'recorded', writes: false },
    async (session) => {
      introduce(invocation, session);
      const rows = await reading(invocation, () => readAll(session.deps.ledger.state, session.deps));
      show(invocation, session, rows);
      const isFine = rows.every(({ state }) => state === 'ok' || state === 'kept');
      return { exit: isFine ? exitCode.done : exitCode.drift, installation: session.installation, objects: rows };
    },
  );
};

function show({ reporter }: Invocation, session: Session, rows: readonly StatusRow[]): void {
  reporter.say('');
  reporter.show([...formatStatus(rows, labelOf), '', verdictOn(session, rows)]);
}

/** What it all comes to, and what puts it right. */
function verdictOn({ place, deps }: Session, rows: readonly StatusRow[]): string {
  const install = `${place.again('install')}${rows.some(({ isEdited }) => isEdited) ? ' --overwrite-edits' : ''}`;
  if (isTakenAway(deps.ledger.state) && rows.some(({ state }) => state !== 'kept'))
    return `An uninstall was begun. Run "${place.again('uninstall')}" to go on with it, or "${install}" to have everything again.`;
  const off = rows.filter(({ state }) => state !== 'ok' && state !== 'kept').length;
  const look = rows.some(({ state }) => state === 'foreign')
    ? 'Look first at what is not ours or refuses us. Then run'
    : 'Run';
  if (off > 0)
    return `${off} of ${rows.length} objects ${off === 1 ? 'is not as it' : 'are not as they'} should be. ${look} "${install}" to put that right.`;
  return `${rows.length === 1 ? 'The only object is as it' : `All ${rows.length} objects are as they`} should be.`;
}

const readAll = ({ steps, retired }: State, deps: Deps): Promise<readonly StatusRow[]> =>
  Promise.all([
    ...Object.entries(steps).map(([id, entry]) => readOne(id, entry, deps)),
    ...retired.map((entry) => readOne(entry.id, entry, deps)),
  ]);

async function readOne(id: string, entry: Entry, deps: Deps): Promise<StatusRow> {
  const { kind, key, inputs } = entry;
  const resource = resources[kind];
  if (!resource) throw new Error(`Unknown kind of resource in the state: ${kind}.`);
  // An interrupted create may still be invisible; that is not waited for here.
  const at = { id, resource, key, entry: { ...entry, since: undefined } };
  const observed = await look(at, deps, entry.status === 'kept' ? undefined : inputs);
  return { id, kind, name: key.name, ...judge(entry, observed) };
}

function judge(entry: Entry, observed: Found | undefined): Pick<StatusRow, 'state' | 'detail' | 'isEdited'> {
  if (!observed) return { state: 'missing' };
  if (entry.origin !== 'used' && !owns(entry, observed)) return { state: 'foreign', detail: ownerOf(observed) };
  if (observed.refusal) return { state: 'foreign', detail: observed.refusal };
  // What only is used may be as its owner likes it.
  if (entry.origin === 'used' && entry.status === 'ready') return { state: 'ok', detail: "somebody else's, only used" };
  if (entry.status === 'kept') return { state: 'kept', detail: observed.holds };
  if (entry.status !== 'ready') return { state: 'unfinished', detail: 'an interrupted run left it so' };
  if (observed.unready)
    return { state: observed.unready.settling ? 'settling' : 'broken', detail: observed.unready.why };
  const { overwrites, locked, holds, notes = [] } = observed;
  const known = [...(locked === undefined ? [] : [`locked by ${locked}`]), ...notes];
  if (observed.drift.length > 0)
    return {
      state: 'changed',
      detail: [observed.drift.join(', '), overwrites?.what, ...known].filter(Boolean).join('; '),
      ...(overwrites?.isTheirs && { isEdited: true }),
    };
  return { state: 'ok', detail: [holds, ...known].filter(Boolean).join('; ') || undefined };
}

const ownerOf = ({ mark }: Found): string =>
  typeof mark === 'object' ? `it belongs to ${mark.other}` : 'it carries no mark of this installation';
