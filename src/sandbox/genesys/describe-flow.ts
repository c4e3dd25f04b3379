import type { Item, World } from '../world.ts';
import { authorRef, divisionRef, type FlowRecord, type Unpublished } from './flow-record.ts';

/** A flow as the API shows it. */
export function describeFlow(world: World, flow: FlowRecord): Item {
  const { id, name, type, description, divisionId, deletedAt, lockedBy, publishedBy, draft, checkedIn } = flow;
  const published = flow.publishedVersion > 0 ? describePublished(world, flow) : undefined;
  const newest = checkedIn ? describeCheckedIn(world, flow, checkedIn) : published;
  const publisher = publishedBy === undefined ? undefined : authorRef(world, publishedBy);
  return {
    id,
    name,
    type,
    description,
    division: divisionRef(world, divisionId),
    active: deletedAt === undefined,
    system: false,
    deleted: deletedAt !== undefined,
    ...(published && { publishedVersion: published }),
    ...(newest && { checkedInVersion: newest }),
    ...(draft && { savedVersion: describeDraft(world, flow, draft) }),
    ...(publisher && 'user' in publisher && { publishedBy: publisher.user }),
    ...(lockedBy !== undefined && describeLock(world, lockedBy)),
    selfUri: `/api/v2/flows/${id}`,
  };
}

function describeLock(world: World, lockedBy: string): Item {
  const author = authorRef(world, lockedBy);
  return 'client' in author ? { lockedClient: author.client } : { lockedUser: author.user };
}

function describePublished(world: World, flow: FlowRecord): Item {
  const { publishedVersion, publishedAt, publishedBy } = flow;
  return {
    ...describeVersion(flow, `${publishedVersion}.0`, 'PUBLISH'),
    commitVersion: String(publishedVersion),
    ...(publishedBy !== undefined && createdBy(world, publishedBy)),
    ...(publishedAt !== undefined && {
      dateCreated: Math.floor(publishedAt),
      dateCheckedIn: Math.floor(publishedAt),
      datePublished: new Date(publishedAt).toISOString(),
    }),
  };
}

const describeCheckedIn = (world: World, flow: FlowRecord, { version, by, at }: Unpublished & { version: number }) => ({
  ...describeVersion(flow, `${version}.0`, 'CHECKIN'),
  commitVersion: String(version),
  ...createdBy(world, by),
  dateCreated: Math.floor(at),
  dateCheckedIn: Math.floor(at),
});

const describeDraft = (world: World, flow: FlowRecord, { id, by, at }: Unpublished & { id: string }) => ({
  ...describeVersion(flow, `saved_version_${id}`, 'SAVE'),
  ...createdBy(world, by),
  dateCreated: Math.floor(at),
  dateSaved: Math.floor(at),
});

const describeVersion = ({ id, type }: FlowRecord, name: string, what: 'PUBLISH' | 'CHECKIN' | 'SAVE'): Item => ({
  id: name,
  name,
  configurationVersion: name,
  type: what,
  secure: type === 'SECURECALL',
  debug: false,
  selfUri: `/api/v2/flows/${id}/versions/${name}`,
});

function createdBy(world: World, by: string): Item {
  const author = authorRef(world, by);
  return 'client' in author ? { createdByClient: author.client } : { createdBy: author.user };
}
