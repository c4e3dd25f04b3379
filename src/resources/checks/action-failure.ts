import { GetRoleCommand } from '@aws-sdk/client-iam';
import * as z from 'zod';
import type { SetupError } from '../../errors/setup-error.ts';
import type { PolicyDocument } from '../aws/policy-document.ts';
import { parsePolicy } from '../aws/policy-document.ts';
import { orAbsent } from '../vendor.ts';
import type { CheckContext } from './context.ts';
import { failed } from './failed.ts';

/** What a data action reaches its function through. */
export interface Path {
  /** The data action's name. */
  readonly action: string;
  readonly functionArn: string;
  readonly logGroup: string;
  readonly invokeRole: string;
  /** Who should be able to assume that role. */
  readonly trust: PolicyDocument;
}

type Ctx = Pick<CheckContext, 'aws'>;

/** Why a data action failed, in the user's terms: which link between Genesys Cloud and the function is broken. */
export async function explainFailure(ctx: Ctx, path: Path, said: readonly string[]): Promise<SetupError> {
  const { action, functionArn, invokeRole, logGroup } = path;
  const isSaid = (pattern: RegExp) => said.some((text) => pattern.test(text));
  if (isSaid(/sts:AssumeRole|^invalid\.credentials$/i)) return notAssumed(ctx, path, said);
  if (isSaid(/lambda:InvokeFunction/))
    return failed(
      `Genesys Cloud may not invoke the function of ${action}: the role ${invokeRole} does not let it.`,
      'Run the command again; if that does not help, look for a permissions boundary or an SCP that denies it.',
      said,
    );
  if (isSaid(/function not found|ResourceNotFoundException/i))
    return failed(
      `${action} finds no function: there is none at ${functionArn}.`,
      `Check that ${functionArn.split(':')[3]} is the region that was meant, and run install again.`,
      said,
    );
  if (isSaid(/timed? ?out|timeout|did not answer/i))
    return failed(
      `The function of ${action} did not answer in time.`,
      `Its log says what it did: log group ${logGroup}.`,
      said,
    );
  return failed(
    `${action} does not do what it should.`,
    `What the function itself said stands in its log: log group ${logGroup}.`,
    said,
  );
}

const trusting = z.looseObject({
  Principal: z.looseObject({ AWS: z.union([z.string(), z.array(z.string())]) }),
  Condition: z.looseObject({ StringEquals: z.looseObject({ 'sts:ExternalId': z.string() }) }).optional(),
});

interface Trust {
  readonly principal: string;
  readonly externalId: string;
}

/** Whom a trust policy lets in from outside; the first such statement is taken. */
function trustOf({ Statement }: PolicyDocument): Trust | undefined {
  for (const statement of Statement) {
    const { data } = trusting.safeParse(statement);
    if (!data) continue;
    const principal = [data.Principal.AWS].flat().join(', ');
    return { principal, externalId: data.Condition?.StringEquals['sts:ExternalId'] ?? '' };
  }
  return undefined;
}

async function notAssumed({ aws: { iam } }: Ctx, path: Path, said: readonly string[]): Promise<SetupError> {
  const { action, invokeRole } = path;
  const found = await orAbsent(iam.send(new GetRoleCommand({ RoleName: invokeRole })), 'NoSuchEntityException');
  const [live, wanted] = [trustOf(parsePolicy(found?.Role?.AssumeRolePolicyDocument)), trustOf(path.trust)];
  const message = `Genesys Cloud may not assume the role ${invokeRole}, which ${action} works with.`;
  const again = 'Run install: it puts that right.';
  if (!found?.Role) return failed(`${message} The role is not there.`, again, said);
  if (live?.externalId !== wanted?.externalId)
    return failed(
      `${message} Its trust policy asks for the ExternalId ${live?.externalId || '(none)'}, but the organization's id is ${wanted?.externalId}.`,
      again,
      said,
    );
  if (live?.principal !== wanted?.principal)
    return failed(
      `${message} Its trust policy names the principal ${live?.principal}, but it should be ${wanted?.principal}.`,
      again,
      said,
    );
  return failed(
    `${message} Its trust policy is as it should be, so Genesys Cloud in this region most likely calls from another principal than ${wanted?.principal}.`,
    'Look up the AWS account of Genesys Cloud for the region of the organization, and give it with --genesys-aws-account. Where the data actions cannot be tried out from here, go on with --skip-verify.',
    said,
  );
}
