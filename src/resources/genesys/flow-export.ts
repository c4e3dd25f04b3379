import * as z from 'zod';
import { TimeoutError, until } from '../../clients/retry.ts';
import { exitCode, SetupError } from '../../errors/setup-error.ts';
import type { Context } from '../context.ts';
import { hasStatus } from '../vendor.ts';
import { saysThrottled, unlessThrottled } from './unless-throttled.ts';

type Ctx = Pick<Context, 'genesys' | 'clock' | 'signal' | 'note'>;

const registered = z.looseObject({ id: z.string() });
const jobSchema = z.looseObject({
  status: z.string(),
  downloadUrl: z.string().nullish(),
  messages: z.array(z.looseObject({ text: z.string().nullish() })).nullish(),
});
type Job = z.infer<typeof jobSchema>;

const textsOf = ({ messages }: Job) => messages?.flatMap(({ text }) => (text ? [text] : [])) ?? [];

const LONGEST = 180_000;

/** The YAML of the newest version of a flow. Throws, in a sentence for a person, where it cannot be had. */
export async function exportFlow(ctx: Ctx, what: string, flowId: string): Promise<Uint8Array> {
  try {
    const isThrottled = (job: Job) => job.status !== 'Success' && saysThrottled(textsOf(job));
    const job = await unlessThrottled(ctx, () => runJob(ctx, flowId), isThrottled);
    if (job.status === 'Success' && job.downloadUrl) return await ctx.genesys.download(job.downloadUrl);
    throw failure(what, textsOf(job));
  } catch (error) {
    throw explained(what, error);
  }
}

async function runJob({ genesys, ...ctx }: Ctx, flowId: string): Promise<Job> {
  const { id: jobId } = await genesys.call({
    operation: 'POST /api/v2/flows/export/jobs',
    body: { flows: [{ flow: { id: flowId }, exportType: 'Yaml' }] },
    // A second one does no harm.
    safe: true,
    schema: registered,
  });
  const every = (n: number) => Math.min(500 * 1.3 ** n, 5_000);
  return until(ctx, { every, within: LONGEST, what: 'Architect to export the flow' }, async () => {
    const operation = 'GET /api/v2/flows/export/jobs/{jobId}';
    const job = await genesys.call({ operation, path: { jobId }, query: { expand: 'messages' }, schema: jobSchema });
    return job.status === 'Success' || job.status === 'Failure' ? job : undefined;
  });
}

const sentence = (what: string) => `No copy of the ${what} can be kept, so it stays as it is.`;
const hint = 'Run the command again in a few minutes. Meanwhile it can be exported by hand, in Architect.';

const failure = (what: string, texts: readonly string[]) =>
  new SetupError(sentence(what), { details: texts.length > 0 ? texts : ['Architect gave no reason.'], hint });

/** What is no answer to the export itself is left as it is: the run knows how to take it. */
function explained(what: string, error: unknown): unknown {
  if (error instanceof TimeoutError)
    return new SetupError(sentence(what), { exit: exitCode.timeout, details: [error.message], hint, cause: error });
  if (hasStatus(error, 403))
    return new SetupError(sentence(what), {
      exit: exitCode.preflight,
      details: [`${error.service} ${error.operation}: ${error.message}`],
      hint: 'Give the OAuth client architect:jobExport:create and architect:jobExport:view, then run the command again.',
      cause: error,
    });
  if (hasStatus(error, 400, 404))
    return new SetupError(sentence(what), {
      details: [`${error.service} ${error.operation}: ${error.message}`],
      hint,
      cause: error,
    });
  return error;
}
