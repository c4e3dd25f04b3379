import { resolve } from 'node:path';
import { gatewayOf } from '../clients/gateway.ts';
import { until } from '../clients/retry.ts';
import { archyPublisher } from '../resources/genesys/archy-publisher.ts';
import { flowJobs } from '../resources/genesys/flow-job.ts';
import type { Publisher } from '../resources/genesys/publisher.ts';
import type { Values } from '../settings/gather.ts';
import { domains, type GenesysRegion } from '../settings/regions.ts';
import { clearPublishingTrail, openPublishingTrail } from '../state/publishing-trail.ts';
import type { Invocation } from './command.ts';
import { type OAuthClient, waitingOf } from './connect.ts';
import type { Io } from './io.ts';

interface Around {
  readonly env: Io['env'];
  readonly values: Values;
  readonly client: OAuthClient;
  /** Of the state. */
  readonly folder: string;
}

/** Who publishes flows in this run. Archy is not looked for before it is needed, and not loaded unless it is asked for. */
export async function publisherOf(
  { io, signal }: Invocation,
  { env, values, client, folder }: Around,
): Promise<Publisher> {
  if (values.publisher?.value !== 'archy') return flowJobs;
  const { createArchy } = await import('../clients/archy.ts');
  const { genesysRegion, clientId, clientSecret } = client;
  const path = values.archyPath && resolve(io.cwd, String(values.archyPath.value));
  const location = standIn(env) ?? domains[genesysRegion as GenesysRegion];
  const trail = openPublishingTrail(folder);
  const archy = createArchy({ path, env, clock: io.clock, location, clientId, clientSecret, trail });
  return archyPublisher(archy, signal);
}

/** What stands in for Genesys Cloud: then credentials go there and nowhere else. */
function standIn(env: Io['env']): string | undefined {
  const gateway = gatewayOf(env);
  return gateway && `${gateway.host}${gateway.port === undefined ? '' : `:${gateway.port}`}`;
}

const LONGEST = 16 * 60_000;

/** Where a run was killed while Archy published for it: waits until that has ended too, and takes away what it was given. */
export const afterKilledPublishing = (invocation: Invocation, folder: string): Promise<void> => {
  const what = 'Archy to end, which a run that was killed has started';
  return clearPublishingTrail(folder, async (isOver) => {
    await until(waitingOf(invocation), { every: 1_000, within: LONGEST, what }, async () =>
      isOver() ? true : undefined,
    );
  });
};
