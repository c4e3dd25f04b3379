import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { formatSeconds } from '../../clients/format-seconds.ts';
import type { Finding } from '../finding.ts';
import type { PreflightContext, Rule } from '../rule.ts';

/** The oldest Node.js that this runs on, as package.json says it. */
export const OLDEST_NODE = '20.17';

/** Node.js is new enough. */
export const node: Rule = {
  name: 'node',
  check: async ({ nodeVersion }) => [judgeNode(nodeVersion)],
};

/** What there is to say of a version of Node.js. */
export function judgeNode(version: string): Finding {
  const rule = 'node';
  const numbers = (text: string) => text.split('.').map(Number);
  const [major = 0, minor = 0] = numbers(version);
  const [oldest = 0, least = 0] = numbers(OLDEST_NODE);
  if (major > oldest || (major === oldest && minor >= least))
    return { rule, severity: 'ok', message: `Node.js ${version} is new enough.` };
  return {
    rule,
    severity: 'error',
    message: `Node.js ${version} is too old.`,
    remedy: `Install Node.js ${OLDEST_NODE} or newer.`,
  };
}

/** This machine's clock goes right, by that of AWS. */
export const clock: Rule = {
  name: 'clock',
  check: async (context) => {
    const theirs = await timeAtAws(context);
    return theirs === undefined ? [] : [judgeClock(context.now() - theirs)];
  },
};

/** AWS takes a request that is off by five minutes; less is a sign that nobody sets the clock. */
const TOLERABLE = 60_000;

/** What there is to say of a clock that is so many ms ahead, or behind where it is negative. */
export function judgeClock(ahead: number): Finding {
  const rule = 'clock';
  if (Math.abs(ahead) < TOLERABLE) return { rule, severity: 'ok', message: 'The clock of this machine is right.' };
  return {
    rule,
    severity: 'warning',
    message: `The clock of this machine is ${formatSeconds(Math.abs(ahead))} ${ahead > 0 ? 'ahead' : 'behind'}: AWS refuses what is signed at the wrong time.`,
    remedy: 'Have the clock set by a time server.',
  };
}

/** The time that an answer of AWS was sent; undefined where it does not say. */
async function timeAtAws({ aws }: Pick<PreflightContext, 'aws'>): Promise<number | undefined> {
  let date: string | undefined;
  const command = new GetCallerIdentityCommand({});
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      date = dateIn(result.response);
      return result;
    },
    { step: 'deserialize' },
  );
  await aws.sts.send(command);
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time;
}

function dateIn(response: unknown): string | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined;
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return undefined;
  return typeof headers.date === 'string' ? headers.date : undefined;
}
