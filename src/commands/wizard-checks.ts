import type { Aws } from '../clients/aws.ts';
import type { Genesys } from '../clients/genesys.ts';
import { installationId } from '../names.ts';
import { divisionNamed } from '../preflight/divisions.ts';
import { s3Bucket } from '../resources/aws/s3-bucket.ts';
import { ownersOf } from '../resources/genesys/number-owners.ts';
import { ANSWERED } from '../settings/answers.ts';
import { namespaceProblems } from '../settings/complete.ts';
import type { Invocation } from './command.ts';

/** The installation that is to be, as far as it is settled. */
export interface Place {
  readonly organizationId: string;
  readonly awsAccount: string;
  readonly awsRegion: string;
  readonly environment: string;
}

/** Why a bucket cannot be had; undefined where it is free, or this installation's own. */
export async function bucketProblem(
  { io, signal }: Pick<Invocation, 'io' | 'signal'>,
  aws: Aws,
  name: string,
  place: Place,
): Promise<string | undefined> {
  const { awsAccount, awsRegion } = place;
  const here = { awsAccount, awsRegion, installation: installationId(place, place), step: 'bucket' };
  const context = { ...here, aws, signal, clock: io.clock, note: () => undefined };
  const values = { bucket: { value: name, source: ANSWERED }, awsRegion: { value: awsRegion, source: ANSWERED } };
  const [problem] = namespaceProblems(values, place);
  if (problem !== undefined) return problem;
  const found = await s3Bucket.read(context, { key: { name } }, undefined);
  if (!found || found.mark === 'ours') return undefined;
  if ('refusal' in found) return `${found.refusal} Use another name.`;
  const owner =
    typeof found.mark === 'object'
      ? `belongs to ${found.mark.other}`
      : 'is there already, and not of this installation';
  return `A bucket of that name ${owner}. Use another name.`;
}

/** Who has a number of the range, as the reason why it cannot be had; undefined where nobody else does. */
export async function numbersProblem(
  genesys: Genesys,
  range: { readonly first: string; readonly last: string },
  environment: string,
): Promise<string | undefined> {
  const owners = await ownersOf({ genesys }, range);
  const other = owners.find(({ type, name }) => !(type === 'IVR_CONFIG' && name === ownIvr(environment)));
  return (
    other && `${other.number} belongs to the ${other.label} "${other.name}". Use another number, or free it first.`
  );
}

const ownIvr = (environment: string) => `${environment}-Event Orchestration IVR`;

/** Whether the organization has a division of this name. */
export async function divisionProblem(genesys: Genesys, name: string): Promise<string | undefined> {
  if ((await divisionNamed(genesys, name)) !== undefined) return undefined;
  return `The organization has no division "${name}", or the OAuth client may not see it. Use another one.`;
}
