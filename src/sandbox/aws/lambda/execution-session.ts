import type { World } from '../../world.ts';
import { newSession, type Session, standingSession } from '../access-keys.ts';
import type { Role } from '../iam/role.ts';
import { placeOf } from '../operation.ts';
import type { FunctionRecord } from './record.ts';

const HOURS = 12;

/** Keys for a function's code to sign with: the same as before, so that its worker stays warm, for half a day. */
export function executionSession(world: World, record: FunctionRecord, role: Role, now: number): Session {
  const { FunctionName, FunctionArn } = record;
  return (
    standingSession(world, FunctionArn, role.RoleId, now + 3600 * 1000) ??
    newSession(world, {
      account: placeOf(world).account,
      role,
      sessionName: FunctionName,
      now,
      seconds: HOURS * 3600,
      functionArn: FunctionArn,
    })
  );
}

/** When such a session began, in milliseconds since the epoch. */
export const startOfSession = ({ expiresAt }: Session): number => expiresAt - HOURS * 3600 * 1000;
