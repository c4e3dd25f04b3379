import type { Work } from '../bootstrap/holding.ts';
import { administratorPermissions } from '../bootstrap/wanted.ts';
import type { Genesys } from '../clients/genesys.ts';
import type { Connection } from '../clients/retry.ts';
import { exitCode, SetupError } from '../errors/setup-error.ts';
import { divisionNamed, homeDivision } from '../preflight/divisions.ts';
import { holdingOf } from '../preflight/grants.ts';
import { readGrants } from '../preflight/read-grants.ts';
import type { GenesysRegion } from '../settings/regions.ts';
import type { SettingId } from '../settings/table.ts';
import type { Invocation } from './command.ts';
import { clientSecretOf, genesysOf, organizationOf, waitingOf } from './connect.ts';
import { gatherThese, start } from './gather-settings.ts';
import { tellPlace } from './introduce.ts';
import type { Io } from './io.ts';
import type { Place } from './place.ts';

interface Division {
  readonly id: string;
  readonly name: string;
}

/** An organization, as its administrator signs in to it. */
export interface Administration {
  readonly place: Place;
  readonly work: Work;
  readonly region: GenesysRegion;
  readonly organization: { readonly id: string; readonly name: string };
  readonly home: Division;
  /** Where the flows are going to be: Home, or the one that was named besides. */
  readonly divisions: readonly Division[];
  /** Throws with everything that the administrator's client may not do. */
  readonly check: (what: keyof typeof administratorPermissions) => Promise<void>;
}

const NEEDED: readonly SettingId[] = ['genesysRegion', 'clientId', 'clientSecret'];

/** Signs in with an administrator's client: never with what the last run had, which is the installer's. */
export async function withAdministration<T>(
  invocation: Invocation,
  act: (administration: Administration) => Promise<T>,
): Promise<T> {
  const { io, options, reporter } = invocation;
  const begun = await start(io, options, 'no fallback');
  const values = gatherThese(NEEDED, begun, options, {});
  const { place } = begun;
  const { env, close } = await place.open();
  try {
    const [region, clientId] = [String(values.genesysRegion?.value), String(values.clientId?.value)];
    const genesys = await connectAs(invocation, env, { genesysRegion: region, clientId });
    const organization = await organizationOf(genesys);
    tellPlace(invocation, place);
    reporter.say(`Genesys Cloud: ${organization.name} (${organization.id}), ${region}, as client ${clientId}.`);
    const home = { id: await homeDivision(genesys), name: 'Home' };
    const waiting = waitingOf(invocation);
    const result = await act({
      place,
      work: {
        genesys,
        unstopped: genesys.within(new AbortController().signal),
        waiting,
        say: reporter.say,
        administrator: clientId,
      },
      region: region as GenesysRegion,
      organization,
      home,
      divisions: await divisionsFor(genesys, home, values.division && String(values.division.value)),
      check: (what) => checkAdministrator(genesys, clientId, what, reporter.say),
    });
    // What was under way is done, and undone what must not stay; it was stopped all the same.
    invocation.signal.throwIfAborted();
    return result;
  } finally {
    await close();
  }
}

async function connectAs(
  invocation: Invocation,
  env: Io['env'],
  client: { readonly genesysRegion: string; readonly clientId: string },
): Promise<Connection<Genesys>> {
  const clientSecret = await clientSecretOf(invocation, env);
  if (!clientSecret) throw new Error('There is no secret to sign in with.');
  return genesysOf(invocation, env, { ...client, clientSecret });
}

async function divisionsFor(genesys: Genesys, home: Division, name: string | undefined): Promise<readonly Division[]> {
  if (name === undefined) return [home];
  const id = await divisionNamed(genesys, name);
  if (id === undefined)
    throw new SetupError(`The organization has no division "${name}".`, {
      exit: exitCode.preflight,
      hint: 'Correct --division, or make it in Genesys Cloud: Admin > People & Permissions > Divisions.',
    });
  // The call route lies in Home, wherever the flows are.
  return id === home.id ? [home] : [home, { id, name }];
}

async function checkAdministrator(
  genesys: Genesys,
  clientId: string,
  what: keyof typeof administratorPermissions,
  say: (line: string) => void,
): Promise<void> {
  const grants = await readGrants(genesys, clientId);
  if (!grants) return say('Whether your own client may do all of this cannot be known: it may not see its grants.');
  const lacking = administratorPermissions[what].filter(
    (permission) => holdingOf(grants, permission, undefined) === 'missing',
  );
  if (lacking.length === 0) return;
  throw new SetupError(
    `Your own client lacks ${lacking.length === 1 ? 'a permission' : `${lacking.length} permissions`} for this, and nothing was changed.`,
    {
      exit: exitCode.preflight,
      details: lacking,
      hint: 'Sign in with an OAuth client that has them, such as one with the role Master Admin. What was granted just now takes up to five minutes.',
    },
  );
}
