import type { AnyResource } from '../engine/contract.ts';
import { iamRole } from './aws/iam-role.ts';
import { lambdaFunction } from './aws/lambda-function.ts';
import { logGroup } from './aws/log-group.ts';
import { s3Bucket } from './aws/s3-bucket.ts';
import { credential } from './genesys/credential.ts';
import { dataAction } from './genesys/data-action.ts';
import { didPool } from './genesys/did-pool.ts';
import { flow } from './genesys/flow.ts';
import { integration } from './genesys/integration.ts';
import { ivr } from './genesys/ivr.ts';
import { trigger } from './genesys/trigger.ts';

/** Every kind that a state may hold. */
export const resources: Readonly<Record<string, AnyResource>> = {
  [s3Bucket.kind]: s3Bucket,
  [logGroup.kind]: logGroup,
  [iamRole.kind]: iamRole,
  [lambdaFunction.kind]: lambdaFunction,
  [credential.kind]: credential,
  [integration.kind]: integration,
  [dataAction.kind]: dataAction,
  [flow.kind]: flow,
  [didPool.kind]: didPool,
  [trigger.kind]: trigger,
  [ivr.kind]: ivr,
};
