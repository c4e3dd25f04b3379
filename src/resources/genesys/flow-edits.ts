import type { Overwrites } from '../../engine/contract.ts';
import { type FlowVersion, type LiveFlow, nameOfVersion, type User } from './live-flow.ts';

/** What is remembered of the last publication. */
interface Sent {
  readonly version?: string | undefined;
}

const nameOfClient = ({ id, name }: Pick<User, 'id' | 'name'>) => `the OAuth client ${name ?? id}`;
const nameOfUser = ({ id, name, email }: User) => name ?? email ?? `the user ${id ?? '(unknown)'}`;

interface Author {
  readonly isOurs: boolean;
  readonly name: string;
  /** People edit; clients only publish. */
  readonly did: 'edited' | 'published';
}

/** Who made a version; undefined where nobody says. */
function authorOf(
  { createdByClient, createdBy }: FlowVersion,
  publishedBy: User | null | undefined,
  clientId: string,
): Author | undefined {
  if (createdByClient?.id === clientId) return { isOurs: true, name: 'this OAuth client', did: 'published' };
  if (createdByClient?.id) return { isOurs: false, name: nameOfClient(createdByClient), did: 'published' };
  const user = createdBy ?? publishedBy;
  return user ? { isOurs: false, name: nameOfUser(user), did: 'edited' } : undefined;
}

function on(when: string | number | null | undefined): string {
  const date = new Date(when ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : ` on ${date.toISOString().slice(0, 10)}`;
}

/**
 * What of a flow a publication would overwrite that we did not publish. `isOwnJob`: the job that we started last came to
 * its end, but what version came of it was not written down.
 */
export function overwritesIn(
  { publishedVersion, publishedBy }: Pick<LiveFlow, 'publishedVersion' | 'publishedBy'>,
  sent: Sent | undefined,
  { clientId, isOwnJob }: { readonly clientId: string; readonly isOwnJob: boolean },
): Overwrites | undefined {
  const version = nameOfVersion(publishedVersion);
  if (!publishedVersion || version === undefined || sent?.version === version) return undefined;
  const author = authorOf(publishedVersion, publishedBy, clientId);
  if (isOwnJob && author?.isOurs !== false) return undefined;
  const { did, name } = author ?? { did: 'published', name: 'somebody' };
  const what = `${did} by ${name}${on(publishedVersion.datePublished ?? publishedVersion.dateCreated)}, version ${version}`;
  return { what, isTheirs: author?.isOurs === false || sent?.version !== undefined };
}

/**
 * What somebody checked in after the last publication: it goes on in the flow's history, but nothing leads there any more,
 * so a copy is kept of it too.
 */
export function checkedInAfter(live: LiveFlow, clientId: string): Overwrites | undefined {
  const version = newerIn(live);
  const author = version && authorOf(version, undefined, clientId);
  if (!version || author?.isOurs) return undefined;
  const by = author ? author.name : 'somebody';
  const what = `checked in by ${by}${on(version.dateCreated)}, version ${nameOfVersion(version)}, not published`;
  return { what, isTheirs: false };
}

/** The version that is checked in, where it came after the published one. */
function newerIn({ checkedInVersion, publishedVersion }: LiveFlow): FlowVersion | undefined {
  const numberOf = (version: FlowVersion) => Number.parseFloat(version.commitVersion ?? nameOfVersion(version) ?? '');
  if (!checkedInVersion || !publishedVersion) return undefined;
  return numberOf(checkedInVersion) > numberOf(publishedVersion) ? checkedInVersion : undefined;
}

/** Who has a flow locked, us left out: "Jane Doe". */
export function lockerOf({ lockedUser, lockedClient }: LiveFlow, clientId: string): string | undefined {
  if (lockedUser) return nameOfUser(lockedUser);
  if (!lockedClient?.id || lockedClient.id === clientId) return undefined;
  return nameOfClient(lockedClient);
}

/** A draft that nobody checked in has no number yet. */
const DRAFT = /^saved_version_/;

/** What there is to know of changes that somebody made in Architect and did not publish. */
export function unpublishedIn(live: LiveFlow): readonly string[] {
  const { savedVersion } = live;
  const by = ({ createdBy, createdByClient }: FlowVersion) => {
    if (createdBy) return nameOfUser(createdBy);
    return createdByClient ? nameOfClient(createdByClient) : 'somebody';
  };
  if (savedVersion && DRAFT.test(nameOfVersion(savedVersion) ?? ''))
    return [`${by(savedVersion)} saved changes in Architect${on(savedVersion.dateSaved)} that are not published`];
  const newer = newerIn(live);
  if (!newer) return [];
  return [`${by(newer)} checked in changes in Architect${on(newer.dateCreated)} that are not published`];
}
