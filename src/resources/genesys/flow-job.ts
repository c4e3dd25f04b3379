import * as z from 'zod';
import { until } from '../../clients/retry.ts';
import { SetupError } from '../../errors/setup-error.ts';
import type { Context } from '../context.ts';
import { orAbsent } from '../vendor.ts';
import type { Publisher } from './publisher.ts';
import { saysThrottled, unlessThrottled } from './unless-throttled.ts';

type Ctx = Pick<Context, 'genesys' | 'clock' | 'signal' | 'note'>;

const registered = z.looseObject({
  id: z.string(),
  presignedUrl: z.string(),
  headers: z.record(z.string(), z.string()).nullish(),
});
const jobSchema = z.looseObject({
  status: z.string(),
  flow: z.looseObject({ id: z.string().nullish() }).nullish(),
  messages: z.array(z.looseObject({ type: z.string().nullish(), text: z.string().nullish() })).nullish(),
});
type Job = z.infer<typeof jobSchema>;

const LONGEST = 16 * 60_000;
/** A job whose upload never came stays registered for ever. */
const UPLOAD_GRACE = 30_000;
/** For how long a job that was just registered may not be shown. */
const SHOWN_WITHIN = 60_000;

/** How a job ended; undefined where it is not known any more, or never began. */
export interface Followed {
  readonly status: string;
  readonly flowId: string | undefined;
  readonly messages: readonly string[];
}

const getJob = ({ genesys }: Ctx, jobId: string) =>
  orAbsent(
    genesys.call({
      operation: 'GET /api/v2/flows/jobs/{jobId}',
      path: { jobId },
      query: { expand: 'messages' },
      schema: jobSchema,
    }),
  );

const textsOf = ({ messages }: Job) => messages?.flatMap(({ text }) => (text ? [text] : [])) ?? [];

/**
 * Follows a job to its end: half a second between looks at first, five at last. One that was just uploaded will begin;
 * of one that an earlier run left that is not known.
 */
export async function followJob(ctx: Ctx, jobId: string, upload?: 'uploaded'): Promise<Followed | undefined> {
  const start = ctx.clock.now();
  const every = (n: number) => Math.min(500 * 1.3 ** n, 5_000);
  const patience = upload ? { shown: SHOWN_WITHIN, begun: LONGEST } : { shown: 0, begun: UPLOAD_GRACE };
  const what = 'Architect to publish the flow, usually a minute or less';
  return until(ctx, { every, within: LONGEST, what }, async () => {
    const job = await getJob(ctx, jobId);
    const waited = ctx.clock.now() - start;
    if (!job && waited < patience.shown) return undefined;
    if (!job || (job.status === 'Registered' && waited >= patience.begun))
      return { status: 'Unknown', flowId: undefined, messages: [] };
    if (job.status !== 'Success' && job.status !== 'Failure') return undefined;
    return { status: job.status, flowId: job.flow?.id ?? undefined, messages: textsOf(job) };
  });
}

/** Has Genesys Cloud publish flows from the YAML that is uploaded to it. */
export const flowJobs: Publisher = {
  parallel: 2,
  spares: [],
  publish: (ctx, { type, name, yaml }, started) => publishYaml(ctx, `${type} flow "${name}"`, yaml, started),
};

/** Publishes a flow and returns its id. `started` is told the job before anything is uploaded. */
async function publishYaml(
  ctx: Ctx,
  what: string,
  yaml: Uint8Array,
  started: (job: string) => Promise<void>,
): Promise<string> {
  const once = async () => {
    const job = await ctx.genesys.call({ operation: 'POST /api/v2/flows/jobs', body: {}, schema: registered });
    await started(job.id);
    await ctx.genesys.upload(job.presignedUrl, job.headers ?? {}, yaml);
    return followJob(ctx, job.id, 'uploaded');
  };
  const end = await unlessThrottled(
    ctx,
    once,
    (one) => one?.status !== 'Success' && saysThrottled(one?.messages ?? []),
  );
  if (end?.status === 'Success' && end.flowId) return end.flowId;
  throw failure(what, end);
}

const CAUSES = [
  'the OAuth client lacks architect:ui:view or architect:flow:publish',
  'somebody has the flow open and locked in Architect',
  'something the flow uses does not exist, or is not published',
  'Genesys Cloud is throttling: wait a minute',
];

function failure(what: string, end: Followed | undefined): SetupError {
  const messages = end?.messages ?? [];
  if (messages.length > 0)
    return new SetupError(`Genesys Cloud did not publish the ${what}.`, {
      details: messages,
      hint: 'Mend what the first message names, then run the command again.',
    });
  return new SetupError(`Genesys Cloud did not publish the ${what}, and gave no reason.`, {
    details: CAUSES.map((cause) => `It may be that ${cause}.`),
    hint: 'Check these, then run the command again.',
  });
}
