import type { Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import type { OAuthClient } from './oauth.ts';
import { roleOf } from './role-record.ts';

/** A record of `divisions`. */
export type DivisionRecord = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly homeDivision: boolean;
  readonly createdAt: number;
};

/** A role that a client has, and where; a record of `grants`, but for those of a client's own role. */
export type Grant = {
  readonly subjectId: string;
  readonly roleId: string;
  /** `*`: in all of them. */
  readonly divisionId: string;
  readonly createdAt: number;
};

type Named = Omit<Grant, 'createdAt'>;

const idOf = ({ subjectId, divisionId, roleId }: Named): string => [subjectId, divisionId, roleId].join(' ');

/** Every role that a client has: its own, under its own id, if it was put here by hand, and those that it was granted. */
export const grantsOf = (world: World, client: OAuthClient): readonly Grant[] => [
  ...ownGrants(world, client),
  ...world.list<Grant>('grants').filter(({ subjectId }) => subjectId === client.id),
];

function ownGrants(world: World, { id, permissions, divisions, createdAt }: OAuthClient): readonly Grant[] {
  if (permissions === undefined) return [];
  const everywhere = () => world.list<DivisionRecord>('divisions').map((division) => division.id);
  return (divisions ?? everywhere()).map((divisionId) => ({ subjectId: id, roleId: id, divisionId, createdAt }));
}

/** Grants a role; what is granted already stays as it is. */
export function grant(world: World, named: Named, now: number): void {
  const id = idOf(named);
  if (!world.get('grants', id)) world.put<Grant>('grants', id, { ...named, createdAt: now });
}

/** Takes a grant back; whether there was one. */
export function withdraw(world: World, named: Named): boolean {
  const id = idOf(named);
  const isThere = world.get('grants', id) !== undefined;
  world.remove('grants', id);
  return isThere;
}

/** Takes back all grants that fit. */
export function withdrawAll(world: World, fits: (grant: Grant) => boolean): void {
  for (const one of world.list<Grant>('grants')) if (fits(one)) world.remove('grants', idOf(one));
}

/** The roles of a client that the authorization service has heard of. */
export const knownGrantsOf = (world: World, client: OAuthClient, { passed }: Pick<Request, 'passed'>) =>
  grantsOf(world, client).filter((one) => passed('grant.known', one.createdAt, idOf(one)));

/** Whether the client holds `domain:entity:action`; divisions are not told apart. */
export function holds(world: World, client: OAuthClient, wanted: string, request: Pick<Request, 'passed'>): boolean {
  const parts = wanted.toLowerCase().split(':');
  return knownGrantsOf(world, client, request)
    .flatMap(({ roleId }) => roleOf(world, roleId)?.permissions ?? [])
    .some((held) => {
      if (held === '*') return true;
      const segments = held.toLowerCase().split(':');
      return parts.every((part, index) => segments[index] === '*' || segments[index] === part);
    });
}

/** The division that everything belongs to which names no other. */
export function homeDivision(world: World): DivisionRecord {
  const home = world.list<DivisionRecord>('divisions').find((division) => division.homeDivision);
  if (!home) throw new TypeError('The world has no Home division');
  return home;
}

/** A division as the API shows it. */
export const describeDivision = ({ id, name, description, homeDivision }: DivisionRecord): Item => ({
  id,
  name,
  description,
  homeDivision,
  selfUri: `/api/v2/authorization/divisions/${id}`,
});
