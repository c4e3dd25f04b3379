import type { Archy } from '../../clients/archy.ts';
import type { ArchyEnd } from '../../clients/archy-results.ts';
import { until } from '../../clients/retry.ts';
import { SetupError } from '../../errors/setup-error.ts';
import type { Context } from '../context.ts';
import { findFlow, getFlow, nameOfVersion } from './live-flow.ts';
import type { Publication, Publisher } from './publisher.ts';
import { saysThrottled, unlessThrottled } from './unless-throttled.ts';

type Ctx = Pick<Context, 'genesys' | 'installation' | 'step' | 'clock' | 'signal' | 'note'>;

/** How long a fresh flow may stay invisible to look-ups by name. */
const VISIBLE_WITHIN = 80_000;
/** What Archy ends with where Genesys Cloud throttles it. */
const THROTTLED = 107;

/** Has the Archy of this machine publish, one flow after the other: runs that share its home get in each other's way. */
export const archyPublisher = (archy: Archy, signal: AbortSignal): Publisher => ({
  parallel: 1,
  spares: ['architect:job:create'],
  identify: async () => {
    const { file, version } = await archy.identify(signal);
    return `Archy ${version} (${file})`;
  },
  publish: async (ctx, publication) => {
    const { type, name, yaml, id } = publication;
    const before = id === undefined ? undefined : await getFlow(ctx, id);
    const once = () => {
      ctx.note('Archy to publish the flow, usually one to five minutes');
      return archy.publish(yaml, ctx.signal);
    };
    const end = await unlessThrottled(ctx, once, isThrottled);
    if (end.isPublished) return idOf(ctx, publication, nameOfVersion(before?.publishedVersion));
    throw failure(`${type} flow "${name}"`, end);
  },
});

const isThrottled = ({ isPublished, exit, problems }: ArchyEnd) =>
  !isPublished && (exit === THROTTLED || saysThrottled(problems));

/** Archy tells neither the id nor the version; that it has published is only believed where there is a new one. */
async function idOf(ctx: Ctx, { type, name, id }: Publication, before: string | undefined): Promise<string> {
  const which = before === undefined ? '' : `a version after ${before} of `;
  const what = `Genesys Cloud to show ${which}the ${type} flow "${name}", which Archy has published`;
  const flow = await until(ctx, { every: 2_000, within: VISIBLE_WITHIN, what }, async () => {
    const live = await findFlow(ctx, { type, name }, id);
    return live && nameOfVersion(live.publishedVersion) !== before ? live : undefined;
  });
  return flow.id;
}

/** What is known of Archy's exit codes. */
const meanings: ReadonlyMap<number, string> = new Map([
  [99, 'an error that Architect Scripting did not expect, such as a missing permission'],
  [100, 'the flow is not as its schema has it'],
  [101, 'errors of Architect Scripting'],
  [106, 'a parameter without a value'],
  [THROTTLED, 'a flow that it cannot find, which is what it calls being throttled'],
  [123, 'the flow is not valid'],
]);

function failure(what: string, { exit, problems }: ArchyEnd): SetupError {
  const meaning = exit === undefined ? undefined : meanings.get(exit);
  const ended =
    exit === 0
      ? 'Archy ended without an error, but does not say that it has published the flow.'
      : `Archy ended with ${exit === undefined ? 'no exit code' : `the exit code ${exit}`}${meaning ? `: ${meaning}` : ''}.`;
  return new SetupError(`Archy did not publish the ${what}.`, {
    details: [...problems, ended],
    hint:
      problems.length > 0
        ? 'Mend what the first message names, then run the command again.'
        : 'Run the command again without --publisher archy: Genesys Cloud then publishes the flow itself, and says what is wrong with it.',
  });
}
