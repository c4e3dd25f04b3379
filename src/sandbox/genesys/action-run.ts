import * as z from 'zod';
import { invokeAs } from '../aws/lambda/assume-and-invoke.ts';
import type { Request } from '../contract.ts';
import type { World } from '../world.ts';
import type { ActionContent, ActionRecord } from './action-record.ts';
import { ARN_FIELD, type CredentialRecord } from './credentials.ts';
import { CREDENTIAL_KEY, type IntegrationRecord, reportedState } from './integration-record.ts';
import { organizationOf } from './organization.ts';

/** One step of what an action does, as the test of an action shows it. */
interface Step {
  readonly name: string;
  readonly success: boolean;
  readonly result?: unknown;
  readonly error?: Failed;
}

interface Failed {
  readonly code: string;
  readonly message: string;
  /** HTTP status with which `execute` refuses. */
  readonly status: number;
  /** Whether it was the action's own time-out. */
  readonly isTimeout?: boolean;
}

export interface Ran {
  readonly steps: readonly Step[];
  readonly result?: unknown;
  readonly error?: Failed;
}

type Running = Pick<Request, 'now' | 'passed' | 'functions'>;

const SECONDS = 60;
const inputSchema = z.looseObject({
  required: z.array(z.string()).default([]),
  properties: z.record(z.string(), z.looseObject({ type: z.string().optional() })).default({}),
});

/**
 * Runs an action: checks its inputs against its contract, assumes the credential's role, invokes the function and checks
 * what came back.
 */
export async function runAction(
  world: World,
  running: Running,
  { integrationId }: Pick<ActionRecord, 'integrationId'>,
  content: ActionContent,
  inputs: unknown,
): Promise<Ran> {
  const steps: Step[] = [];
  const fail = (name: string, error: Failed): Ran => ({ steps: [...steps, { name, success: false, error }], error });
  const invalid = problemWith(content.contract.input.inputSchema, inputs);
  if (invalid) return fail('Validate input against schema', { code: 'invalid.schema', status: 400, message: invalid });
  steps.push({ name: 'Validate input against schema', success: true });
  const role = roleOf(world, running, integrationId);
  if (typeof role !== 'string') return fail('Resolve credentials', role);
  steps.push({ name: 'Resolve credentials', success: true });
  const { organizationId, genesysAwsAccount } = organizationOf(world);
  const outcome = await invokeAs(world, running, {
    principalAccount: genesysAwsAccount,
    externalId: organizationId,
    roleArn: role,
    functionArn: content.config.request?.requestUrlTemplate ?? '',
    payload: Buffer.from(JSON.stringify(inputs)),
    timeoutMs: (content.config.timeoutSeconds ?? SECONDS) * 1_000,
  });
  if (!outcome.ok) return fail('Execute', failureOf(outcome.reason, outcome.message));
  const result = parse(outcome.payload);
  if (result === undefined || result === null || typeof result !== 'object')
    return fail('Execute', {
      code: 'invalid.schema',
      status: 400,
      message: 'The function did not answer with a JSON object.',
    });
  steps.push({ name: 'Execute', success: true, result });
  const wrong = problemWith(content.contract.output.successSchema, result);
  if (wrong) return fail('Validate output against schema', { code: 'invalid.schema', status: 400, message: wrong });
  return { steps: [...steps, { name: 'Validate output against schema', success: true, result }], result };
}

function roleOf(world: World, running: Running, integrationId: string): string | Failed {
  const integration = world.get<IntegrationRecord>('integrations', integrationId);
  const state = integration && reportedState(world, integration, running).code;
  if (!integration || state !== 'ACTIVE')
    return { code: 'bad.request', status: 400, message: `The integration is not active (${state ?? 'deleted'}).` };
  const id = integration.config.credentials[CREDENTIAL_KEY]?.id ?? '';
  const arn = world.get<CredentialRecord>('credentials', id)?.fields[ARN_FIELD];
  return arn ?? { code: 'invalid.credentials', status: 400, message: 'The integration has no credential.' };
}

function failureOf(reason: string, message: string): Failed {
  if (reason === 'assume-role-denied' || reason === 'invoke-denied')
    return { code: 'invalid.credentials', status: 400, message };
  if (reason === 'timeout') return { code: 'request.timeout', status: 504, message, isTimeout: true };
  return { code: 'bad.request', status: 400, message };
}

/** What is wrong with a value, in words; undefined where nothing is. */
function problemWith(schema: unknown, value: unknown): string | undefined {
  const { required, properties } = inputSchema.parse(schema);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'an object is expected';
  const members = new Map<string, unknown>(Object.entries(value));
  const missing = required.find((name) => members.get(name) === undefined || members.get(name) === null);
  if (missing !== undefined) return `instance requires property "${missing}"`;
  const wrong = [...members].find(([name, member]) => member !== null && !isOf(properties[name]?.type, member));
  return wrong && `instance.${wrong[0]} is not of a type(s) ${properties[wrong[0]]?.type}`;
}

function isOf(type: string | undefined, value: unknown): boolean {
  if (type === undefined) return true;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? typeof value === 'object' && !Array.isArray(value) : typeof value === type;
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString());
  } catch {
    return undefined;
  }
}
