import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SEED } from '../../../src/sandbox/seed.ts';
import { notes } from '../../support/notes-protocol.ts';
import { openTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  const functions = { run: () => Promise.reject(new Error('none')), close: () => Promise.resolve() };
  sandbox = await openTestSandbox({ protocols: [notes], functions });
});
afterEach(() => sandbox.close());

const call = async (method: string, path: string, body?: unknown) => {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${sandbox.origin}/_sandbox/${path}`, { method, ...sent });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};
const create = (text: string) =>
  fetch(`${sandbox.origin}/notes`, {
    method: 'POST',
    headers: { authorization: 'me' },
    body: JSON.stringify({ text }),
  });

describe('world', () => {
  test('counts its collections', async () => {
    await create('one');
    const { body } = await call('GET', 'world');
    expect(body).toEqual({ collections: { meta: 1, divisions: 1, 'oauth-clients': 1, 'access-keys': 1, notes: 1 } });
  });

  test('shows the records of one, without their secrets', async () => {
    const { body } = await call('GET', 'world?collection=oauth-clients');
    expect(body).toMatchObject({ records: [{ id: SEED.clientId, item: { name: 'Sandbox', secret: '[hidden]' } }] });
    expect(JSON.stringify(body)).not.toContain(SEED.clientSecret);
  });

  test('changes a record by hand; what was hidden stays what it is', async () => {
    const path = `world/oauth-clients/${SEED.clientId}`;
    const { body: shown } = await call('GET', path);
    expect((await call('PUT', path, { ...shown, name: 'Renamed' })).status).toBe(200);
    expect(sandbox.world.get('oauth-clients', SEED.clientId)).toMatchObject({
      name: 'Renamed',
      secret: SEED.clientSecret,
    });
  });

  test('deletes one by hand, whatever its id', async () => {
    const id = '/aws/lambda/dev a+b%';
    await call('PUT', `world/log-groups/${encodeURIComponent(id)}`, { name: id });
    expect(sandbox.world.get('log-groups', id)).toEqual({ name: id });
    expect((await call('DELETE', `world/log-groups/${encodeURIComponent(id)}`)).status).toBe(204);
    expect((await call('DELETE', `world/log-groups/${encodeURIComponent(id)}`)).status).toBe(404);
    expect(sandbox.world.list('log-groups')).toEqual([]);
  });

  test('takes only an object for a record', async () => {
    expect((await call('PUT', 'world/flows/a', [1])).status).toBe(400);
  });
});

test('history shows what was asked since an entry, and not what was asked of the control itself', async () => {
  await create('one');
  await create('two');
  const { body } = await call('GET', 'history?since=1');
  expect(body).toMatchObject({ requests: [{ n: 2, operation: 'createNote', committed: true }] });
  expect((await call('GET', 'history?since=yesterday')).status).toBe(400);
});

test.each([
  ['by name', 'realistic', 200],
  ['in full', { latency: { default: 1 }, windows: {} }, 200],
  ['not at all with an unknown window', { windows: { soon: { ms: 1 } } }, 400],
])('a profile is set %s', async (_how, profile, status) => {
  expect((await call('PUT', 'profile', profile)).status).toBe(status);
});

test('a profile that is set is in force, and shown', async () => {
  await call('PUT', 'profile', { windows: { 'genesys.listed': { reads: 1 } } });
  expect((await call('GET', 'profile')).body).toMatchObject({ windows: { 'genesys.listed': { reads: 1 } } });
  await create('fresh');
  const settled = async () => (await fetch(`${sandbox.origin}/settled`, { headers: { authorization: 'me' } })).json();
  expect([await settled(), await settled()]).toMatchObject([[], [{ text: 'fresh' }]]);
});

describe('faults', () => {
  const hold = JSON.parse('{"match":{"operation":"createNote"},"when":"after","then":"hold"}');

  test('are set, shown with what they did, released and cleared', async () => {
    expect((await call('PUT', 'faults', [hold])).body).toMatchObject({ faults: [{ seen: 0, struck: 0 }], held: [] });
    const held = create('held');
    await sandbox.history.until((entry) => entry.held === 'after');
    expect((await call('GET', 'faults')).body).toMatchObject({ faults: [{ seen: 1, struck: 1 }], held: [1] });
    expect((await call('POST', 'faults/release')).body).toEqual({ released: 1 });
    expect((await held).status).toBe(201);
    expect((await call('DELETE', 'faults')).status).toBe(204);
    expect((await create('free')).status).toBe(201);
  });

  test('that make no sense are refused, and the old ones stay', async () => {
    await call('PUT', 'faults', [hold]);
    expect((await call('PUT', 'faults', [{ ...hold, when: 'during' }])).status).toBe(400);
    expect(sandbox.faults.list()).toHaveLength(1);
  });
});

test('a reset makes a new world', async () => {
  await create('gone');
  expect((await call('POST', 'reset')).status).toBe(204);
  expect(sandbox.world.list('notes')).toEqual([]);
  expect(sandbox.history.entries()).toEqual([]);
});

describe('what is refused', () => {
  test('a route that is not there, with those that are', async () => {
    const { status, body } = await call('GET', 'worlds');
    expect(status).toBe(404);
    expect(body).toMatchObject({ message: 'The sandbox has no GET /_sandbox/worlds.' });
    expect(body.routes).toContain('POST /_sandbox/faults/release');
  });

  test('a body that is not JSON', async () => {
    const response = await fetch(`${sandbox.origin}/_sandbox/profile`, { method: 'PUT', body: '{' });
    expect(response.status).toBe(400);
  });

  test.each([
    ['a web page', { origin: 'http://example.com' }],
    ['a name that was pointed here', { host: 'example.com' }],
  ])('%s', async (_who, headers) => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${sandbox.origin}/_sandbox/reset`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end();
    });
    expect(status).toBe(403);
  });
});
