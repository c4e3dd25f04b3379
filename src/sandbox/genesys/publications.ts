import type { Request } from '../contract.ts';
import type { World } from '../world.ts';
import { bindFlow } from './flow-binding.ts';
import { type FlowDocument, readFlow } from './flow-document.ts';
import { type FlowRecord, type FlowType, flowNamed, type Use } from './flow-record.ts';
import { holds } from './grants.ts';
import { clientOf } from './oauth.ts';
import { organizationOf } from './organization.ts';

/** A flow as it will be once its job is done. */
type Publication = {
  readonly type: FlowType;
  readonly name: string;
  readonly description: string;
  readonly divisionId?: string;
  readonly yaml: string;
  readonly uses: readonly Use[];
};

/** How a job will end: known from its upload on, in the world from its end on. */
type Outcome = { readonly publication: Publication } | { readonly messages: readonly string[] };

/** A record of `flow-jobs`. */
export type JobRecord = {
  readonly id: string;
  /** The OAuth client's id. */
  readonly clientId: string;
  readonly signature: string;
  readonly createdAt: number;
  readonly uploadedAt?: number;
  readonly outcome?: Outcome;
  readonly endedAt?: number;
  readonly flowId?: string;
  readonly messages?: readonly string[];
};

type Uploaded = JobRecord & Required<Pick<JobRecord, 'uploadedAt' | 'outcome'>>;

/** Starts a job with the bytes that were uploaded for it. */
export function startJob(world: World, job: JobRecord, bytes: Uint8Array, now: number): void {
  world.put<JobRecord>('flow-jobs', job.id, { ...job, uploadedAt: now, outcome: foresee(world, job, bytes) });
}

/**
 * Brings into the world what jobs that are done have published. Whatever looks at flows calls this first, so a
 * publication has its effect from the moment its job is done, whether anybody asked for the job or not.
 */
export function settlePublications(world: World, { passed, now }: Pick<Request, 'passed' | 'now'>): void {
  const isUploaded = (job: JobRecord): job is Uploaded => job.uploadedAt !== undefined && job.outcome !== undefined;
  const pending = world.list<JobRecord>('flow-jobs').filter(isUploaded);
  for (const job of pending.toSorted((a, b) => a.uploadedAt - b.uploadedAt)) {
    const isDone = (since: number) => passed('flow-job.done', since, job.id);
    if (isDone(job.uploadedAt)) end(world, job, endOf(isDone, job.uploadedAt, now));
  }
}

function end(world: World, { outcome, ...job }: Uploaded, endedAt: number): void {
  const result =
    'publication' in outcome
      ? { flowId: publish(world, outcome.publication, job.clientId, endedAt).id }
      : { messages: outcome.messages };
  world.put<JobRecord>('flow-jobs', job.id, { ...job, endedAt, ...result });
}

/**
 * When a window that is over by `now` ended: what follows from an end must not wait for somebody to notice it. Windows
 * only say whether they are over, so it is searched for, to the millisecond.
 */
function endOf(isOver: (since: number) => boolean, since: number, now: number): number {
  if (isOver(now)) return since;
  // So many milliseconds later it could have begun and be over, or not.
  let [over, open] = [0, Math.ceil(now - since)];
  while (open - over > 1) {
    const middle = Math.floor((over + open) / 2);
    if (isOver(since + middle)) over = middle;
    else open = middle;
  }
  return now - over;
}

/** The same type and name is the same flow, in a new version; anything else is a new flow. */
function publish(world: World, publication: Publication, by: string, at: number): FlowRecord {
  const { divisionId, ...content } = publication;
  const current = flowNamed(world, content.type, content.name);
  const {
    lockedBy: _lock,
    draft: _draft,
    checkedIn,
    ...kept
  }: Omit<FlowRecord, keyof typeof content | 'publishedBy' | 'publishedAt'> = current ?? {
    id: world.uuid(),
    divisionId: organizationOf(world).homeDivisionId,
    publishedVersion: 0,
    createdAt: at,
  };
  return world.put<FlowRecord>('flows', kept.id, {
    ...kept,
    ...content,
    ...(divisionId !== undefined && { divisionId }),
    publishedVersion: (checkedIn?.version ?? kept.publishedVersion) + 1,
    publishedBy: by,
    publishedAt: at,
  });
}

/** Publishes a flow's YAML at once, as it is done in Architect; gives what is wrong with it where it cannot be. */
export function publishInArchitect(world: World, bytes: Uint8Array, by: string, at: number): readonly string[] {
  const read = readFlow(bytes);
  if ('problems' in read) return read.problems;
  const bound = bindPublication(world, read.document, bytes);
  if ('problems' in bound) return bound.problems;
  publish(world, bound, by, at);
  return [];
}

/** A flow's YAML as it will be published, or what it names that is not there. */
function bindPublication(
  world: World,
  document: FlowDocument,
  bytes: Uint8Array,
): Publication | { readonly problems: readonly string[] } {
  const { type, name, description } = document;
  const { uses, divisionId, problems } = bindFlow(world, document);
  if (problems.length > 0) return { problems };
  const yaml = Buffer.from(bytes).toString('base64');
  return { type, name, description, ...(divisionId !== undefined && { divisionId }), yaml, uses };
}

/** The last line of a failed job, which says nothing of the cause. */
const SUMMARY = {
  session: 'Architect Scripting session ended in error ( code: 99 )',
  file: 'Archy failed to publish the flow, exit code: 100',
  scripting: 'Archy failed to publish the flow, exit code: 101',
} as const;

function foresee(world: World, { clientId }: JobRecord, bytes: Uint8Array): Outcome {
  if (lacks(world, clientId, 'architect:ui:view'))
    return failed(['missing permission: architect:ui:view'], SUMMARY.session);
  const read = readFlow(bytes);
  if ('problems' in read) return failed(read.problems, SUMMARY.file);
  const { type, name } = read.document;
  const current = flowNamed(world, type, name);
  const permission = [current ? 'architect:flow:edit' : 'architect:flow:add', 'architect:flow:publish'];
  const missing = permission.filter((one) => lacks(world, clientId, one));
  if (missing.length > 0) return failed([`missing permission: ${missing.join(', ')}`], SUMMARY.session);
  const { lockedBy } = current ?? {};
  if (lockedBy !== undefined && lockedBy !== clientId)
    return failed([`the flow '${name}' is locked by another user: ${lockedBy}`], SUMMARY.session);
  const publication = bindPublication(world, read.document, bytes);
  return 'problems' in publication ? failed(publication.problems, SUMMARY.scripting) : { publication };
}

const MOST_PROBLEMS = 20;

const failed = (problems: readonly string[], summary: string): Outcome => ({
  messages: [...problems.slice(0, MOST_PROBLEMS), summary],
});

function lacks(world: World, clientId: string, permission: string): boolean {
  const client = clientOf(world, clientId);
  // Whoever could start the job is heard of.
  return !client || !holds(world, client, permission, { passed: () => true });
}
