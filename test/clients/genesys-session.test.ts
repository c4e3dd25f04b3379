import { describe, expect, test } from 'vitest';
import { inTurn, json, text } from './local-server.ts';
import { CLIENT_ID, CLIENT_SECRET, getFlow, ok, organization, postFlow, refuses, token } from './organization.ts';

describe('signing in', () => {
  test('happens on the first call, once for all that come at the same time', async () => {
    const { genesys, logins, calls } = await organization(ok);
    expect(logins()).toEqual([]);
    await Promise.all(Array.from({ length: 12 }, () => genesys.call(getFlow)));
    await genesys.call(getFlow);
    expect(logins()).toHaveLength(1);
    expect(logins()[0]).toMatchObject({
      method: 'POST',
      body: 'grant_type=client_credentials',
      headers: { authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}` },
    });
    expect(new Set(calls().map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${token(1)}`]));
  });

  test('happens again, once for all, when the token is refused', async () => {
    const { genesys, logins } = await organization((response, seen) =>
      (seen.headers.authorization === `Bearer ${token(1)}` ? refuses(401) : ok)(response, seen),
    );
    await Promise.all(Array.from({ length: 12 }, () => genesys.call(postFlow)));
    expect(logins()).toHaveLength(2);
  });

  test('happens once more only, where the next token is refused as well', async () => {
    const { genesys, logins, calls } = await organization(refuses(401));
    await expect(genesys.call(getFlow)).rejects.toMatchObject({ status: 401 });
    expect([logins().length, calls().length]).toEqual([2, 2]);
  });

  test('is not tried again after a refusal, which no later call changes', async () => {
    const refused = json(400, { error: 'invalid_client', description: 'client not found' });
    const { genesys, logins, calls } = await organization(ok, { login: refused });
    const expected = {
      status: 400,
      code: 'invalid_client',
      operation: 'POST /oauth/token',
      message: 'client not found',
    };
    await expect(genesys.call(getFlow)).rejects.toMatchObject(expected);
    await expect(genesys.call(getFlow)).rejects.toMatchObject(expected);
    expect([logins().length, calls().length]).toEqual([1, 0]);
  });

  test('is tried again when there were too many, which is said with a 400', async () => {
    const limited = json(400, { error: 'invalid_request', description: 'rate limit exceeded;too many' });
    const { genesys, logins } = await organization(ok, {
      login: inTurn(limited, limited, json(200, { access_token: token(1) })),
    });
    expect(await genesys.call(getFlow)).toEqual({ id: 'f-1' });
    expect(logins()).toHaveLength(3);
  });

  test('may succeed with a later call where it failed for something that passes', async () => {
    const down = text(503, '');
    const login = inTurn(down, down, down, down, down, down, json(200, { access_token: token(1) }));
    const { genesys, logins } = await organization(ok, { login });
    await expect(genesys.call(getFlow)).rejects.toMatchObject({ status: 503 });
    expect(logins()).toHaveLength(6);
    expect(await genesys.call(getFlow)).toEqual({ id: 'f-1' });
  });

  test.each([
    ['an empty answer', text(200, '')],
    ['an answer without a token', json(200, { error: 'none today' })],
  ])('fails at %s', async (_, login) => {
    const { genesys, calls } = await organization(ok, { login });
    await expect(genesys.call(getFlow)).rejects.toThrow('the answer has no token in it');
    expect(calls()).toEqual([]);
  });
});
