import * as z from 'zod';
import type { Operation, Request } from '../contract.ts';
import type { Item } from '../world.ts';
import { notFound } from './error-body.ts';
import { checkSigned, newSignature, presignedUrl, UPLOAD_SERVICE } from './presigned.ts';
import { type JobRecord, settlePublications, startJob } from './publications.ts';
import { listOf } from './query-values.ts';
import { row } from './row.ts';

// Stubs for flows that are not there yet are not made here.
const registrationSchema = z.strictObject({ createStubs: z.literal(false).optional() }).optional();

/** Publishing a flow: a job is registered, started by the upload of its YAML, and asked for until it is done. */
export const flowJobOperations: readonly Operation[] = [
  row({
    operation: 'postFlowsJobs',
    route: 'POST /api/v2/flows/jobs',
    permission: ['architect:job:create'],
    body: registrationSchema,
    handle: (world, { now, caller, origin }) => {
      const id = world.uuid();
      const signature = newSignature(world);
      world.put<JobRecord>('flow-jobs', id, { id, clientId: caller, signature, createdAt: now });
      const address = { presignedUrl: presignedUrl(origin, id, signature), headers: uploadHeaders(id) };
      return { status: 200, body: { id, ...address, selfUri: uriOf(id) } };
    },
  }),
  {
    service: UPLOAD_SERVICE,
    operation: 'uploadFlow',
    route: 'PUT /_upload/{jobId}',
    permission: [],
    write: true,
    handle: (world, request) => {
      const { jobId = '' } = request.path;
      const job = world.get<JobRecord>('flow-jobs', jobId);
      checkSigned(request, job?.signature, uploadHeaders(jobId));
      // Sent again, perhaps because the first answer was lost, it starts nothing.
      if (job && job.uploadedAt === undefined) startJob(world, job, request.bytes, request.now);
      settlePublications(world, request);
      return { status: 200 };
    },
  },
  row({
    operation: 'getFlowsJob',
    route: 'GET /api/v2/flows/jobs/{jobId}',
    permission: ['architect:job:view'],
    handle: (world, request) => {
      settlePublications(world, request);
      const job = world.get<JobRecord>('flow-jobs', request.path['jobId'] ?? '');
      if (!job) throw notFound('general.resource.not.found', 'Unable to find a job with that jobId');
      return { status: 200, body: describe(job, request) };
    },
  }),
];

const uriOf = (id: string): string => `/api/v2/flows/jobs/${id}`;

/** What the upload must send along, and nothing else that S3 would sign. */
const uploadHeaders = (id: string): Readonly<Record<string, string>> => ({
  'Content-Type': 'application/octet-stream',
  'x-amz-meta-job-id': id,
});

function describe(job: JobRecord, { query, passed }: Request): Item {
  const { id, flowId } = job;
  return {
    id,
    command: 'Publish',
    status: statusOf(job, passed),
    ...(flowId !== undefined && { flow: { id: flowId, selfUri: `/api/v2/flows/${flowId}` } }),
    ...(listOf(query, 'expand').includes('messages') && { messages: messagesOf(job) }),
    selfUri: uriOf(id),
  };
}

function statusOf({ id, uploadedAt, endedAt, flowId }: JobRecord, passed: Request['passed']): string {
  if (endedAt !== undefined) return flowId === undefined ? 'Failure' : 'Success';
  return uploadedAt !== undefined && passed('flow-job.started', uploadedAt, id) ? 'Started' : 'Registered';
}

const messagesOf = ({ messages = [], endedAt = 0 }: JobRecord): readonly Item[] =>
  messages.map((text) => ({ dateTime: new Date(endedAt).toISOString(), type: 'Error', text }));
