import * as z from 'zod';
import { type Operation, Refusal } from '../contract.ts';
import { type Faults, faultSchema } from '../faults.ts';
import { editFlow, editSchema } from '../genesys/flow-edits.ts';
import type { FlowRecord } from '../genesys/flow-record.ts';
import { settlePublications } from '../genesys/publications.ts';
import type { History } from '../history.ts';
import { PROFILES, type Profile, profileSchema } from '../profile.ts';
import type { Surroundings } from '../telephony/host.ts';
import type { LiveCalls } from '../telephony/live-calls.ts';
import type { Change } from '../world.ts';
import { callOperations } from './calls.ts';
import { row } from './row.ts';
import { unveil, veil } from './veil.ts';

/** What can be done to a sandbox from outside. */
export interface Controls {
  readonly snapshot: () => readonly Change[];
  readonly history: History;
  readonly faults: Faults;
  readonly profile: () => Profile;
  readonly setProfile: (profile: Profile) => void;
  readonly reset: () => Promise<void>;
  readonly surroundings: Surroundings;
  readonly liveCalls: LiveCalls;
}

const itemSchema = z.record(z.string(), z.unknown());
const newProfileSchema = z.union([z.enum(['instant', 'realistic']), profileSchema]);
const releaseSchema = z.strictObject({ n: z.int().optional() }).default({});
const sinceSchema = z.coerce.number().int().min(0);

/** The operations under `/_sandbox/`. */
export function controlOperations(controls: Controls): readonly Operation[] {
  return [
    ...worldOperations(controls),
    ...historyOperations(controls),
    ...faultOperations(controls),
    ...callOperations(controls.surroundings, controls.liveCalls),
  ];
}

function worldOperations({ snapshot, reset }: Controls): readonly Operation[] {
  return [
    row('showWorld', 'GET /_sandbox/world?collection=', (_world, { query }) => {
      const collection = query.get('collection');
      if (collection === null) return { status: 200, body: { collections: countCollections(snapshot()) } };
      const records = snapshot().filter((record) => record.collection === collection);
      return {
        status: 200,
        body: { collection, records: records.map(({ id, item = {} }) => ({ id, item: veil(item) })) },
      };
    }),
    row('showRecord', 'GET /_sandbox/world/{collection}/{id}', (world, { path }) => {
      const { collection = '', id = '' } = path;
      const item = world.get(collection, id);
      if (!item) throw noRecord(collection, id);
      return { status: 200, body: veil(item) };
    }),
    row(
      'putRecord',
      'PUT /_sandbox/world/{collection}/{id}',
      (world, { path, body }) => {
        const { collection = '', id = '' } = path;
        const item = world.put(collection, id, unveil(itemSchema.parse(body), world.get(collection, id)));
        return { status: 200, body: veil(item) };
      },
      itemSchema,
    ),
    row(
      'editFlow',
      'POST /_sandbox/flows/{flowId}/edits',
      (world, request) => {
        settlePublications(world, request);
        const { flowId = '' } = request.path;
        const flow = world.get<FlowRecord>('flows', flowId);
        if (!flow) throw noRecord('flows', flowId);
        const edited = editFlow(world, flow, editSchema.parse(request.body), request.now);
        return { status: 200, body: veil(edited) };
      },
      editSchema,
    ),
    row('removeRecord', 'DELETE /_sandbox/world/{collection}/{id}', (world, { path }) => {
      const { collection = '', id = '' } = path;
      if (!world.get(collection, id)) throw noRecord(collection, id);
      world.remove(collection, id);
      return { status: 204 };
    }),
    row('reset', 'POST /_sandbox/reset', async () => {
      await reset();
      return { status: 204 };
    }),
  ];
}

function historyOperations({ history, profile, setProfile }: Controls): readonly Operation[] {
  return [
    row('showHistory', 'GET /_sandbox/history?since=', (_world, { query }) => {
      const since = sinceSchema.safeParse(query.get('since') ?? '0');
      if (!since.success) throw new Refusal(400, 'bad.since', 'since is the number of an entry: 0, 1, 2 …');
      return { status: 200, body: { requests: history.entries(since.data) } };
    }),
    row('showProfile', 'GET /_sandbox/profile', () => ({ status: 200, body: profile() })),
    row(
      'setProfile',
      'PUT /_sandbox/profile',
      (_world, { body }) => {
        const wanted = newProfileSchema.parse(body);
        setProfile(typeof wanted === 'string' ? PROFILES[wanted] : wanted);
        return { status: 200, body: profile() };
      },
      newProfileSchema,
    ),
  ];
}

function faultOperations({ faults }: Controls): readonly Operation[] {
  const show = () => ({ status: 200, body: { faults: faults.list(), held: faults.held() } });
  const faultsSchema = z.array(faultSchema);
  return [
    row('showFaults', 'GET /_sandbox/faults', show),
    row(
      'setFaults',
      'PUT /_sandbox/faults',
      (_world, { body }) => {
        faults.set(faultsSchema.parse(body));
        return show();
      },
      faultsSchema,
    ),
    row('clearFaults', 'DELETE /_sandbox/faults', () => {
      faults.set([]);
      return { status: 204 };
    }),
    row(
      'release',
      'POST /_sandbox/faults/release',
      (_world, { body }) => ({ status: 200, body: { released: faults.release(releaseSchema.parse(body).n) } }),
      releaseSchema,
    ),
  ];
}

function countCollections(records: readonly Change[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { collection } of records) counts.set(collection, (counts.get(collection) ?? 0) + 1);
  return Object.fromEntries(counts);
}

const noRecord = (collection: string, id: string): Refusal =>
  new Refusal(404, 'no.such.record', `There is no ${id} in ${collection}.`);
