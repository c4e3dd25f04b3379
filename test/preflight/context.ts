import { names } from '../../src/names.ts';
import type { PreflightContext } from '../../src/preflight/rule.ts';
import { flowJobs } from '../../src/resources/genesys/flow-job.ts';
import { SEED } from '../../src/sandbox/seed.ts';
import { TOPIC } from '../../src/solution.ts';
import type { Rig } from '../resources/rig.ts';
import { sampleIdentity, sampleSettings } from '../support/sample-settings.ts';

/** What the rules look at, in a rig's sandbox. */
export function contextIn(rig: Rig, more: Partial<PreflightContext> = {}): PreflightContext {
  const { aws, genesys } = rig.context('none');
  return {
    aws,
    genesys,
    identity: sampleIdentity,
    clientId: SEED.clientId,
    settings: sampleSettings,
    names: names(sampleSettings, sampleIdentity),
    publisher: flowJobs,
    topic: TOPIC,
    needs: 'change',
    hasTrigger: false,
    deletesData: false,
    unlocks: false,
    now: rig.now,
    nodeVersion: '24.0.0',
    ...more,
  };
}

/** Has the client of the sandbox hold just these permissions, in these divisions. */
export function permit(
  { sandbox }: Pick<Rig, 'sandbox'>,
  permissions: readonly string[],
  divisions?: readonly string[],
) {
  const { world } = sandbox;
  const client = world.get('oauth-clients', SEED.clientId);
  world.put('oauth-clients', SEED.clientId, { ...client, permissions, ...(divisions && { divisions }) });
}

/** Has the user of the sandbox hold just these statements of a policy. */
export function allow({ sandbox }: Pick<Rig, 'sandbox'>, ...Statement: readonly object[]) {
  const { world } = sandbox;
  const key = world.get('access-keys', SEED.accessKeyId);
  world.put('access-keys', SEED.accessKeyId, { ...key, policies: [{ Version: '2012-10-17', Statement }] });
}
