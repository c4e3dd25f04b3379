import { createHash } from 'node:crypto';
import { type AnyStep, check, step } from './engine/contract.ts';
import type { HalfNames, Names } from './names.ts';
import { iamRole } from './resources/aws/iam-role.ts';
import { lambdaFunction } from './resources/aws/lambda-function.ts';
import { logGroup } from './resources/aws/log-group.ts';
import type { PolicyDocument } from './resources/aws/policy-document.ts';
import { s3Bucket } from './resources/aws/s3-bucket.ts';
import type { CheckContext } from './resources/checks/context.ts';
import { checkPaymentAction, checkSaveAction } from './resources/checks/data-actions.ts';
import { checkTrigger } from './resources/checks/trigger.ts';
import { credential } from './resources/genesys/credential.ts';
import { dataAction } from './resources/genesys/data-action.ts';
import { didPool } from './resources/genesys/did-pool.ts';
import { flow } from './resources/genesys/flow.ts';
import { integration } from './resources/genesys/integration.ts';
import { ivr } from './resources/genesys/ivr.ts';
import { rangeText } from './resources/genesys/numbers.ts';
import { trigger } from './resources/genesys/trigger.ts';
import { numbersBetween } from './settings/phone-number.ts';
import type { Settings } from './settings/settings.ts';

type Json = Record<string, unknown>;

/** What one half of the solution (taking a payment, saving it) is made of besides names. */
export interface HalfMaterials {
  /** sha256 (hex) of the function's zip. */
  readonly zip: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly executionPolicy: PolicyDocument;
  readonly invokePolicy: PolicyDocument;
  readonly contract: { readonly input: Json; readonly output: Json };
}

/** Everything that is read from files and rendered before the steps can say what they should be. */
export interface Materials {
  readonly pay: HalfMaterials;
  readonly save: HalfMaterials;
  readonly lambdaTrust: PolicyDocument;
  readonly genesysTrust: PolicyDocument;
  readonly bucketPolicy: PolicyDocument;
  /** sha256 (hex) of the rendered YAML. */
  readonly flows: { readonly secure: string; readonly inbound: string; readonly workflow: string };
}

export interface Solution {
  readonly settings: Settings;
  readonly names: Names;
  readonly materials: Materials;
  /** Whether callers reach an earlier run of it: then nothing goes live before what it calls, and that was tried out. */
  readonly isLive: boolean;
}

export const TOPIC = 'v2.detail.events.conversation.{id}.customer.end';

