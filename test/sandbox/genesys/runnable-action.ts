import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import type { FunctionCode, Invocation } from '../../../src/sandbox/contract.ts';
import type { SandboxOptions } from '../../../src/sandbox/open.ts';
import { SEED } from '../../../src/sandbox/seed.ts';
import { openTestSandbox, type TestSandbox } from '../../support/sandbox.ts';
import { clientsAt, LAMBDA_TRUST, policy, zipOf } from '../aws/aws-sandbox.ts';
import { callerAt } from './caller.ts';
import { actionBody, FUNCTION, makeIntegration, ROLE } from './data-actions.ts';

/** What an action's function answers. */
export const answering = (text: string, functionError?: string) => async (): Promise<Invocation> => ({
  payload: Buffer.from(text),
  functionError,
  log: '',
});

/** The trust of a role that an account may assume for an organization. */
export const trustOf = (externalId: string, account: string = SEED.genesysAwsAccount): string =>
  policy({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  });
export const TRUST = trustOf(SEED.organizationId);
export const MAY = policy({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: FUNCTION });

export interface Setup {
  /** The trust and the permissions of the role that is to be assumed. */
  readonly trust?: string;
  readonly may?: string;
  /** What the action invokes, and which role its credential names. */
  readonly functionArn?: string;
  readonly roleArn?: string;
  readonly config?: object;
  /** Code that really runs; without it, `run` stands for the function. */
  readonly code?: string;
  readonly run?: (code: FunctionCode, payload: Uint8Array) => Promise<Invocation>;
  readonly observe?: SandboxOptions['observe'];
}

/** A sandbox with a function, a role that may invoke it, and a data action that does both. */
export async function openRunnable(setup: Setup = {}) {
  const { code, run = answering('{"paymentId":"p1"}'), observe } = setup;
  const functions = { run, close: () => Promise.resolve() };
  const sandbox = await openTestSandbox({ observe, ...(code === undefined && { functions }) });
  const { iam } = await makeFunction(sandbox, setup);
  const { call, signIn } = await callerAt(sandbox.origin);
  const { id: integrationId, credentialId } = await makeIntegration(call, setup.roleArn ?? ROLE);
  const body = actionBody(integrationId);
  const request = { ...body.config.request, requestUrlTemplate: setup.functionArn ?? FUNCTION };
  const config = { ...body.config, request, ...setup.config };
  const { id } = (await call('POST /integrations/actions', { body: { ...body, config } })).body;
  return { ...sandbox, call, signIn, iam, integrationId, credentialId, action: `/integrations/actions/${id}` };
}
export type Runnable = Awaited<ReturnType<typeof openRunnable>>;

async function makeFunction({ origin }: TestSandbox, { trust = TRUST, may = MAY, code = '' }: Setup) {
  const { iam, lambda } = clientsAt(origin);
  await iam.send(new CreateRoleCommand({ RoleName: 'pay-trust', AssumeRolePolicyDocument: trust }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'pay-trust', PolicyName: 'invoke', PolicyDocument: may }));
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'pay-execution', AssumeRolePolicyDocument: LAMBDA_TRUST }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'pay',
      Role: Role?.Arn,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf(code) },
    }),
  );
  return { iam };
}
