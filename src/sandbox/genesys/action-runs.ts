import { invokeAs, type Outcome } from '../aws/lambda/assume-and-invoke.ts';
import { Refusal, type Request } from '../contract.ts';
import type { World } from '../world.ts';
import type { ActionContent, ActionRecord } from './action-record.ts';
import { fillTemplate } from './action-template.ts';
import { badRequest } from './error-body.ts';
import { credentialOf, type IntegrationRecord, reportedState } from './integration-record.ts';
import { faultOfValue, type JsonSchema } from './json-schema.ts';
import { organizationOf } from './organization.ts';

/** One step of running an action, and what came of it. */
interface Step {
  readonly name: string;
  readonly result?: unknown;
  readonly refusal?: Refusal;
}

/** How an action ended: with a result, or with a refusal in the vendor's words. The last step is where. */
export type Run = { readonly steps: readonly Step[] } & ({ readonly result: unknown } | { readonly refusal: Refusal });

/** An action to run: as it is published, or with the content of its draft. */
export type Runnable = Pick<ActionRecord, 'id' | 'integrationId'> & Pick<ActionContent, 'contract' | 'config'>;

type Running = Pick<Request, 'now' | 'passed' | 'functions'>;

/** Runs a data action: really assumes the role of its integration's credential, and really invokes its function. */
export async function runAction(world: World, running: Running, action: Runnable, input: unknown): Promise<Run> {
  const steps: Step[] = [];
  const step = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    try {
      const result = await work();
      steps.push({ name, result });
      return result;
    } catch (error) {
      if (error instanceof Refusal) steps.push({ name, refusal: error });
      throw error;
    }
  };
  try {
    return { steps, result: await inSteps(step, world, running, action, input) };
  } catch (error) {
    if (error instanceof Refusal) return { steps, refusal: error };
    throw error;
  }
}

type Stepper = <T>(name: string, work: () => T | Promise<T>) => Promise<T>;

async function inSteps(step: Stepper, world: World, running: Running, action: Runnable, input: unknown) {
  const { config, contract } = action;
  const { request, response = {}, timeoutSeconds = 60 } = config;
  await step('Validate input', () => valid(contract.input.inputSchema, input, 'input'));
  const sent = await step('Apply request template', () => {
    const values = inputValues(input);
    const payload = fillTemplate(request.requestTemplate || `\${input.rawRequest}`, values);
    return { functionArn: fillTemplate(request.requestUrlTemplate, values), payload };
  });
  const roleArn = await step('Resolve credentials', () => roleOf(world, running, action));
  const { organizationId: externalId, genesysAwsAccount: principalAccount } = organizationOf(world);
  const raw = await step('Invoke function', async () => {
    const payload = Buffer.from(sent.payload);
    const who = { principalAccount, roleArn, externalId, functionArn: sent.functionArn };
    return payloadOf(await invokeAs(world, running, { ...who, payload, timeoutMs: timeoutSeconds * 1000 }));
  });
  const filled = await step('Apply success template', () =>
    parsed(fillTemplate(response.successTemplate || `\${rawResult}`, { rawResult: raw })),
  );
  return step('Validate output', () => valid(contract.output.successSchema, filled, 'output'));
}

function valid(schema: JsonSchema, value: unknown, what: string): unknown {
  const fault = faultOfValue(schema, value);
  if (fault === undefined) return value;
  throw new Refusal(400, 'invalid.schema', `The ${what} does not fit the contract: ${fault}`);
}

/** What a request template can name: the input as a whole, and what stands in it under a name. */
function inputValues(input: unknown): Readonly<Record<string, string>> {
  const members = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  const named = members.map(([name, value]) => [
    `input.${name}`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return { ...Object.fromEntries(named), 'input.rawRequest': JSON.stringify(input) };
}

function roleOf(world: World, running: Running, { integrationId }: Runnable): string {
  const integration = world.get<IntegrationRecord>('integrations', integrationId);
  const credential = integration && credentialOf(world, integration);
  if (!integration || !credential) throw denied('The integration has no credential.');
  const { code, message } = reportedState(world, integration, running);
  if (code !== 'ACTIVE') throw badRequest(`The action cannot be run: ${message}`);
  return credential.fields.ARN;
}

const denied = (message: string): Refusal => new Refusal(400, 'invalid.credentials', message);

function payloadOf(outcome: Outcome): string {
  if (outcome.ok) return Buffer.from(outcome.payload).toString();
  const { reason, message } = outcome;
  if (reason === 'assume-role-denied') throw denied(message);
  if (reason === 'timeout') throw new Refusal(504, 'request.timeout', message);
  throw badRequest(`The AWS Lambda function could not be run. ${message}`, [{ errorCode: reason }]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The AWS Lambda function answered with something that is not JSON.');
  }
}
