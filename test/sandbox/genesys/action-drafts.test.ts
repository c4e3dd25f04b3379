import { expect, test } from 'vitest';
import { actionBody, contract, openForTest } from './data-actions.ts';

/** A sandbox with one action, and the paths of it and its draft. */
async function open() {
  const opened = await openForTest();
  const action = `/integrations/actions/${await opened.addAction()}`;
  return { ...opened, action, draft: `${action}/draft` };
}

const wider = {
  ...contract,
  output: {
    successSchema: { type: 'object', properties: { paymentId: { type: 'string' }, bank: { type: 'string' } } },
  },
};

test('a draft is a way to another contract under the same id', async () => {
  const { call, action, draft } = await open();
  const { version } = (await call(`POST ${draft}`)).body;
  const { body: changed } = await call(`PATCH ${draft}`, { body: { version, contract: wider } });
  expect(changed.contract).toEqual(wider);
  const show = async () => (await call(`GET ${action}?expand=contract`)).body;
  expect((await show()).contract).toEqual(contract);
  expect((await call(`GET ${draft}/validation`)).body).toEqual({ valid: true, errors: [] });
  const published = await call(`POST ${draft}/publish`, { body: { version: changed.version } });
  expect(published).toMatchObject({ status: 200, body: { version: changed.version } });
  expect(`/integrations/actions/${published.body.id}`).toBe(action);
  expect((await show()).contract).toEqual(wider);
  expect((await call(`GET ${draft}`)).status).toBe(404);
});

test('a draft shows its templates, and keeps what a change does not name', async () => {
  const { call, draft } = await open();
  const { version } = (await call(`POST ${draft}`)).body;
  await call(`PATCH ${draft}`, { body: { version, secure: true, name: 'pay safely' } });
  const { body } = await call(`GET ${draft}?includeConfig=true`);
  expect(body).toMatchObject({ name: 'pay safely', category: 'Payments', secure: true });
  expect(body.config.response.successTemplate).toBe(actionBody('').config.response.successTemplate);
  expect(body.contract).toBeUndefined();
});

test('a contract that is none is taken into a draft, found by its validation, and not published', async () => {
  const { call, draft } = await open();
  const { version } = (await call(`POST ${draft}`)).body;
  const invalid = { ...contract, output: { successSchema: { type: 'text' } } };
  const changed = await call(`PATCH ${draft}`, { body: { version, contract: invalid } });
  expect(changed.status).toBe(200);
  const { body } = await call(`GET ${draft}/validation`);
  expect(body).toMatchObject({ valid: false, errors: [{ status: 400 }] });
  expect(body.errors[0].message).toContain('successSchema');
  const published = await call(`POST ${draft}/publish`, { body: { version: changed.body.version } });
  expect(published).toMatchObject({ status: 400, body: { code: 'bad.request' } });
  expect((await call(`GET ${draft}`)).status).toBe(200);
});

test('without a draft there is nothing to read, change, validate, publish or test', async () => {
  const { call, draft } = await open();
  const answers = [
    await call(`GET ${draft}`),
    await call(`PATCH ${draft}`, { body: { version: 1 } }),
    await call(`GET ${draft}/validation`),
    await call(`POST ${draft}/publish`, { body: { version: 1 } }),
    await call(`POST ${draft}/test`, { body: {} }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  expect((await call(`PUT ${draft}`, { body: { version: 1 } })).status).toBe(405);
});

test('there is one draft at a time', async () => {
  const { call, draft } = await open();
  await call(`POST ${draft}`);
  expect(await call(`POST ${draft}`)).toMatchObject({ status: 409, body: { code: 'request.conflict' } });
});

test.each(['PATCH', 'POST'])('%s with a version that is not the live one is refused', async (method) => {
  const { call, draft } = await open();
  const { version } = (await call(`POST ${draft}`)).body;
  const path = method === 'PATCH' ? draft : `${draft}/publish`;
  const answer = await call(`${method} ${path}`, { body: { version: version + 1 } });
  expect(answer).toMatchObject({ status: 409, body: { code: 'request.conflict' } });
});
