import type { Item, World } from '../world.ts';
import { clientOf } from './oauth.ts';

export const FLOW_TYPES = ['INBOUNDCALL', 'SECURECALL', 'WORKFLOW'] as const;
export type FlowType = (typeof FLOW_TYPES)[number];

/** What a flow was bound to, by id, when it was published. */
export type Use = { readonly kind: 'action' | 'flow'; readonly id: string };

/** What somebody made in Architect and did not publish. */
export type Unpublished = {
  /** The bytes, in base64. */
  readonly yaml: string;
  /** The id of the OAuth client, or the name of the user. */
  readonly by: string;
  readonly at: number;
};

/** A record of `flows`. Times are milliseconds since the epoch. */
export type FlowRecord = {
  readonly id: string;
  readonly name: string;
  readonly type: FlowType;
  readonly divisionId: string;
  readonly description: string;
  /** 0: never. */
  readonly publishedVersion: number;
  /** The id of the OAuth client, or the name of the user. */
  readonly publishedBy?: string;
  readonly publishedAt?: number;
  /** The bytes that were published, in base64. */
  readonly yaml?: string;
  /** The id of the OAuth client, or the name of the user, who has it open in Architect. */
  readonly lockedBy?: string;
  /** Saved, by whoever has it locked. */
  readonly draft?: Unpublished & { readonly id: string };
  /** Checked in after what is published. */
  readonly checkedIn?: Unpublished & { readonly version: number };
  readonly uses: readonly Use[];
  readonly createdAt: number;
  readonly deletedAt?: number;
};

/** The flows that are not deleted, in order of creation. */
export const liveFlows = (world: World): readonly FlowRecord[] =>
  world.list<FlowRecord>('flows').filter(({ deletedAt }) => deletedAt === undefined);

/** The live flow of this type and name; names are compared without case. */
export const flowNamed = (world: World, type: FlowType, name: string): FlowRecord | undefined =>
  liveFlows(world).find((flow) => flow.type === type && flow.name.toLowerCase() === name.toLowerCase());

/** The live flow of this id, if it is of the type and was ever published. */
export function publishedFlow(world: World, type: FlowType, id: string): FlowRecord | undefined {
  const flow = liveFlows(world).find((one) => one.id === id);
  return flow?.type === type && flow.publishedVersion > 0 ? flow : undefined;
}

/** A name with `*` for any text, as a pattern that ignores case. */
export const namePattern = (name: string): RegExp =>
  new RegExp(`^${name.split(/\*+/).map(escapePattern).join('.*')}$`, 'is');

const escapePattern = (text: string): string => text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');

interface NameFault {
  readonly code: string;
  readonly message: string;
}

/** What Architect has against a flow's name; undefined where it has nothing. */
export function faultOfName(name: string): NameFault | undefined {
  const prefix = 'architect.flow.validate.failed';
  if (name.trim() === '') return { code: `${prefix}.missing.name`, message: 'Flow name is missing.' };
  if (name.includes('/'))
    return { code: `${prefix}.invalid.name.contains.slash`, message: 'Flow name cannot contain a slash (/).' };
  if (/-debug$/i.test(name))
    return { code: `${prefix}.invalid.name.contains.debug`, message: 'Flow name cannot end with -debug.' };
  if (!/[\p{L}\p{N}]/u.test(name))
    return {
      code: `${prefix}.invalid.name.no.alpha`,
      message: 'Flow name must contain at least one alphanumeric character.',
    };
  return undefined;
}

/** A division as other objects refer to it. */
export function divisionRef(world: World, id: string): Item {
  const division = world.get<{ readonly name?: string } & Item>('divisions', id);
  return {
    id,
    ...(division?.name !== undefined && { name: division.name }),
    selfUri: `/api/v2/authorization/divisions/${id}`,
  };
}

/** A flow as other objects refer to it. */
export const flowRef = (world: World, id: string): Item => {
  const flow = world.get<FlowRecord>('flows', id);
  return { id, ...(flow && { name: flow.name }), selfUri: `/api/v2/flows/${id}` };
};

/** An OAuth client as other objects refer to it. */
export const clientRef = (world: World, id: string): Item => {
  const client = clientOf(world, id);
  return { id, ...(client && { name: client.name }), selfUri: `/api/v2/oauth/clients/${id}` };
};

/** Who did something, a client or a user, as other objects refer to them. */
export const authorRef = (world: World, by: string): { readonly client: Item } | { readonly user: Item } =>
  clientOf(world, by) ? { client: clientRef(world, by) } : { user: { id: by, name: by, version: 1 } };
