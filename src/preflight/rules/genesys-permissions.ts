import { byEntity } from '../../by-entity.ts';
import { divisionNamed, homeDivision } from '../divisions.ts';
import type { Finding } from '../finding.ts';
import { type Grant, holdingOf } from '../grants.ts';
import { divisionFor, permissionsFor, titleOf } from '../permissions.ts';
import { readGrants } from '../read-grants.ts';
import type { Rule } from '../rule.ts';

const rule = 'genesys-permissions';
const ROLES = 'Admin > People & Permissions > Roles / Permissions';
const IN_FORCE = 'It takes up to five minutes to be in force.';

/** The OAuth client may do what the run takes, in the divisions where it does it. */
export const genesysPermissions: Rule = {
  name: rule,
  check: async ({ genesys, clientId, settings, needs, unlocks, publisher }) => {
    const { division } = settings;
    const [grants, named] = await Promise.all([
      readGrants(genesys, clientId),
      division === undefined ? undefined : divisionNamed(genesys, division),
    ]);
    // Most clients have their role in the Home division, and are shown so: that spares a call.
    const home = grants?.find(({ isHome }) => isHome)?.divisionId ?? (await homeDivision(genesys));
    const wanted = permissionsFor(needs, unlocks).filter((permission) => !publisher.spares.includes(permission));
    const isLost = division !== undefined && named === undefined && needs !== 'remove';
    return [
      ...(isLost ? [noDivision(division)] : []),
      ...judgePermissions(grants, wanted, {
        home,
        flows: division === undefined ? home : named,
        name: division ?? 'Home',
      }),
    ];
  },
};

interface Where {
  readonly home: string;
  readonly flows: string | undefined;
  /** Of the division of the flows. */
  readonly name: string;
}

/** What there is to say of grants; undefined is that nobody knows them. */
export function judgePermissions(
  grants: readonly Grant[] | undefined,
  wanted: readonly string[],
  where: Where,
): readonly Finding[] {
  if (!grants) return [notKnown(wanted)];
  const found = wanted.flatMap((permission) => judgeOne(grants, permission, where));
  if (found.length > 0) return found;
  return [{ rule, severity: 'ok', message: `The OAuth client has all ${wanted.length} permissions that this takes.` }];
}

function judgeOne(grants: readonly Grant[], permission: string, where: Where): readonly Finding[] {
  const division = divisionFor(permission);
  const holding = holdingOf(grants, permission, division && where[division]);
  if (holding === 'missing') return [missing(permission)];
  if (holding === 'elsewhere') return [elsewhere(permission, division === 'flows' ? where.name : 'Home')];
  return holding === 'conditional' ? [conditional(permission)] : [];
}

function missing(permission: string): Finding {
  const isLicensed = permission.startsWith('processautomation:')
    ? " If it is not to be found there, the organization's licence has no triggers."
    : '';
  return {
    rule,
    severity: 'error',
    message: `The OAuth client lacks the permission ${permission}.`,
    remedy: `Tick ${titleOf(permission)} in a role of the client: ${ROLES}. ${IN_FORCE}${isLicensed}`,
  };
}

const elsewhere = (permission: string, division: string): Finding => ({
  rule,
  severity: 'error',
  message: `The OAuth client has the permission ${permission}, but not in the division "${division}".`,
  remedy: `Give it the role with ${titleOf(permission)} in that division too: Admin > Integrations > OAuth, then the client, then Roles. ${IN_FORCE}`,
});

const conditional = (permission: string): Finding => ({
  rule,
  severity: 'unknown',
  message: `The OAuth client has the permission ${permission} on a condition only, and whether that is met here cannot be known.`,
  remedy: `If Genesys Cloud refuses what it takes, give the client a role without the condition: ${ROLES}.`,
});

const noDivision = (name: string): Finding => ({
  rule,
  severity: 'error',
  message: `The organization has no division "${name}", or the OAuth client may not see it.`,
  remedy: 'Correct --division, or make it in Genesys Cloud: Admin > People & Permissions > Divisions.',
});

const notKnown = (wanted: readonly string[]): Finding => ({
  rule,
  severity: 'unknown',
  message: 'What the OAuth client may do cannot be known: it may see neither its own grants nor its roles.',
  remedy: `Give it oauth:client:view and authorization:role:view to have that checked, or see that it has ${together(wanted)}.`,
});

/** `architect:flow:add,view; architect:ui:view`: one entity after the other. */
const together = (permissions: readonly string[]): string =>
  [...byEntity(permissions)].map(([entity, actions]) => `${entity}:${actions.join(',')}`).join('; ');
