import { applyTo, type Explanation } from './explanation.ts';
import type { Failure } from './failure.ts';
import { knownOfAws } from './known-aws.ts';
import { knownOfAwsCredentials } from './known-aws-credentials.ts';
import { knownOfFlowJobs } from './known-flow-jobs.ts';
import { knownOfGenesys } from './known-genesys.ts';
import { knownInGeneral } from './known-in-general.ts';
import { knownOfMachine } from './known-machine.ts';

/** Every known failure, the narrower ones first. Each is tested by its example. */
export const explanations: readonly Explanation[] = [
  ...knownOfMachine,
  ...knownOfAwsCredentials,
  ...knownOfAws,
  ...knownOfGenesys,
  ...knownOfFlowJobs,
  ...knownInGeneral,
];

/** A known failure in the user's terms: what happened, and what to do; undefined where it is none. */
export function explain(failure: Failure): ReturnType<typeof applyTo> {
  for (const explanation of explanations) {
    const said = applyTo(failure, explanation);
    if (said) return said;
  }
  return undefined;
}
