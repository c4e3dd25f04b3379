import * as z from 'zod';
import { integration } from '../../../src/resources/genesys/integration.ts';
import { laws } from '../laws.ts';
import type { Rig } from '../rig.ts';
import { makeCredential, makeIntegration } from './subjects.ts';

const name = 'dev-pay-Lambda-Integration';
const STEP = 'pay-integration';
const path = '/api/v2/integrations/{integrationId}/config/current';
const config = z.looseObject({ version: z.number(), notes: z.string(), properties: z.record(z.string(), z.unknown()) });

const getConfig = async (rig: Rig) => {
  const { genesys } = rig.context(STEP);
  const [live] = await genesys.page({
    operation: 'GET /api/v2/integrations',
    query: { integrationType: 'aws-lambda-data-actions' },
    schema: z.object({ id: z.string() }),
  });
  const integrationId = live?.id ?? '';
  return {
    integrationId,
    config: await genesys.call({ operation: `GET ${path}`, path: { integrationId }, schema: config }),
  };
};

laws(integration, async (rig) => ({
  step: STEP,
  key: { name },
  inputs: { credentialId: await makeCredential(rig), state: 'ENABLED' as const },
  change: {
    inputs: { credentialId: await makeCredential(rig, 'dev-other'), state: 'ENABLED' as const },
    drift: ['credentialId'],
  },
  makeForeign: () => makeIntegration(rig, 'ffffffffffff'),
  addition: {
    add: async () => {
      const { integrationId, config: live } = await getConfig(rig);
      const body = { ...live, notes: `Ask Ann first. ${live.notes}` };
      await rig
        .context(STEP)
        .genesys.call({ operation: `PUT ${path}`, path: { integrationId }, body, schema: z.unknown() });
    },
    isThere: async () => (await getConfig(rig)).config.notes.includes('Ask Ann first.'),
  },
}));
