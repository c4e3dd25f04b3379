import * as z from 'zod';
import { until } from '../../clients/retry.ts';
import { SetupError } from '../../errors/setup-error.ts';
import type { Context } from '../context.ts';
import { orAbsent } from '../vendor.ts';

type Ctx = Pick<Context, 'genesys' | 'clock' | 'signal' | 'note' | 'random'>;

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
/** Architect calls a throttled look-up this. */
const DISGUISED_THROTTLING = /could not find the flow with id/i;
const ATTEMPTS = 5;

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

/** Follows a job to its end: half a second between looks at first, five at last. */
export async function followJob(ctx: Ctx, jobId: string): Promise<Followed | undefined> {
  const start = ctx.clock.now();
  const every = (n: number) => Math.min(500 * 1.3 ** n, 5_000);
  return until(ctx, { every, within: LONGEST, what: 'Architect to publish the flow' }, async () => {
    const job = await getJob(ctx, jobId);
    const isOver = !job || (job.status === 'Registered' && ctx.clock.now() - start >= UPLOAD_GRACE);
    if (isOver) return { status: 'Unknown', flowId: undefined, messages: [] };
    if (job.status !== 'Success' && job.status !== 'Failure') return undefined;
    return { status: job.status, flowId: job.flow?.id ?? undefined, messages: textsOf(job) };
  });
}

/** Publishes a flow and returns its id. `started` is told the job before anything is uploaded. */
export async function publishYaml(
  ctx: Ctx,
  what: string,
  yaml: Uint8Array,
  started: (job: string) => Promise<void>,
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const job = await ctx.genesys.call({ operation: 'POST /api/v2/flows/jobs', body: {}, schema: registered });
    await started(job.id);
    await ctx.genesys.upload(job.presignedUrl, job.headers ?? {}, yaml);
    const end = await followJob(ctx, job.id);
    if (end?.status === 'Success' && end.flowId) return end.flowId;
    if (attempt === ATTEMPTS || !end?.messages.some((text) => DISGUISED_THROTTLING.test(text)))
      throw failure(what, end);
    ctx.note('Genesys Cloud throttles publishing: trying again');
    await ctx.clock.sleep(15_000 * attempt, ctx.signal);
  }
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