/** What is installed, and in what order. */
export function solution({ settings, names, materials, isLive }: Solution): readonly AnyStep[] {
  const tags = { Environment: settings.environment };

  const bucket = step('bucket', s3Bucket, {
    key: { name: names.bucket },
    inputs: () => ({
      tags: { ...tags, Name: settings.bucketTag },
      policy: materials.bucketPolicy,
      publicAccess: 'blocked' as const,
      ownership: 'BucketOwnerEnforced' as const,
      encryption: 'AES256' as const,
    }),
  });
  const pay = half('pay', names.pay, materials.pay, [], settings.secureDataAction === 'on');
  const save = half('save', names.save, materials.save, [bucket], false);
  const functions = [pay.lambda, save.lambda];

  const takesPayments = check(
    `data action ${names.pay.action} returns a payment id`,
    { action: pay.action },
    (ctx: CheckContext, { action }) => checkPaymentAction(ctx, action, pay.path),
  );
  const savesPayments = check(
    `data action ${names.save.action} reaches the function that saves payments`,
    { action: save.action },
    (ctx: CheckContext, { action }) => checkSaveAction(ctx, action, save.path),
  );

  const secureFlow = step('secure-flow', flow, {
    key: { type: 'securecall', name: names.secureFlow },
    needs: { action: pay.action },
    after: isLive ? functions : [],
    checks: isLive ? [takesPayments] : [],
    inputs: ({ action }) => ({
      yaml: materials.flows.secure,
      uses: { action: action.id, contract: hash(materials.pay.contract) },
    }),
  });
  const inboundFlow = step('inbound-flow', flow, {
    key: { type: 'inboundcall', name: names.inboundFlow },
    needs: { secureFlow },
    after: isLive ? functions : [],
    inputs: (needs) => ({ yaml: materials.flows.inbound, uses: { secureFlow: needs.secureFlow.id } }),
  });
  const workflow = step('workflow', flow, {
    key: { type: 'workflow', name: names.workflow },
    needs: { action: save.action },
    after: isLive ? functions : [],
    checks: isLive ? [savesPayments] : [],
    inputs: ({ action }) => ({
      yaml: materials.flows.workflow,
      uses: { action: action.id, contract: hash(materials.save.contract) },
    }),
  });
  const range = { first: settings.didStart, last: settings.didEnd };
  const numbers = step('did-pool', didPool, {
    key: { name: rangeText(range), ...range },
    inputs: () => ({ poolName: names.didPool, provider: settings.didProvider, covered: 'every number' as const }),
  });
  const disconnect = step('trigger', trigger, {
    key: { name: names.trigger },
    needs: { workflow },
    after: [...functions, pay.action, save.action],
    checks: isLive ? [] : [takesPayments, savesPayments],
    inputs: (needs) => ({
      workflowId: needs.workflow.id,
      topicName: TOPIC,
      matchCriteria: criteria(settings),
      delaySeconds: settings.triggerDelay,
      enabled: true as const,
    }),
  });
  // What callers notice comes last: from the first answered call on, its end is listened to.
  const route = step('ivr', ivr, {
    key: { name: names.ivr },
    needs: { inboundFlow, numbers },
    after: [...functions, disconnect],
    checks: [
      check(
        `the trigger hears the end of a call to ${settings.didStart}`,
        { trigger: disconnect },
        (ctx: CheckContext, needs) =>
          checkTrigger(ctx, needs.trigger, { trigger: names.trigger, number: settings.didStart }),
      ),
    ],
    inputs: (needs) => ({ dnis: numbersBetween(settings.didStart, settings.didEnd), flowId: needs.inboundFlow.id }),
  });
  return [bucket, ...pay.steps, ...save.steps, secureFlow, inboundFlow, workflow, numbers, disconnect, route];

  /** A function, the roles and logs it needs, and the data action that flows call it through. */
  function half(id: 'pay' | 'save', own: HalfNames, made: HalfMaterials, after: readonly AnyStep[], secure: boolean) {
    const logs = step(`${id}-logs`, logGroup, {
      key: { name: own.logGroup },
      inputs: () => ({ retentionDays: settings.logRetentionDays, tags }),
    });
    const executionRole = step(`${id}-execution-role`, iamRole, {
      key: { name: own.executionRole },
      inputs: () => ({ trust: materials.lambdaTrust, permissions: made.executionPolicy, tags }),
    });
    const invokeRole = step(`${id}-invoke-role`, iamRole, {
      key: { name: own.invokeRole },
      inputs: () => ({ trust: materials.genesysTrust, permissions: made.invokePolicy, tags }),
    });
    const lambda = step(`${id}-function`, lambdaFunction, {
      key: { name: own.function },
      needs: { role: executionRole },
      after: [logs, ...after],
      inputs: ({ role }) => ({
        code: made.zip,
        role: role.arn,
        roleId: role.roleId,
        runtime: settings.runtime,
        architecture: 'arm64',
        handler: 'index.handler',
        timeoutSeconds: 10,
        memoryMb: 256,
        environment: made.environment,
        tags,
      }),
    });
    const key = step(`${id}-credential`, credential, {
      key: { name: own.credential },
      after: [invokeRole],
      inputs: () => ({ roleArn: own.invokeRoleArn }),
    });
    const link = step(`${id}-integration`, integration, {
      key: { name: own.integration },
      needs: { credential: key },
      inputs: (needs) => ({ credentialId: needs.credential.id, state: 'ENABLED' as const }),
    });
    const action = step(`${id}-action`, dataAction, {
      key: { name: own.action, category: own.category },
      needs: { integration: link },
      inputs: (needs) => ({
        integrationId: needs.integration.id,
        functionArn: own.functionArn,
        contract: made.contract,
        timeoutSeconds: 15,
        secure,
      }),
    });
    const path = { ...own, trust: materials.genesysTrust };
    return { lambda, action, path, steps: [logs, executionRole, invokeRole, lambda, key, link, action] };
  }
}

const hash = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Which events start the workflow. Digits without the plus fit every form that an event may carry. */
function criteria({ triggerScope, didStart }: Settings) {
  const all = [
    { jsonPath: 'mediaType', operator: 'Equal', value: 'VOICE' },
    { jsonPath: 'direction', operator: 'Equal', value: 'INBOUND' },
  ];
  if (triggerScope === 'all') return all;
  return [...all, { jsonPath: 'dnis', operator: 'Contains', value: didStart.slice(1) }];
}
