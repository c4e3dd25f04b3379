import type * as z from 'zod';
import { isOperator, type Policy, policySchema, type Statement } from '../policy.ts';

/** What a policy hangs on: who it is for decides what must and must not be in it. */
export type PolicyKind = 'identity' | 'trust' | 'resource';

/** A policy document that AWS does not take; the message is AWS's. */
export class MalformedPolicy extends Error {
  override readonly name = 'MalformedPolicy';
}

/** Reads a policy document. Throws MalformedPolicy. */
export function parsePolicy(text: string, kind: PolicyKind): Policy {
  const parsed = policySchema.safeParse(parseJson(text, kind));
  if (!parsed.success) throw new MalformedPolicy(syntaxError(parsed.error, kind));
  const policy = parsed.data;
  const sids = policy.Statement.flatMap(({ Sid = [] }) => Sid);
  if (new Set(sids).size < sids.length)
    throw new MalformedPolicy('Statement IDs (SID) in a single policy must be unique.');
  for (const statement of policy.Statement) {
    const problem = problemOf(statement, kind);
    if (problem !== undefined) throw new MalformedPolicy(problem);
  }
  return policy;
}

function parseJson(text: string, kind: PolicyKind): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (kind === 'resource') throw new MalformedPolicy("Policies must be valid JSON and the first byte must be '{'");
    throw new MalformedPolicy(kind === 'trust' ? 'This policy contains invalid Json' : 'Syntax errors in policy.');
  }
}

function syntaxError({ issues }: z.ZodError, kind: PolicyKind): string {
  const [issue] = issues;
  if (issue?.code === 'unrecognized_keys' && kind !== 'identity') return `Unknown field ${issue.keys[0]}`;
  if (issue?.path.at(-1) === 'Effect' && kind !== 'identity') return 'Missing required field Effect';
  return 'Syntax errors in policy.';
}

const ACTION = /^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+)$/;

/** The first thing that AWS would say against a statement. */
function problemOf(statement: Statement, kind: PolicyKind): string | undefined {
  const { Sid, Action, NotAction, Principal, Condition } = statement;
  const actions = [...(Action ?? []), ...(NotAction ?? [])];
  if (kind !== 'resource' && Sid !== undefined && !/^[A-Za-z0-9]*$/.test(Sid))
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
  if (Action && NotAction) return 'Syntax errors in policy.';
  if (actions.length === 0)
    return kind === 'identity' ? 'Policy statement must contain actions.' : 'Missing required field Action';
  const odd = actions.find((action) => !ACTION.test(action));
  if (odd !== undefined) return `Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.`;
  const operator = Object.keys(Condition ?? {}).find((name) => !isOperator(name));
  if (operator !== undefined) return `The condition operator ${operator} is not one that the sandbox evaluates.`;
  if (kind === 'identity' && Principal !== undefined) return 'Policy document should not specify a principal.';
  if (kind !== 'identity' && Principal === undefined) return 'Missing required field Principal';
  return problemOfResource(statement, kind) ?? problemOfPrincipal(statement, kind);
}

function problemOfResource({ Resource, NotResource, Action = [] }: Statement, kind: PolicyKind): string | undefined {
  const resources = [...(Resource ?? []), ...(NotResource ?? [])];
  if (kind === 'trust') {
    if (resources.length > 0) return `Has prohibited field ${Resource ? 'Resource' : 'NotResource'}`;
    return Action.every((action) => /^sts:/i.test(action))
      ? undefined
      : 'AssumeRole policy may only specify STS AssumeRole actions.';
  }
  if (resources.length === 0)
    return kind === 'identity' ? 'Policy statement must contain resources.' : 'Missing required field Resource';
  const odd = resources.find((one) => one !== '*' && !/^arn:[a-z-]*:[^:]+:[^:]*:[^:]*:./.test(one));
  if (odd === undefined) return undefined;
  return kind === 'identity' ? `Resource ${odd} must be in ARN format or "*".` : 'Policy has invalid resource';
}

const PRINCIPAL = /^(\*|\d{12}|arn:aws[a-z-]*:(iam|sts)::\d{12}:(root|(user|role|assumed-role)\/.+))$/;
const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/;

function problemOfPrincipal({ Principal }: Statement, kind: PolicyKind): string | undefined {
  if (Principal === undefined || Principal === '*') return undefined;
  const { AWS = [], Service = [] } = Principal;
  const badName = AWS.find((one) => !PRINCIPAL.test(one));
  const badService = Service.find((one) => !SERVICE.test(one));
  if (badName === undefined && badService === undefined && AWS.length + Service.length > 0) return undefined;
  if (kind === 'resource') return 'Invalid principal in policy';
  return badName === undefined
    ? `Invalid principal in policy: "SERVICE":"${badService ?? ''}"`
    : `Invalid principal in policy: "AWS":"${badName}"`;
}
