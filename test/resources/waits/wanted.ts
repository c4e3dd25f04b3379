import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { zipSync } from 'fflate';
import { markText } from '../../../src/resources/genesys/marks.ts';
import { TOPIC } from '../../../src/solution.ts';
import { contract, FUNCTION, inboundYaml, makeFlow, makeIntegration, ROLE, workflowYaml } from '../genesys/subjects.ts';
import { INSTALLATION, type Rig } from '../rig.ts';

/** One thing of each kind, as a step of ours would want it. */
export const NUMBER = '+13175550100';
const tags = { Environment: 'dev' };

const zip = (text: string) =>
  zipSync({ 'index.mjs': [new TextEncoder().encode(text), { mtime: new Date(1980, 0, 1) }] });
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

const makeRole = (rig: Rig) =>
  rig
    .context('pay-execution-role')
    .aws.iam.send(new CreateRoleCommand({ RoleName: 'dev-pay-role', AssumeRolePolicyDocument: trust }));

export async function wantedFunction(rig: Rig) {
  const roleId = (await makeRole(rig)).Role?.RoleId ?? '';
  const inputs = {
    code: rig.artifact(zip('export const handler = async () => ({});')),
    role: 'arn:aws:iam::123456789012:role/dev-pay-role',
    roleId,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    handler: 'index.handler',
    timeoutSeconds: 10,
    memoryMb: 256,
    environment: {},
    tags,
  };
  return { step: 'pay-function', key: { name: 'dev-pay-lambda' }, inputs };
}

export const otherCode = (rig: Rig) => ({ code: rig.artifact(zip('export const handler = async () => 1;')) });

export const wantedBucket = {
  step: 'bucket',
  key: { name: 'dev-payments' },
  inputs: {
    tags,
    policy: { Version: '2012-10-17', Statement: [] },
    publicAccess: 'blocked' as const,
    ownership: 'BucketOwnerEnforced' as const,
    encryption: 'AES256' as const,
  },
};

export const wantedGroup = {
  step: 'pay-logs',
  key: { name: '/aws/lambda/dev-pay-lambda' },
  inputs: { retentionDays: 30, tags },
};

export const wantedCredential = {
  step: 'pay-credential',
  key: { name: 'dev-pay-LambdaIntegrationCredentials' },
  inputs: { roleArn: ROLE },
};

export const wantedIntegration = (credentialId: string) => ({
  step: 'pay-integration',
  key: { name: 'dev-pay-Lambda-Integration' },
  inputs: { credentialId, state: 'ENABLED' as const },
});

export const wantedAction = async (rig: Rig) => ({
  step: 'pay-action',
  key: { name: 'dev-pay-data-action', category: 'dev-pay-Lambda' },
  inputs: {
    integrationId: await makeIntegration(rig),
    functionArn: FUNCTION,
    contract,
    timeoutSeconds: 15,
    secure: false,
  },
});

export const wantedPool = (last = NUMBER) => ({
  step: 'did-pool',
  key: { name: NUMBER, first: NUMBER, last },
  inputs: { poolName: 'dev', provider: 'PURE_CLOUD_VOICE' as const, covered: 'every number' as const },
});

export const makeInbound = (rig: Rig) =>
  makeFlow(rig, 'inbound-flow', 'inboundcall', inboundYaml('dev-Main', markText(ownerOf('inbound-flow'))));

export const wantedIvr = (flowId: string) => ({
  step: 'ivr',
  key: { name: 'dev-Event Orchestration IVR' },
  inputs: { dnis: [NUMBER], flowId },
});

const ownerOf = (step: string) => ({ installation: INSTALLATION, step });

export const wantedWorkflow = (rig: Rig) => ({
  step: 'workflow',
  key: { type: 'workflow' as const, name: 'dev-Workflow' },
  inputs: { yaml: rig.artifact(workflowYaml('dev-Workflow', markText(ownerOf('workflow')))), uses: {} },
});

export const wantedTrigger = async (rig: Rig) => ({
  step: 'trigger',
  key: { name: 'dev-Call Disconnected Trigger' },
  inputs: {
    workflowId: await makeFlow(rig, 'workflow', 'workflow', workflowYaml('dev-Workflow', 'x')),
    topicName: TOPIC,
    matchCriteria: [{ jsonPath: 'mediaType', operator: 'Equal', value: 'VOICE' }],
    delaySeconds: 0,
    enabled: true as const,
  },
});
