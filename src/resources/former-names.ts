import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { findFunction } from './aws/live-function.ts';
import { logGroup } from './aws/log-group.ts';
import type { Context } from './context.ts';
import { markedRanges } from './genesys/did-pool.ts';
import type { Range } from './genesys/numbers.ts';
import { hasCode } from './vendor.ts';

/** Under which names something of this installation is. */
export interface FormerNames {
  readonly paymentPrefixes: readonly string[];
  readonly savePrefixes: readonly string[];
  readonly buckets: readonly string[];
  readonly ranges: readonly Range[];
}

/** What looking takes: the context of each step, as its mark says which one it is. */
interface Look {
  readonly contextOf: (step: string) => Context;
  readonly environment: string;
  readonly say: (line: string) => void;
}

/**
 * Finds by their marks alone under which names something was made, whatever the settings say now: log groups tell the
 * prefixes, as nothing with a prefix is made before its log group or outlives it; the function that saves tells the
 * bucket, and pools tell the numbers.
 */
export async function formerNames(look: Look): Promise<FormerNames> {
  const [groups, ranges] = await Promise.all([groupsOf(look), markedRanges(look.contextOf('did-pool'))]);
  const prefixesOf = async (step: string) => {
    const marked = await Promise.all(groups.map((name) => isMarked(look, step, name)));
    return groups.filter((_, n) => marked[n]).map((name) => prefixIn(name, look));
  };
  const [paymentPrefixes, savePrefixes] = await Promise.all([prefixesOf('pay-logs'), prefixesOf('save-logs')]);
  const buckets = await Promise.all(savePrefixes.map((prefix) => bucketOf(look, prefix)));
  return { paymentPrefixes, savePrefixes, ranges, buckets: buckets.flatMap((bucket) => bucket ?? []) };
}

const SUFFIX = '-lambda';
const before = ({ environment }: Look) => `/aws/lambda/${environment}-`;
const prefixIn = (name: string, look: Look) => name.slice(before(look).length, -SUFFIX.length);

async function groupsOf(look: Look): Promise<readonly string[]> {
  const { logs } = look.contextOf('pay-logs').aws;
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: before(look), nextToken }));
    names.push(...(page.logGroups ?? []).flatMap(({ logGroupName }) => logGroupName ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return names.filter((name) => name.endsWith(SUFFIX) && name.length > before(look).length + SUFFIX.length);
}

/** Whether a log group carries the mark of a step. The rights to look may end with the names that the settings give. */
async function isMarked({ contextOf, say }: Look, step: string, name: string): Promise<boolean> {
  try {
    return (await logGroup.read(contextOf(step), { key: { name } }, undefined))?.mark === 'ours';
  } catch (error) {
    if (!hasCode(error, 'AccessDeniedException')) throw error;
    if (step === 'pay-logs')
      say(
        `Whether the log group ${name} is of this installation cannot be known: AWS refuses logs:ListTagsForResource on it.`,
      );
    return false;
  }
}

async function bucketOf({ contextOf, environment }: Look, prefix: string): Promise<string | undefined> {
  const live = await findFunction(contextOf('save-function'), `${environment}-${prefix}${SUFFIX}`);
  return live?.configuration.Environment?.Variables?.['BUCKET_NAME'];
}
