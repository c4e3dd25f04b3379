import { queryService } from '../query.ts';
import { rolePolicyOperations } from './role-policies.ts';
import { roleTagOperations } from './role-tags.ts';
import { roleOperations } from './roles.ts';
import { simulationOperations } from './simulation.ts';

/** IAM as the sandbox has it: roles, and what policies come to. */
export const iam = queryService('2010-05-08', [
  ...roleOperations,
  ...rolePolicyOperations,
  ...roleTagOperations,
  ...simulationOperations,
]);
