import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { type Architect, architectOperations, EDGES, openArchitect, TOPIC } from '../sandbox/genesys/architect.ts';
import { secureYaml, transferYaml, workflowYaml } from '../sandbox/genesys/flow-yaml.ts';

const schemaSchema = z.record(z.string(), z.unknown());
const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ in: z.string(), name: z.string(), schema: schemaSchema.optional() })).default([]),
  permissions: z.looseObject({ permissions: z.array(z.string()) }).optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ schema: schemaSchema.optional(), errorCodes: z.array(z.string()).default([]) }),
  ),
});
const contractSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  definitions: z.record(z.string(), schemaSchema),
});
type Contracted = z.infer<typeof operationSchema> & { readonly route: string };

const file = process.env['GENESYS_CONTRACT'];
if (!file) throw new Error('GENESYS_CONTRACT must name the contract file.');
const { paths, definitions } = contractSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const contracted = new Map<string, Contracted>(
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [
      operation.operationId,
      { ...operation, route: `${method.toUpperCase()} ${path}` },
    ]),
  ),
);

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'contract', definitions });
const validators = new Map<object, ValidateFunction>();
/** What is wrong with a value; undefined where nothing is. */
function faultOf(schema: object, value: unknown): string | undefined {
  const text = JSON.stringify(schema).replaceAll('"#/', '"contract#/');
  const validate = validators.get(schema) ?? ajv.compile(JSON.parse(text));
  validators.set(schema, validate);
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}

const bodySchema = z.looseObject({ code: z.string() });

/** What of one exchange is not as the contract says. */
function faultsOf({ matched, sent, incoming }: Exchange): readonly string[] {
  const { operation, route } = matched.operation;
  const known = contracted.get(operation);
  if (!known) return [`${operation} is not in the contract`];
  const answer = known.responses[sent.status] ?? known.responses['default'];
  if (!answer) return [`${operation} answers with ${sent.status}`];
  const text = Buffer.from(sent.bytes).toString();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  const faults: (string | undefined)[] = [route === known.route ? undefined : `its route is ${route}`];
  if (answer.schema) faults.push(faultOf(answer.schema, body));
  else if (body !== undefined) faults.push('a body');
  if (sent.status >= 400) {
    const { code } = bodySchema.parse(body);
    if (!answer.errorCodes.includes(code)) faults.push(`the code ${code}`);
  } else faults.push(...requestFaults(known, incoming.url.searchParams, matched.body));
  return faults.flatMap((fault) => (fault === undefined ? [] : [`${operation} ${sent.status}: ${fault}`]));
}

function requestFaults({ parameters }: Contracted, query: URLSearchParams, body: unknown): (string | undefined)[] {
  const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  const unknown = [...query.keys()].filter((name) => !names.includes(name)).map((name) => `the parameter ${name}`);
  const schema = parameters.find((one) => one.in === 'body')?.schema;
  return [...unknown, schema && body !== undefined ? faultOf(schema, body) : undefined];
}

const rows = architectOperations.filter(({ service }) => service === 'genesys');
const exchanges: Exchange[] = [];
const isOurs = ({ matched }: Exchange) => matched.operation.service === 'genesys';
let sandbox: Architect | undefined;
afterAll(() => sandbox?.close());

