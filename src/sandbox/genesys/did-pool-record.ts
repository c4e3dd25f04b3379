import type { World } from '../world.ts';

/** A record of `did-pools`. Times are milliseconds since the epoch. */
export type DidPoolRecord = {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly comments?: string;
  readonly startPhoneNumber: string;
  readonly endPhoneNumber: string;
  readonly provider: 'PURE_CLOUD' | 'PURE_CLOUD_VOICE';
  readonly division: { readonly id: string };
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly deletedAt?: number;
};

/** Both ends of a pool. */
type Range = Pick<DidPoolRecord, 'startPhoneNumber' | 'endPhoneNumber'>;

/** A number as Genesys Cloud takes it: longer ones than E.164 has, too. */
export const PHONE_NUMBER = /^\+[1-9]\d{2,18}$/;

/** The pools that are not deleted, in order of creation. */
export const livePools = (world: World): readonly DidPoolRecord[] =>
  world.list<DidPoolRecord>('did-pools').filter(({ deletedAt }) => deletedAt === undefined);

/** How many numbers lie between the ends, both included. */
export const sizeOf = ({ startPhoneNumber, endPhoneNumber }: Range): bigint =>
  BigInt(endPhoneNumber) - BigInt(startPhoneNumber) + 1n;

export const isInPool = ({ startPhoneNumber, endPhoneNumber }: Range, number: string): boolean =>
  PHONE_NUMBER.test(number) && BigInt(number) >= BigInt(startPhoneNumber) && BigInt(number) <= BigInt(endPhoneNumber);

export const overlap = (a: Range, b: Range): boolean =>
  BigInt(a.startPhoneNumber) <= BigInt(b.endPhoneNumber) && BigInt(b.startPhoneNumber) <= BigInt(a.endPhoneNumber);

/** Every number of a pool, in order. */
export const numbersOf = (pool: Range): readonly string[] =>
  Array.from({ length: Number(sizeOf(pool)) }, (_, index) => `+${BigInt(pool.startPhoneNumber) + BigInt(index)}`);
