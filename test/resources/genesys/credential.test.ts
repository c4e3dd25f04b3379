import * as z from 'zod';
import { credential } from '../../../src/resources/genesys/credential.ts';
import { laws } from '../laws.ts';
import { makeCredential, ROLE } from './subjects.ts';

const name = 'dev-pay-LambdaIntegrationCredentials';

laws(credential, async (rig) => ({
  step: 'pay-credential',
  key: { name },
  inputs: { roleArn: ROLE },
  change: { inputs: { roleArn: `${ROLE}2` }, drift: ['roleArn'] },
  makeForeign: async () => {
    const id = await makeCredential(rig);
    const { genesys } = rig.context('x');
    const { id: integrationId } = await genesys.call({
      operation: 'POST /api/v2/integrations',
      body: { name: 'Theirs', integrationType: { id: 'aws-lambda-data-actions' } },
      schema: z.object({ id: z.string() }),
    });
    const operation = 'PUT /api/v2/integrations/{integrationId}/config/current';
    await genesys.call({
      operation,
      path: { integrationId },
      body: {
        ...{ name: 'Theirs', version: 1, properties: {}, advanced: {}, notes: 'theirs' },
        credentials: { AmazonWebServicesARN: { id } },
      },
      schema: z.unknown(),
    });
  },
}));