test('flows, numbers, IVRs and triggers answer and refuse as the contract says, every operation of them', async () => {
  const opened = await openArchitect({}, (exchange) => exchanges.push(exchange));
  sandbox = opened;
  const { call, addAction } = opened;
  addAction('a');
  await refuse(opened);
  const secure = await opened.flowId(secureYaml());
  const inbound = await opened.flowId(transferYaml());
  const workflow = await opened.flowId(workflowYaml());
  await opened.publish(workflowYaml());
  await opened.publish('nonsense');
  opened.world.put('flows', workflow, { ...opened.world.get('flows', workflow), lockedBy: 'Ann' });
  await call(`GET /flows/${workflow}`);
  await call(`DELETE /flows/${workflow}`);
  for (const action of ['publish', 'checkin', 'unlock', 'publish', 'checkin'])
    await call(`POST /flows/actions/${action}?flow=${workflow}`);
  await call('POST /flows', { body: { name: 'Empty', type: 'WORKFLOW' } });
  await call('GET /flows?name=W*&type=workflow&pageSize=1');
  await call('GET /architect/dependencytracking/consumingresources?id=a&objectType=DATAACTION');
  const { body: job } = await call('POST /flows/export/jobs', {
    body: { flows: [{ flow: { id: inbound }, exportType: 'Yaml' }] },
  });
  await call(`GET /flows/export/jobs/${job.id}?expand=messages`);
  const { body: pool } = await opened.pool('+13175550100', '+13175550109');
  const { body: ivr } = await call('POST /architect/ivrs', {
    body: { name: 'I', dnis: ['+13175550100'], openHoursFlow: { id: inbound } },
  });
  await call(`GET ${EDGES}/didpools?pageSize=1`);
  await call(`GET ${EDGES}/didpools/${pool.id}`);
  await call(`PUT ${EDGES}/didpools/${pool.id}`, { body: pool });
  await call(`PUT ${EDGES}/didpools/${pool.id}`, { body: pool });
  await call(`GET ${EDGES}/didpools/dids?type=ASSIGNED_AND_UNASSIGNED&numberMatch=5550`);
  await call(`GET ${EDGES}/dids?pageSize=1`);
  await call('GET /architect/ivrs?name=I');
  await call(`GET /architect/ivrs/${ivr.id}`);
  await call(`PUT /architect/ivrs/${ivr.id}`, { body: ivr });
  await call(`PUT /architect/ivrs/${ivr.id}`, { body: ivr });
  const trigger = await useTrigger(opened, workflow);
  for (const path of [
    `/flows/${inbound}`,
    `/flows/${secure}`,
    `${EDGES}/didpools/${pool.id}`,
    `/architect/ivrs/${ivr.id}`,
    `${EDGES}/didpools/${pool.id}`,
    `/processautomation/triggers/${trigger}`,
    `/flows/${inbound}`,
    `/flows/${inbound}`,
  ])
    await call(`DELETE ${path}`);
  await call(`GET /flows/${inbound}`);
  expect(exchanges.filter(isOurs).flatMap(faultsOf)).toEqual([]);
  const succeeded = new Set(
    exchanges.filter(({ sent }) => sent.status < 400).map(({ matched }) => matched.operation.operation),
  );
  expect(rows.map(({ operation }) => operation).filter((operation) => !succeeded.has(operation))).toEqual([]);
});

test('their permissions are those of the contract', () => {
  for (const { operation, permission } of rows)
    expect([operation, ...permission.toSorted()]).toEqual([
      operation,
      ...(contracted.get(operation)?.permissions?.permissions.toSorted() ?? []),
    ]);
});

/** Everything that can be asked for and is not there, or is sent and not complete. */
async function refuse({ call }: Architect): Promise<void> {
  for (const { route } of rows) {
    const operation = route.replace('/api/v2', '').replace(/\{\w+\}/g, 'none');
    const isList = operation.startsWith('GET') && !operation.endsWith('none');
    const sent = operation.startsWith('GET') ? {} : { body: { colour: 'red' } };
    if (!isList && !operation.includes('/flows/jobs')) await call(operation, sent);
  }
  for (const list of ['/flows', '/architect/ivrs', `${EDGES}/didpools`, `${EDGES}/dids`, '/processautomation/triggers'])
    await call(`GET ${list}?pageSize=0`);
  await call(`GET ${EDGES}/didpools/dids`);
  await call('GET /flows/jobs/none');
  await call('GET /architect/dependencytracking/consumingresources');
  await call('GET /architect/dependencytracking/consumingresources?id=none&objectType=WORKFLOW');
  await call('POST /architect/ivrs', { body: { name: 'I', dnis: ['+13175550100'] } });
  await call('POST /architect/ivrs', { body: { name: 'I', openHoursFlow: { id: 'none' } } });
}

/** Makes a trigger, uses it in every way but deleting it, and gives its id. */
async function useTrigger({ call }: Architect, workflow: string): Promise<string> {
  const uri = '/processautomation/triggers';
  const body = {
    name: 'T',
    topicName: TOPIC,
    enabled: true,
    target: { type: 'Workflow', id: workflow, workflowTargetSettings: { dataFormat: 'TopLevelPrimitives' } },
    matchCriteria: [
      { jsonPath: 'mediaType', operator: 'Equal', value: 'VOICE' },
      { jsonPath: 'direction', operator: 'In', values: ['INBOUND'] },
    ],
    eventTTLSeconds: 60,
  };
  const { id } = (await call(`POST ${uri}`, { body })).body;
  await call(`GET ${uri}?pageSize=1&enabled=true`);
  await call(`GET ${uri}/${id}`);
  await call(`PUT ${uri}/${id}`, { body: { ...body, version: 1 } });
  await call(`PUT ${uri}/${id}`, { body: { ...body, version: 1 } });
  await call(`GET ${uri}/topics?pageSize=2`);
  const event = JSON.stringify({ mediaType: 'VOICE', eventTime: 'now' });
  await call(`POST ${uri}/${id}/test`, { body: event });
  await call(`POST ${uri}/topics/${encodeURIComponent(TOPIC)}/test`, { body: event });
  return id;
}
