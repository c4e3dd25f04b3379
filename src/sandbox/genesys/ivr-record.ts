import type { Request } from '../contract.ts';
import type { World } from '../world.ts';

type Ref = { readonly id: string };

/** A record of `ivrs`. Times are milliseconds since the epoch. */
export type IvrRecord = {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly divisionId: string;
  readonly dnis: readonly string[];
  readonly openHoursFlow?: Ref;
  readonly closedHoursFlow?: Ref;
  readonly holidayHoursFlow?: Ref;
  readonly scheduleGroup?: Ref;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly deletedAt?: number;
};

/** The members of an IVR that name a flow. */
export const FLOW_MEMBERS = ['openHoursFlow', 'closedHoursFlow', 'holidayHoursFlow'] as const;

/** The IVRs that are not deleted, in order of creation. */
export const liveIvrs = (world: World): readonly IvrRecord[] =>
  world.list<IvrRecord>('ivrs').filter(({ deletedAt }) => deletedAt === undefined);

/** The IVRs whose flows and numbers are not free: those that live, and those that were only just deleted. */
export const holdingIvrs = (world: World, { passed }: Pick<Request, 'passed'>): readonly IvrRecord[] =>
  world
    .list<IvrRecord>('ivrs')
    .filter(({ id, deletedAt }) => deletedAt === undefined || !passed('ivr.released', deletedAt, id));

/** Whether an IVR leads to this flow at any hour. */
export const leadsTo = (ivr: IvrRecord, flowId: string): boolean =>
  FLOW_MEMBERS.some((member) => ivr[member]?.id === flowId);
