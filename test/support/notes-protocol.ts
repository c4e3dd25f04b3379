import * as z from 'zod';
import { type Operation, type Protocol, Refusal, type Sent } from '../../src/sandbox/contract.ts';

const noteSchema = z.object({ text: z.string(), createdAt: z.number() });
const wantedSchema = z.strictObject({ text: z.string() });

const operations: readonly Operation[] = [
  {
    service: 'notes',
    operation: 'createNote',
    route: 'POST /notes',
    permission: [],
    write: true,
    body: wantedSchema,
    handle: (world, { body, now }) => {
      const { text } = wantedSchema.parse(body);
      const id = world.uuid();
      world.put('notes', id, { text, createdAt: now });
      if (text === 'refused') throw new Refusal(409, 'note.refused', 'Not this one.');
      if (text === 'broken') throw new TypeError('a bug');
      return { status: 201, body: { id } };
    },
  },
  {
    service: 'notes',
    operation: 'listNotes',
    route: 'GET /notes',
    permission: [],
    write: false,
    handle: (world) => ({ status: 200, body: world.list('notes') }),
  },
  {
    service: 'notes',
    operation: 'settledNotes',
    route: 'GET /settled',
    permission: [],
    write: false,
    handle: (world, { passed }) => ({
      status: 200,
      body: world
        .list('notes')
        .map((note) => noteSchema.parse(note))
        .filter((note) => passed('genesys.listed', note.createdAt, note.text)),
    }),
  },
  {
    service: 'notes',
    operation: 'slowNote',
    route: 'POST /slow',
    permission: [],
    write: true,
    handle: async (world, { functions, bytes }) => {
      world.put('notes', world.uuid(), { text: 'begun', createdAt: 0 });
      await functions.run(
        {
          name: 'slow',
          arn: '',
          zip: bytes,
          codeSha256: '',
          handler: '',
          environment: {},
          timeoutMs: 1000,
          memoryMb: 128,
          logGroup: '',
          credentials: { accessKeyId: '', secretAccessKey: '', sessionToken: '' },
        },
        bytes,
      );
      world.put('notes', world.uuid(), { text: 'ended', createdAt: 0 });
      return { status: 204 };
    },
  },
];

/** The smallest vendor there can be: notes, kept for whoever sends `authorization: me`. */
export const notes: Protocol = {
  claims: () => true,
  match: ({ method, url, bytes }) => {
    const operation = operations.find(({ route }) => route === `${method} ${url.pathname}`);
    if (!operation) throw new Refusal(404, 'no.such.thing', 'Nothing is there.');
    const body: unknown = operation.body ? JSON.parse(Buffer.from(bytes).toString()) : undefined;
    return { operation, path: {}, query: url.searchParams, body };
  },
  authenticate: (_world, { headers }) => {
    if (headers['authorization'] !== 'me') throw new Refusal(401, 'who', 'Say who you are.');
    return 'me';
  },
  authorize: () => undefined,
  render: (_incoming, _matched, { status, body }) => json(status, body),
  refuse: (_incoming, _matched, { status, code, message, extra }) => {
    const refused = json(status, { code, message });
    return { ...refused, headers: { ...refused.headers, ...extra.headers } };
  },
};

const json = (status: number, body: unknown): Sent => ({
  status,
  headers: { 'content-type': 'application/json' },
  bytes: body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(body)),
});
