import type { Journey } from './journeys.ts';
import type { AwsContext, Place } from './place.ts';
import { iamProbes } from './probes/iam.ts';
import { lambdaProbes } from './probes/lambda.ts';
import { logsProbes } from './probes/logs.ts';
import { s3Probes } from './probes/s3.ts';
import { stsProbes } from './probes/sts.ts';
import { createLog } from './seen.ts';

/** Single calls, one after another: what they answer, or how they are refused. */
export type Probe = readonly [step: string, take: (context: AwsContext) => Promise<unknown>];

const journeyOf =
  (list: readonly Probe[]): Journey =>
  async (place: Place) => {
    const { seen, see } = createLog();
    for (const [step, take] of list) await see(step, () => take(place.context('a-step')));
    return seen;
  };

/** What the resources, the functions and the uninstall rely on, service by service. */
export const probes: Readonly<Record<string, Journey>> = {
  s3: journeyOf(s3Probes),
  iam: journeyOf(iamProbes),
  lambda: journeyOf(lambdaProbes),
  logs: journeyOf(logsProbes),
  sts: journeyOf(stsProbes),
};
