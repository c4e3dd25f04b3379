import { expect, test } from 'vitest';
import { credentialBody, openForTest, ROLE } from './data-actions.ts';

const URI = '/integrations/credentials';

test('the role that a credential holds is in no answer', async () => {
  const { call, world } = await openForTest();
  const made = await call(`POST ${URI}`, { body: credentialBody() });
  const { id } = made.body;
  const answers = [
    made,
    await call(`PUT ${URI}/${id}`, { body: credentialBody(`${ROLE}2`) }),
    await call(`GET ${URI}/${id}`),
    await call(`GET ${URI}/listing`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(JSON.stringify(answers)).not.toContain(ROLE);
  expect(world.get('credentials', id)).toMatchObject({ name: 'Pay', fields: { ARN: `${ROLE}2` } });
});

test('a change keeps the name where it sends none, and what is deleted is gone', async () => {
  const { call } = await openForTest();
  const { id } = (await call(`POST ${URI}`, { body: credentialBody() })).body;
  const { name: _, ...unnamed } = credentialBody();
  expect((await call(`PUT ${URI}/${id}`, { body: unnamed })).body).toMatchObject({ id, name: 'Pay' });
  expect(await call(`DELETE ${URI}/${id}`)).toEqual({ status: 204, body: undefined });
  for (const method of ['GET', 'DELETE']) {
    expect(await call(`${method} ${URI}/${id}`)).toMatchObject({ status: 404, body: { code: 'not.found' } });
  }
});

test.each([
  ['without a type', { name: 'Pay', credentialFields: { ARN: ROLE } }],
  ['with the name that a configuration calls it by', { ...credentialBody(), type: { name: 'AmazonWebServicesARN' } }],
  ['without its field', { ...credentialBody(), credentialFields: {} }],
  ['with another field', { ...credentialBody(), credentialFields: { ARN: ROLE, arn: ROLE } }],
])('a credential %s is refused', async (_, body) => {
  const { call, world } = await openForTest();
  expect(await call(`POST ${URI}`, { body })).toMatchObject({ status: 400, body: { code: 'bad.request' } });
  expect(world.list('credentials')).toEqual([]);
});

test('credentials are listed by cursor, and late', async () => {
  const { call, pass } = await openForTest({ 'genesys.listed': { ms: 1000 } });
  for (const name of ['A', 'B', 'C']) await call(`POST ${URI}`, { body: { ...credentialBody(), name } });
  expect((await call(`GET ${URI}/listing`)).body.entities).toEqual([]);
  await pass(1000);
  const first = (await call(`GET ${URI}/listing?pageSize=2`)).body;
  expect(first.entities.map(({ name }: { name: string }) => name)).toEqual(['A', 'B']);
  const rest = (await call(`GET ${first.nextUri.replace('/api/v2', '')}`)).body;
  expect(rest.entities.map(({ name }: { name: string }) => name)).toEqual(['C']);
  expect(rest.nextUri).toBeUndefined();
});
