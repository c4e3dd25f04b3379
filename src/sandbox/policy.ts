import * as z from 'zod';

const many = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item).min(1));
const text = z.union([z.string(), z.boolean(), z.number()]).transform(String);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z
    .union([z.literal('*'), z.strictObject({ AWS: many(z.string()).optional(), Service: many(z.string()).optional() })])
    .optional(),
  Action: many(z.string()).optional(),
  NotAction: many(z.string()).optional(),
  Resource: many(z.string()).optional(),
  NotResource: many(z.string()).optional(),
  Condition: z.record(z.string(), z.record(z.string(), many(text))).optional(),
});

/** A policy document of IAM: what a role may do, who may assume it, or who may reach a bucket. */
export const policySchema = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: many(statementSchema),
});
export type Policy = z.infer<typeof policySchema>;
export type Statement = z.infer<typeof statementSchema>;

/** Who asks: every name that a policy may know them by, and the account they belong to. */
export interface Principal {
  readonly names: readonly string[];
  /** Absent for a service of AWS. */
  readonly account?: string | undefined;
}

/** One thing that somebody wants to do. */
export interface Question {
  /** `s3:PutObject` */
  readonly action: string;
  readonly resource: string;
  /** Only asked of policies that name principals. */
  readonly principal?: Principal | undefined;
  /** Condition keys: `sts:ExternalId`, `aws:SecureTransport` … */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * What policies say together. A deny goes before everything; `delegate` is an allow for a whole account, which within
 * that account still needs an allow of its own. Undefined where they say nothing.
 */
export function decide(policies: readonly Policy[], question: Question): 'allow' | 'delegate' | 'deny' | undefined {
  const said = policies.flatMap(({ Statement }) => Statement.map((statement) => answer(statement, question)));
  return (['deny', 'allow', 'delegate'] as const).find((one) => said.includes(one));
}

function answer(statement: Statement, question: Question): 'allow' | 'delegate' | 'deny' | undefined {
  const { Effect, Principal, Condition } = statement;
  const named = Principal === undefined ? 'name' : knows(Principal, question.principal);
  if (!named || !coversAction(statement, question) || !coversResource(statement, question)) return undefined;
  if (!Object.entries(Condition ?? {}).every(([operator, keys]) => holds(operator, keys, question))) return undefined;
  if (Effect === 'Deny') return 'deny';
  return named === 'name' ? 'allow' : 'delegate';
}

function knows(
  wanted: NonNullable<Statement['Principal']>,
  principal: Principal | undefined,
): 'name' | 'account' | undefined {
  if (wanted === '*') return 'name';
  const { names, account } = principal ?? { names: [] };
  const all = [...(wanted.AWS ?? []), ...(wanted.Service ?? [])];
  if (wanted.AWS?.includes('*') || names.some((name) => all.includes(name))) return 'name';
  return account && wanted.AWS?.some((one) => one === account || accountOfRoot(one) === account)
    ? 'account'
    : undefined;
}

const accountOfRoot = (arn: string): string | undefined => /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(arn)?.[1];

function coversAction({ Action, NotAction }: Statement, { action }: Question): boolean {
  const fits = (pattern: string) => matchesGlob(pattern.toLowerCase(), action.toLowerCase());
  return Action?.some(fits) ?? (NotAction !== undefined && !NotAction.some(fits));
}

function coversResource({ Resource, NotResource }: Statement, { resource }: Question): boolean {
  const fits = (pattern: string) => matchesGlob(pattern, resource);
  if (Resource) return Resource.some(fits);
  // A trust policy names no resource: it is about the role it hangs on.
  return NotResource ? !NotResource.some(fits) : true;
}

type Test = (wanted: string, actual: string) => boolean;
const equals: Test = (wanted, actual) => wanted === actual;

const OPERATORS: Readonly<Record<string, { readonly test: Test; readonly negated?: true }>> = {
  StringEquals: { test: equals },
  StringNotEquals: { test: equals, negated: true },
  StringLike: { test: matchesGlob },
  StringNotLike: { test: matchesGlob, negated: true },
  ArnEquals: { test: matchesArn },
  ArnLike: { test: matchesArn },
  ArnNotEquals: { test: matchesArn, negated: true },
  ArnNotLike: { test: matchesArn, negated: true },
  Bool: { test: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase() },
};

/** Whether the evaluation knows this condition operator; a policy with any other must not be taken. */
export const isOperator = (name: string): boolean => Object.hasOwn(OPERATORS, name);

function holds(operator: string, keys: Readonly<Record<string, readonly string[]>>, { context }: Question): boolean {
  const known = isOperator(operator) ? OPERATORS[operator] : undefined;
  if (!known) return false;
  const { test, negated = false } = known;
  const actuals = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(keys).every(([key, wanted]) => {
    const actual = actuals.get(key.toLowerCase());
    // A key that the request does not have fits nothing, so only a negated operator holds.
    return negated !== (actual !== undefined && wanted.some((one) => test(one, actual)));
  });
}

/** Part by part, so that a star does not reach over a colon; what follows the fifth is one part. */
function matchesArn(pattern: string, arn: string): boolean {
  const [wanted, actual] = [partsOf(pattern), partsOf(arn)];
  return wanted.length === actual.length && wanted.every((part, index) => matchesGlob(part, actual[index] ?? ''));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** Whether `text` fits a pattern with `*` and `?`, without the backtracking that a regular expression would do. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length; ) {
    if (pattern[at] === '*') {
      star = at;
      resume = index;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
