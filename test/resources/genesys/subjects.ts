import { credential } from '../../../src/resources/genesys/credential.ts';
import { flow } from '../../../src/resources/genesys/flow.ts';
import { integration } from '../../../src/resources/genesys/integration.ts';
import type { Rig } from '../rig.ts';

/** What kinds stand on, made by the kinds below them, as steps of our installation. */
export const ROLE = 'arn:aws:iam::123456789012:role/dev-pay-TrustRole';
export const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:dev-pay-lambda';

const nothing = async () => {};

export async function makeCredential(rig: Rig, name = 'dev-pay-LambdaIntegrationCredentials'): Promise<string> {
  const { outputs } = await credential.reconcile(
    rig.context('pay-credential'),
    { name },
    { roleArn: ROLE },
    undefined,
    nothing,
  );
  return outputs.id;
}

export async function makeIntegration(rig: Rig, installation?: string): Promise<string> {
  const inputs = { credentialId: await makeCredential(rig), state: 'ENABLED' as const };
  const key = { name: 'dev-pay-Lambda-Integration' };
  const context = rig.context('pay-integration', installation);
  return (await integration.reconcile(context, key, inputs, undefined, nothing)).outputs.id;
}

export const contract = {
  input: {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    required: ['cardNumber'],
    properties: { cardNumber: { type: 'string' } },
    additionalProperties: true,
  },
  output: {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    properties: { paymentId: { type: 'string' } },
    additionalProperties: true,
  },
};

/** The least that is a workflow, marked or not. */
export const workflowYaml = (name: string, description: string, reason = 'done') =>
  [
    'workflow:',
    `  name: ${name}`,
    `  description: "${description}"`,
    '  defaultLanguage: en-us',
    '  startUpRef: "/workflow/states/state[start]"',
    '  states:',
    '    - state:',
    '        name: Start',
    '        refId: start',
    '        actions:',
    '          - endWorkflow:',
    '              name: End',
    `              exitReason: { lit: ${reason} }`,
    '',
  ].join('\n');

export const inboundYaml = (name: string, description: string) =>
  [
    'inboundCall:',
    `  name: ${name}`,
    `  description: "${description}"`,
    '  defaultLanguage: en-us',
    '  startUpRef: "/inboundCall/tasks/task[start]"',
    '  initialGreeting: { tts: Hello. }',
    '  tasks:',
    '    - task:',
    '        name: Start',
    '        refId: start',
    '        actions:',
    '          - disconnect: { name: End }',
    '',
  ].join('\n');

/** Publishes a flow as a step of ours and gives its id. */
export async function makeFlow(
  rig: Rig,
  step: string,
  type: 'inboundcall' | 'workflow',
  yaml: string,
): Promise<string> {
  const name = /name: (.*)/.exec(yaml)?.[1] ?? '';
  const inputs = { yaml: rig.artifact(yaml), uses: {} };
  return (await flow.reconcile(rig.context(step), { type, name }, inputs, undefined, nothing)).outputs.id;
}
