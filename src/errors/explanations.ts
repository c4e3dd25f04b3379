import { applyTo, type Explained, type Explanation } from './explanation.ts';
import type { Failure } from './failure.ts';
import { knownOfAwsCredentials } from './known-aws-credentials.ts';
import { knownOfAwsObjects } from './known-aws-objects.ts';
import { knownOfAwsPermissions } from './known-aws-permissions.ts';
import { knownOfFlowJobs } from './known-flow-jobs.ts';
import { knownOfGenesysClients } from './known-genesys-clients.ts';
import { knownOfGenesysFlows } from './known-genesys-flows.ts';
import { knownOfGenesysIntegrations } from './known-genesys-integrations.ts';
import { knownOfGenesysNumbers } from './known-genesys-numbers.ts';
import { knownOfGenesysPermissions } from './known-genesys-permissions.ts';
import { knownOfGenesysSignIn } from './known-genesys-sign-in.ts';
import { knownInGeneral } from './known-in-general.ts';
import { knownOfMachine } from './known-machine.ts';
import { knownOfProxies } from './known-proxy.ts';

/** Every known failure, the narrower ones first. Each is tested by its example. */
export const explanations: readonly Explanation[] = [
  ...knownOfProxies,
  ...knownOfMachine,
  ...knownOfAwsCredentials,
  ...knownOfAwsPermissions,
  ...knownOfAwsObjects,
  ...knownOfGenesysSignIn,
  ...knownOfGenesysPermissions,
  ...knownOfGenesysNumbers,
  ...knownOfGenesysFlows,
  ...knownOfGenesysIntegrations,
  ...knownOfGenesysClients,
  ...knownOfFlowJobs,
  ...knownInGeneral,
];

/** A known failure in the user's terms: what happened, and what to do; undefined where it is none. */
export function explain(failure: Failure): Explained | undefined {
  for (const explanation of explanations) {
    const said = applyTo(failure, explanation);
    if (said) return said;
  }
  return undefined;
}
