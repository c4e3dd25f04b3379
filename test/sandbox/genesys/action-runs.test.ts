import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, expect, test } from 'vitest';
import type { Invocation } from '../../../src/sandbox/contract.ts';
import { SEED } from '../../../src/sandbox/seed.ts';
import { contract, FUNCTION } from './data-actions.ts';
import { answering, MAY, openRunnable, type Runnable, type Setup, TRUST, trustOf } from './runnable-action.ts';

let sandbox: Runnable | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});
async function open(setup?: Setup): Promise<Runnable> {
  sandbox = await openRunnable(setup);
  return sandbox;
}

const CARD = { cardNumber: '123456789' };

test('an action really assumes its role and runs the code that was uploaded', async () => {
  const code = `export const handler = async (event) => ({ paymentId: 'for ' + event.cardNumber, extra: 1 });`;
  const { call, action } = await open({ code });
  expect(await call(`POST ${action}/execute`, { body: CARD })).toEqual({
    status: 200,
    body: { paymentId: 'for 123456789', extra: 1 },
  });
  const { body } = await call(`POST ${action}/test`, { body: CARD });
  expect(body).toMatchObject({ success: true, finalResult: { paymentId: 'for 123456789' } });
  expect(body.operations.map(({ step }: { step: number }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(body.operations.every(({ success }: { success: boolean }) => success)).toBe(true);
});

test('the function gets what the request template makes of the input, and the success template makes the result', async () => {
  const sent: string[] = [];
  const { call, action } = await open({
    run: async (_code, payload) => {
      sent.push(Buffer.from(payload).toString());
      return answering('{"paymentId":"p1"}')();
    },
  });
  const config = {
    timeoutSeconds: 5,
    request: {
      requestUrlTemplate: FUNCTION,
      requestType: 'POST',
      requestTemplate: `{"card":"\${input.cardNumber}"}`,
    },
    response: { successTemplate: `{"paymentId":"x","raw":\${rawResult}}` },
  };
  await call(`PATCH ${action}`, { body: { version: 1, config } });
  const { body } = await call(`POST ${action}/execute`, { body: CARD });
  expect(sent).toEqual(['{"card":"123456789"}']);
  expect(body).toEqual({ paymentId: 'x', raw: { paymentId: 'p1' } });
});

const answers = (text: string) => ({ run: answering(text) });
test.each<[string, Setup, object, string]>([
  ['trusts another organization', { trust: trustOf('other') }, CARD, 'invalid.credentials'],
  ['trusts another account', { trust: trustOf(SEED.organizationId, '111122223333') }, CARD, 'invalid.credentials'],
  ["is the function's own name", { roleArn: FUNCTION }, CARD, 'invalid.credentials'],
  ['may not invoke it', { may: MAY.replace(':pay"', ':other"') }, CARD, 'bad.request'],
])('a role that %s', async (_name, setup, body, code) => {
  const { call, action } = await open(setup);
  expect(await call(`POST ${action}/execute`, { body })).toMatchObject({ status: 400, body: { code } });
});

test.each<[string, Setup, object, string]>([
  ['an input without what is required', {}, {}, 'invalid.schema'],
  ['an input of another type', {}, { cardNumber: 1 }, 'invalid.schema'],
  ['an answer that the contract does not have', answers('{"paymentId":1}'), CARD, 'invalid.schema'],
  ['an answer that is nothing', answers('null'), CARD, 'invalid.schema'],
  ['an answer that is no JSON', answers('ok'), CARD, 'bad.request'],
  ['a function that throws', { run: answering('{"errorMessage":"no"}', 'Unhandled') }, CARD, 'bad.request'],
  [
    'a function that is not there',
    { functionArn: `${FUNCTION}2`, may: MAY.replace(FUNCTION, '*') },
    CARD,
    'bad.request',
  ],
  [
    'a template with a place for what is not sent',
    {
      config: { request: { requestUrlTemplate: FUNCTION, requestType: 'POST', requestTemplate: `\${input.pin}` } },
    },
    CARD,
    'invalid.substitution',
  ],
])('%s is refused', async (_name, setup, body, code) => {
  const { call, action } = await open(setup);
  expect(await call(`POST ${action}/execute`, { body })).toMatchObject({ status: 400, body: { code } });
});

test('a function that takes longer than the action allows is given up', async () => {
  let end = (_: Invocation): void => undefined;
  const run = () =>
    new Promise<Invocation>((resolve) => {
      end = resolve;
    });
  const config = { timeoutSeconds: 1, request: { requestUrlTemplate: FUNCTION, requestType: 'POST' } };
  const { call, action } = await open({ config, run });
  const answer = await call(`POST ${action}/execute`, { body: CARD });
  expect(answer).toMatchObject({ status: 504, body: { code: 'request.timeout' } });
  end(await answering('{}')());
});

test('an action of an integration that is not active, or without its credential, does not run', async () => {
  const { call, action, integrationId } = await open();
  await call(`PATCH /integrations/${integrationId}`, { body: { intendedState: 'DISABLED' } });
  expect((await call(`POST ${action}/execute`, { body: CARD })).body.code).toBe('bad.request');
  const { version, credentials, ...config } = (await call(`GET /integrations/${integrationId}/config/current`)).body;
  const body = { ...config, version, credentials: {} };
  await call(`PUT /integrations/${integrationId}/config/current`, { body });
  expect(credentials).not.toEqual({});
  expect((await call(`POST ${action}/execute`, { body: CARD })).body.code).toBe('invalid.credentials');
});

test('a test succeeds as a request, shows how far the action came, and repeats with the error of that step', async () => {
  const { call, action, iam } = await open({ trust: trustOf('other') });
  const { status, body } = await call(`POST ${action}/test`, { body: CARD });
  expect([status, body.success, body.finalResult]).toEqual([200, false, undefined]);
  expect(body.error).toMatchObject({ code: 'invalid.credentials', status: 400 });
  expect(body.operations.at(-1)).toMatchObject({ success: false, error: { code: 'invalid.credentials' } });
  expect(body.operations.slice(0, -1).every(({ success }: { success: boolean }) => success)).toBe(true);
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'pay-trust', PolicyDocument: TRUST }));
  expect((await call(`POST ${action}/test`, { body: CARD })).body.success).toBe(true);
});

test('a draft is tested with what it says, and what is published stays', async () => {
  const { call, action } = await open();
  const { version } = (await call(`POST ${action}/draft`)).body;
  const stricter = { ...contract, output: { successSchema: { ...contract.output.successSchema, required: ['bank'] } } };
  await call(`PATCH ${action}/draft`, { body: { version, contract: stricter } });
  const run = async (path: string) => (await call(`POST ${path}/test`, { body: CARD })).body.success;
  expect([await run(`${action}/draft`), await run(action)]).toEqual([false, true]);
});

test('flattened answers are not had, and nobody is served something else for them', async () => {
  const { call, action } = await open();
  const answer = await call(`POST ${action}/execute?flatten=true`, { body: CARD });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid.query.param.value' } });
});
