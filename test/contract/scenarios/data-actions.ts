import { actionBody, configBody, credentialBody } from '../../sandbox/genesys/data-actions.ts';
import type { Runnable } from '../../sandbox/genesys/runnable-action.ts';

const CARD = { cardNumber: '123456789' };

/** Credentials, integrations, data actions and their drafts: made, read, changed, run, deleted. */
export async function useDataActions(opened: Runnable): Promise<void> {
  await useCredentials(opened);
  await useIntegrations(opened);
  await useAction(opened);
  await useDraft(opened);
  await runActions(opened);
  const { call, action, integrationId, credentialId } = opened;
  await call(`DELETE ${action}`);
  await call(`DELETE /integrations/${integrationId}`);
  await call(`DELETE /integrations/credentials/${credentialId}`);
}

async function useCredentials({ call, credentialId }: Runnable): Promise<void> {
  await call('POST /integrations/credentials', { body: credentialBody() });
  await call('POST /integrations/credentials', { body: { ...credentialBody(), credentialFields: {} } });
  await call(`GET /integrations/credentials/${credentialId}`);
  await call(`PUT /integrations/credentials/${credentialId}`, { body: credentialBody() });
  await call('GET /integrations/credentials/listing?pageSize=1');
}

async function useIntegrations({ call, integrationId, credentialId }: Runnable): Promise<void> {
  const config = `/integrations/${integrationId}/config/current`;
  const { body } = await call(`GET ${config}`);
  await call(`PUT ${config}`, { body });
  await call(`PUT ${config}`, { body });
  await call(`PUT ${config}`, { body: configBody(body.version + 1, 'none') });
  await call(`GET /integrations/${integrationId}`);
  await call(`GET /integrations?integrationType=aws-lambda-data-actions&credentialId=${credentialId}&pageSize=1`);
  await call(`GET /integrations?ids=${integrationId}&reportedState=ACTIVE`);
  await call('GET /integrations?reportedState=GOOD');
  await call('GET /integrations/types/aws-lambda-data-actions');
  const bare = { name: 'Bare', integrationType: { id: 'aws-lambda-data-actions' } };
  const { id } = (await call('POST /integrations', { body: bare })).body;
  await call(`PATCH /integrations/${id}`, { body: { intendedState: 'ENABLED' } });
  await call('POST /integrations/actions', {
    body: actionBody(id, { contract: { ...actionBody('').contract, input: { inputSchema: {} } } }),
  });
}

async function useAction({ call, action }: Runnable): Promise<void> {
  await call(
    'GET /integrations/actions?name=pay&category=Payments&includeConfig=true&secure=false&sortBy=name&sortOrder=ASC',
  );
  await call('GET /integrations/actions?pageSize=0');
  await call(`GET ${action}?includeConfig=true&expand=contract`);
  await call(`GET ${action}/templates/requesttemplate.vm`);
  await call(`GET ${action}/templates/other.vm`);
  const { config } = actionBody('');
  await call(`PATCH ${action}`, { body: { name: 'pay', category: 'Payments', config, version: 1 } });
  await call(`PATCH ${action}`, { body: { version: 1 } });
}

async function useDraft({ call, action }: Runnable): Promise<void> {
  const draft = `${action}/draft`;
  await call(`GET ${draft}`);
  let { version } = (await call(`POST ${draft}`)).body;
  await call(`POST ${draft}`);
  await call(`GET ${draft}?includeConfig=true&expand=contract`);
  const { contract, config } = actionBody('');
  const invalid = { ...contract, output: { successSchema: { type: 'text' } } };
  for (const change of [
    { contract: invalid, config, secure: true },
    { contract, name: 'pay', category: 'Payments', secure: false },
  ]) {
    version = (await call(`PATCH ${draft}`, { body: { ...change, version } })).body.version;
    await call(`GET ${draft}/validation`);
    if (change.secure) await call(`POST ${draft}/publish`, { body: { version } });
  }
  await call(`POST ${draft}/test`, { body: CARD });
  await call(`POST ${draft}/publish`, { body: { version: 0 } });
  await call(`POST ${draft}/publish`, { body: { version } });
}

async function runActions({ call, action, integrationId }: Runnable): Promise<void> {
  for (const run of ['execute', 'test']) {
    await call(`POST ${action}/${run}`, { body: CARD });
    await call(`POST ${action}/${run}`, { body: {} });
    await call(`POST ${action}/${run}?flatten=true`, { body: CARD });
  }
  await call(`PATCH /integrations/${integrationId}`, { body: { intendedState: 'DISABLED' } });
  for (const run of ['execute', 'test']) await call(`POST ${action}/${run}`, { body: CARD });
}
