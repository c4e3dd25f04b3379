import { onTestFinished } from 'vitest';
import { genesys } from '../../../src/sandbox/genesys/index.ts';
import type { SandboxOptions } from '../../../src/sandbox/open.ts';
import type { Profile } from '../../../src/sandbox/profile.ts';
import { openTestSandbox } from '../../support/sandbox.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';
import { type Answer, callerAt } from './caller.ts';

export const ROLE = 'arn:aws:iam::123456789012:role/pay-trust';
export const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:pay';

/** A credential for a role, as a request sends it. */
export const credentialBody = (ARN = ROLE) => ({
  name: 'Pay',
  type: { name: 'amazonWebServicesARN' },
  credentialFields: { ARN },
});

/** What names an integration and its credential, as a request sends it. */
export const configBody = (version: number, credentialId?: string) => ({
  name: 'Pay',
  version,
  properties: {},
  advanced: {},
  notes: 'for payments',
  credentials: credentialId === undefined ? {} : { AmazonWebServicesARN: { id: credentialId } },
});

/** A contract that takes a text and gives one. */
export const contract = {
  input: {
    inputSchema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      required: ['cardNumber'],
      properties: { cardNumber: { type: 'string' } },
    },
  },
  output: { successSchema: { type: 'object', properties: { paymentId: { type: 'string' } } } },
};

/** A data action of an integration, as a request sends it. */
export const actionBody = (integrationId: string, changes: object = {}) => ({
  name: 'pay',
  category: 'Payments',
  integrationId,
  contract,
  config: {
    timeoutSeconds: 15,
    request: {
      requestUrlTemplate: FUNCTION,
      requestType: 'POST',
      requestTemplate: `\${input.rawRequest}`,
      headers: {},
    },
    response: { translationMap: {}, translationMapDefaults: {}, successTemplate: `\${rawResult}` },
  },
  ...changes,
});

type Call = (operation: string, sent?: { readonly body?: unknown }) => Promise<Answer>;

/** Makes a credential and an integration that uses it and is enabled, and gives the id of each. */
export async function makeIntegration(call: Call, roleArn = ROLE) {
  const credentialId: string = (await call('POST /integrations/credentials', { body: credentialBody(roleArn) })).body
    .id;
  const made = await call('POST /integrations', {
    body: { name: 'Pay', integrationType: { id: 'aws-lambda-data-actions' } },
  });
  const id: string = made.body.id;
  await call(`PUT /integrations/${id}/config/current`, { body: configBody(1, credentialId) });
  await call(`PATCH /integrations/${id}`, { body: { intendedState: 'ENABLED' } });
  return { id, credentialId };
}

const functions = { run: () => Promise.reject(new Error('none')), close: () => Promise.resolve() };

/** A served sandbox with Genesys Cloud alone, in virtual time. `windows` are in its profile. */
export async function openGenesys(windows: Profile['windows'] = {}, observe?: SandboxOptions['observe']) {
  const virtual = createVirtualClock(Date.UTC(2026, 6, 1));
  const profile = { latency: {}, windows };
  const sandbox = await openTestSandbox({ virtual, profile, protocols: [genesys], functions, observe });
  const { call, signIn } = await callerAt(sandbox.origin);
  return {
    ...sandbox,
    call,
    signIn,
    pass: (ms: number) => virtual.sleep(ms),
    /** Makes a data action and gives its id. */
    addAction: async (changes: object = {}): Promise<string> => {
      const { id } = await makeIntegration(call);
      return (await call('POST /integrations/actions', { body: actionBody(id, changes) })).body.id;
    },
  };
}
export type Opened = Awaited<ReturnType<typeof openGenesys>>;

/** The same for the test that is running, closed when that ends. */
export async function openForTest(windows?: Profile['windows']): Promise<Opened> {
  const opened = await openGenesys(windows);
  onTestFinished(opened.close);
  return opened;
}
