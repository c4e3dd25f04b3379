import * as z from 'zod';
import { type Operation, Refusal, type Request } from '../contract.ts';
import type { Item, World } from '../world.ts';
import { notFound } from './error-body.ts';
import { FLOW_TYPES, type FlowRecord, flowNamed, liveFlows } from './flow-record.ts';
import { checkSigned, newSignature, presignedUrl, UPLOAD_SERVICE } from './presigned.ts';
import { settlePublications } from './publications.ts';
import { listOf } from './query-values.ts';
import { row } from './row.ts';

/** A record of `export-jobs`: the bytes are those of the moment it was registered. */
type ExportRecord = {
  readonly id: string;
  readonly signature: string;
  readonly createdAt: number;
  readonly yaml?: string;
  /** Why there is nothing to fetch. */
  readonly failure?: string;
};

const wantedSchema = z.strictObject({
  flow: z
    .strictObject({
      id: z.string().optional(),
      name: z.string().optional(),
      type: z.string().optional(),
      version: z.string().optional(),
    })
    .optional(),
  fileName: z.string().optional(),
  exportType: z.enum(['Architect', 'Yaml']).optional(),
});
const bodySchema = z.strictObject({ flows: z.array(wantedSchema.nullable()) });
type Wanted = z.infer<typeof wantedSchema>;
type Selected = Wanted & { readonly flow: NonNullable<Wanted['flow']> };

/** Fetching a flow's YAML back: a job is registered and asked for until it says where. */
export const flowExportOperations: readonly Operation[] = [
  row({
    operation: 'postFlowsExportJobs',
    route: 'POST /api/v2/flows/export/jobs',
    permission: ['architect:jobExport:create'],
    body: bodySchema,
    handle: (world, request) => {
      settlePublications(world, request);
      const found = findYaml(world, checkWanted(request.body.flows));
      const id = world.uuid();
      const job = { id, signature: newSignature(world), createdAt: request.now, ...found };
      world.put<ExportRecord>('export-jobs', id, job);
      const { status } = describe(job, request);
      return { status: 200, body: { id, status, totalFlows: 1, selfUri: uriOf(id) } };
    },
  }),
  row({
    operation: 'getFlowsExportJob',
    route: 'GET /api/v2/flows/export/jobs/{jobId}',
    permission: ['architect:jobExport:view'],
    handle: (world, request) => {
      const { jobId = '' } = request.path;
      if (!UUID.test(jobId)) throw new Refusal(400, 'archy.state.invalid.job.id', 'The job id is invalid.');
      if (world.get('flow-jobs', jobId))
        throw new Refusal(400, 'archy.state.wrong.endpoint', 'The job is not an export job.');
      const job = world.get<ExportRecord>('export-jobs', jobId);
      if (!job) throw notFound('general.resource.not.found', 'Unable to find a job with that jobId');
      return { status: 200, body: describe(job, request) };
    },
  }),
  {
    service: UPLOAD_SERVICE,
    operation: 'downloadFlow',
    route: 'GET /_upload/export/{jobId}',
    permission: [],
    write: false,
    handle: (world, request) => {
      const job = world.get<ExportRecord>('export-jobs', request.path['jobId'] ?? '');
      checkSigned(request, job?.signature);
      if (job?.yaml === undefined) throw new Refusal(404, 'NoSuchKey', 'The specified key does not exist.');
      return { status: 200, headers: { 'content-type': 'text/yaml' }, body: Buffer.from(job.yaml, 'base64') };
    },
  },
];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const uriOf = (id: string): string => `/api/v2/flows/export/jobs/${id}`;

function checkWanted(flows: readonly (Wanted | null)[]): Selected {
  const [wanted] = flows;
  if (flows.length !== 1 || wanted === undefined)
    throw new Refusal(400, 'archy.export.invalid.flows.length', 'The flows list must have exactly one item.');
  if (wanted === null) throw new Refusal(400, 'archy.export.item.cannot.be.null', 'An item cannot be null.');
  const { flow, fileName } = wanted;
  if (!flow) throw new Refusal(400, 'archy.export.missing.flow', 'An item must have a flow.');
  const isNamed = flow.name !== undefined && flow.type !== undefined;
  const isMixed = flow.id !== undefined && (flow.name !== undefined || flow.type !== undefined);
  if (isMixed || (flow.id === undefined && !isNamed))
    throw new Refusal(400, 'archy.export.cannot.id.flow', 'A flow must have either an id, or a name and a type.');
  if (fileName !== undefined && !/^[^\\/:*?"<>|]{1,255}$/.test(fileName))
    throw new Refusal(400, 'archy.export.invalid.file.name', 'The file name is invalid.');
  return { ...wanted, flow };
}

function findYaml(world: World, { flow, exportType }: Selected): Partial<ExportRecord> {
  const type = FLOW_TYPES.find((one) => one === flow.type?.toUpperCase());
  const found =
    flow.id === undefined
      ? type && flowNamed(world, type, flow.name ?? '')
      : liveFlows(world).find(({ id }) => id === flow.id);
  if (!found) return { failure: `could not find the flow with id '${flow.id ?? flow.name}', exit code: 107` };
  if (exportType !== 'Yaml') return { failure: "the sandbox exports flows as 'Yaml' only" };
  const yaml = yamlOf(found, flow.version);
  if (yaml === undefined)
    return { failure: `the flow '${found.name}' has no version '${flow.version ?? 'latest'}', exit code: 100` };
  return { yaml };
}

/** Of what is published, or checked in after that; of earlier versions nothing is kept, and a draft is its author's. */
function yamlOf({ publishedVersion, yaml, checkedIn }: FlowRecord, version = 'latest'): string | undefined {
  if (version === 'latest') return checkedIn?.yaml ?? yaml;
  const isNumber = (number: number | undefined) => version === String(number) || version === `${number}.0`;
  if (isNumber(checkedIn?.version)) return checkedIn?.yaml;
  return isNumber(publishedVersion) ? yaml : undefined;
}

type Look = Pick<Request, 'passed' | 'origin' | 'query'>;

function describe(job: ExportRecord, look: Look): Item & { readonly status: string } {
  const { id, createdAt, failure, signature } = job;
  const status = statusOf(job, look.passed);
  const at = new Date(createdAt).toISOString();
  const messages = status === 'Failure' ? [{ dateTime: at, type: 'Error', text: failure }] : [];
  return {
    id,
    command: 'Export',
    status,
    ...(status === 'Success' && { downloadUrl: presignedUrl(look.origin, `export/${id}`, signature) }),
    ...(listOf(look.query, 'expand').includes('messages') && { messages }),
    selfUri: uriOf(id),
  };
}

function statusOf({ id, createdAt, failure }: ExportRecord, passed: Request['passed']): string {
  if (passed('flow-job.done', createdAt, id)) return failure === undefined ? 'Success' : 'Failure';
  return passed('flow-job.started', createdAt, id) ? 'Started' : 'Registered';
}
