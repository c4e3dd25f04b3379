import { describe, expect, test } from 'vitest';
import { json } from './local-server.ts';
import { flow, organization } from './organization.ts';

describe('a list', () => {
  const list = { operation: 'GET /api/v2/flows', schema: flow } as const;
  const entity = (id: string) => ({ id });
  const asked = (url: string | undefined) => Object.fromEntries(new URL(url ?? '', 'http://x').searchParams);

  test('is read to the end by the count of its pages', async () => {
    const { genesys, calls } = await organization((response, seen) => {
      const n = Number(asked(seen.url)['pageNumber'] ?? 1);
      json(200, { entities: [entity(`f-${n}`)], pageNumber: n, pageCount: 3, nextUri: '/x' })(response, seen);
    });
    expect(await genesys.page({ ...list, query: { type: 'workflow' } })).toEqual(['f-1', 'f-2', 'f-3'].map(entity));
    expect(calls().map(({ url }) => asked(url))).toEqual([
      { pageSize: '100', type: 'workflow' },
      { pageSize: '100', type: 'workflow', pageNumber: '2' },
      { pageSize: '100', type: 'workflow', pageNumber: '3' },
    ]);
  });

  test('is read to the end by its cursor, but never from another host', async () => {
    const { genesys, calls } = await organization((response, seen) => {
      const { after } = asked(seen.url);
      const nextUri = after ? undefined : 'https://evil.example/steal?after=a%2Bb&pageSize=50';
      json(200, { entities: [entity(after ?? 'first')], nextUri })(response, seen);
    });
    expect(await genesys.page({ ...list, query: { pageSize: 50, enabled: true } })).toEqual(
      ['first', 'a+b'].map(entity),
    );
    expect(calls().map(({ url }) => asked(url))).toEqual([
      { pageSize: '50', enabled: 'true' },
      { pageSize: '50', enabled: 'true', after: 'a+b' },
    ]);
    expect(calls().every(({ url }) => url.startsWith('/api/v2/flows?'))).toBe(true);
  });

  test('is read no further than it is wanted', async () => {
    const { genesys, calls } = await organization(json(200, { entities: ['a', 'b'].map(entity), pageCount: 9 }));
    expect(await genesys.page({ ...list, limit: 3 })).toEqual(['a', 'b', 'a'].map(entity));
    expect(calls()).toHaveLength(2);
  });

  test('may be empty', async () => {
    const { genesys } = await organization(json(200, { entities: [], pageCount: 0 }));
    expect(await genesys.page(list)).toEqual([]);
  });

  test.each([
    ['an answer without entities', {}],
    ['an error with a good status', { error: 'none' }],
    ['an entity of another form', { entities: [{ id: 7 }] }],
    ['a link that is none', { entities: [], nextUri: 'http://' }],
  ])('is not taken for empty, or shorter than it is, at %s', async (_, answer) => {
    const { genesys } = await organization(json(200, answer));
    await expect(genesys.page(list)).rejects.toThrow('the answer is not as documented');
  });

  test('that has no end is given up', async () => {
    const { genesys, calls } = await organization(json(200, { entities: [], nextUri: '/api/v2/flows?after=x' }));
    await expect(genesys.page(list)).rejects.toThrow('the list has no end (1000 pages)');
    expect(calls()).toHaveLength(1_000);
  });
});
