import type { Overwrites } from '../../engine/contract.ts';
import { type FlowVersion, type LiveFlow, nameOfVersion, type User } from './live-flow.ts';

/** What is remembered of the last publication. */
interface Sent {
  readonly version?: string | undefined;
}

const nameOfUser = ({ id, name, email }: User) => name ?? email ?? `the user ${id ?? '(unknown)'}`;

type Author = { readonly isOurs: boolean; readonly did: string };

/** Who made a version; undefined where nobody says. */
function authorOf(
  { createdByClient, createdBy }: FlowVersion,
  publishedBy: User | null | undefined,
  clientId: string,
): Author | undefined {
  if (createdByClient?.id === clientId) return { isOurs: true, did: 'published by this OAuth client' };
  if (createdByClient?.id)
    return {
      isOurs: false,
      did: `published by the OAuth client ${createdByClient.name ?? createdByClient.id}`,
    };
  const user = createdBy ?? publishedBy;
  return user ? { isOurs: false, did: `edited by ${nameOfUser(user)}` } : undefined;
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
  const { did } = author ?? { did: 'published by somebody' };
  const what = `${did}${on(publishedVersion.datePublished ?? publishedVersion.dateCreated)}, version ${version}`;
  return { what, isTheirs: author?.isOurs === false || sent?.version !== undefined };
}

/** Who has a flow locked, us left out: "Jane Doe". */
export function lockerOf({ lockedUser, lockedClient }: LiveFlow, clientId: string): string | undefined {
  if (lockedUser) return nameOfUser(lockedUser);
  if (!lockedClient?.id || lockedClient.id === clientId) return undefined;
  return `the OAuth client ${lockedClient.name ?? lockedClient.id}`;
}

/** A draft that nobody checked in has no number yet. */
const DRAFT = /^saved_version_/;

/** What there is to know of changes that somebody made in Architect and did not publish. */
export function unpublishedIn({ savedVersion, checkedInVersion, publishedVersion }: LiveFlow): readonly string[] {
  const by = ({ createdBy, createdByClient }: FlowVersion) =>
    createdBy ? nameOfUser(createdBy) : (createdByClient?.name ?? 'somebody');
  if (savedVersion && DRAFT.test(nameOfVersion(savedVersion) ?? ''))
    return [`${by(savedVersion)} saved changes in Architect${on(savedVersion.dateSaved)} that are not published`];
  const isNewer =
    checkedInVersion && publishedVersion && nameOfVersion(checkedInVersion) !== nameOfVersion(publishedVersion);
  if (!isNewer) return [];
  const when = on(checkedInVersion.dateCreated);
  return [`${by(checkedInVersion)} checked in changes in Architect${when} that are not published`];
}
