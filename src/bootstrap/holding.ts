import * as z from 'zod';
import type { Genesys } from '../clients/genesys.ts';
import { until, type Waiting } from '../clients/retry.ts';
import { hasCode, orAbsent } from '../resources/vendor.ts';

/** What work in an organization takes. */
export interface Work {
  readonly genesys: Genesys;
  /** The same organization, for what has to be done although the run was stopped. */
  readonly unstopped: Genesys;
  readonly waiting: Waiting;
  readonly say: (line: string) => void;
  /** The id of the administrator's own client. */
  readonly administrator: string;
}

/** A role in divisions. */
interface Held {
  readonly roleId: string;
  /** Ids. */
  readonly divisions: readonly string[];
}

const GRANT = '/api/v2/authorization/subjects/{subjectId}/divisions/{divisionId}/roles/{roleId}';
/** Ms. What is asked for sooner may be refused, and Genesys Cloud may remember that for minutes. */
const SETTLING = 10_000;

/**
 * Does what takes the role in the administrator's own hands, as nobody can hand out a role that they do not hold. It is
 * taken out of them again whatever comes.
 */
export async function holding<T>(work: Work, held: Held, act: () => Promise<T>): Promise<T> {
  const { waiting, say } = work;
  let done: { readonly result: T };
  try {
    for (const divisionId of held.divisions)
      await grant(work.genesys, { subjectId: work.administrator, roleId: held.roleId, divisionId });
    say('Waiting 10 s without asking, until Genesys Cloud knows everywhere that your own client has the role.');
    await waiting.clock.sleep(SETTLING, waiting.signal);
    done = { result: await act() };
  } catch (error) {
    // What went wrong before is what has to be told, and this has told of itself.
    await takeBack(work, held).catch(() => undefined);
    throw error;
  }
  await takeBack(work, held);
  return done.result;
}

/** Takes the role from the administrator's own client; says so where it cannot. */
export async function takeBack({ unstopped, administrator, say }: Work, { roleId, divisions }: Held): Promise<void> {
  try {
    for (const divisionId of divisions) {
      const path = { subjectId: administrator, divisionId, roleId };
      await orAbsent(unstopped.call({ operation: `DELETE ${GRANT}`, path, schema: z.unknown() }));
    }
  } catch (error) {
    say('Your own client still has the role. Run the command again: it takes it back.');
    throw error;
  }
  say('Your own client does not have the role any more.');
}

/** Gives a client a role in a division. Twice is once. */
export async function grant(
  genesys: Genesys,
  path: { readonly subjectId: string; readonly divisionId: string; readonly roleId: string },
): Promise<void> {
  const query = { subjectType: 'PC_OAUTH_CLIENT' };
  await genesys.call({ operation: `POST ${GRANT}`, path, query, safe: true, schema: z.unknown() });
}

/** Repeats, seldom, what is refused because Genesys Cloud has not heard of the role everywhere. */
export async function onceKnown<T>({ waiting }: Work, act: () => Promise<T>): Promise<T> {
  const what = 'Genesys Cloud to know everywhere that your own client has the role, which takes up to five minutes';
  const { result } = await until(waiting, { every: 30_000, within: 300_000, what }, async () => {
    try {
      return { result: await act() };
    } catch (error) {
      if (hasCode(error, 'bad.client.role')) return undefined;
      throw error;
    }
  });
  return result;
}
