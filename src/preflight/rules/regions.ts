import { genesysAwsAccount } from '../../settings/regions.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** The functions and the organization are in one region. */
export const regions: Rule = {
  name: 'regions',
  check: async ({ settings }) => [judgeRegions(settings)],
};

/** What there is to say of the two regions. */
export function judgeRegions({ awsRegion, genesysRegion }: Pick<Settings, 'awsRegion' | 'genesysRegion'>): Finding {
  if (awsRegion === genesysRegion)
    return { rule: 'regions', severity: 'ok', message: `Functions and organization are both in ${awsRegion}.` };
  return {
    rule: 'regions',
    severity: 'warning',
    message: `The functions are in ${awsRegion}, the organization is in ${genesysRegion}: each call of a function crosses regions, which takes longer, and Genesys documents it for newer organizations only.`,
    remedy: `Use --aws-region ${genesysRegion} where you can.`,
  };
}

/** The account that may invoke the functions is Genesys Cloud's in that region. */
export const genesysAccount: Rule = {
  name: 'genesys-account',
  check: async ({ settings }) => [judgeAccount(settings)],
};

/** What there is to say of the AWS account that the invoke roles trust. */
export function judgeAccount({
  genesysAwsAccount: given,
  genesysRegion,
}: Pick<Settings, 'genesysAwsAccount' | 'genesysRegion'>): Finding {
  const rule = 'genesys-account';
  const known = genesysAwsAccount(genesysRegion);
  if (known === undefined)
    return {
      rule,
      severity: 'unknown',
      message: `Which AWS account Genesys Cloud has in ${genesysRegion} is not publicly known; ${given} is taken as given.`,
      remedy: 'Have Genesys confirm it: this account may invoke the functions.',
    };
  if (given !== known)
    return {
      rule,
      severity: 'warning',
      message: `The account ${given} may invoke the functions, but Genesys Cloud's in ${genesysRegion} is ${known}.`,
      remedy: 'Leave out --genesys-aws-account, unless Genesys gave you another.',
    };
  if (genesysRegion === 'us-east-2')
    return {
      rule,
      severity: 'warning',
      message: `Genesys does not publish its AWS account for ${genesysRegion}; ${given} is what others use.`,
      remedy: 'Ask Genesys which one it is, and give another with --genesys-aws-account.',
    };
  return { rule, severity: 'ok', message: `Genesys Cloud's AWS account in ${genesysRegion} is ${given}.` };
}
