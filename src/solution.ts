import { createHash } from 'node:crypto';
import { type AnyStep, check, step } from './engine/contract.ts';
import { type HalfMaterials, half } from './half.ts';
import type { Names } from './names.ts';
import type { PolicyDocument } from './resources/aws/policy-document.ts';
import { s3Bucket } from './resources/aws/s3-bucket.ts';
import type { CheckContext } from './resources/checks/context.ts';
import { checkPaymentAction, checkSaveAction } from './resources/checks/data-actions.ts';
import { checkTrigger } from './resources/checks/trigger.ts';
import { didPool } from './resources/genesys/did-pool.ts';
import { flow } from './resources/genesys/flow.ts';
import { ivr } from './resources/genesys/ivr.ts';
import { rangeText } from './resources/genesys/numbers.ts';
import { trigger } from './resources/genesys/trigger.ts';
import { numbersBetween } from './settings/phone-number.ts';
import type { Settings } from './settings/settings.ts';

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
  const around = { settings, materials, tags };
  const isSecure = settings.secureDataAction === 'on';
  const pay = half('pay', { own: names.pay, made: materials.pay, after: [], isSecure, around });
  const save = half('save', { own: names.save, made: materials.save, after: [bucket], isSecure: false, around });
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
