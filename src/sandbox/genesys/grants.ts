import type { Item, World } from '../world.ts';
import type { OAuthClient } from './oauth.ts';

/** A record of `divisions`. */
export type DivisionRecord = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly homeDivision: boolean;
  readonly createdAt: number;
};

/** A role that a client has, and where. */
interface Grant {
  readonly roleId: string;
  readonly divisionId: string;
}

/** Every client has one role of its own, under its own id, in all divisions: that is all there is to roles here. */
export const grantsOf = (world: World, { id, divisions }: OAuthClient): readonly Grant[] =>
  (divisions ?? world.list<DivisionRecord>('divisions').map((division) => division.id)).map((divisionId) => ({
    roleId: id,
    divisionId,
  }));

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
