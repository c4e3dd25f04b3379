import * as z from 'zod';

/** Region of Genesys Cloud → domain. The hosts are `login.`, `api.` and `apps.` of it. */
export const domains = {
  'us-east-1': 'mypurecloud.com',
  'us-east-2': 'use2.us-gov-pure.cloud',
  'us-west-2': 'usw2.pure.cloud',
  'ca-central-1': 'cac1.pure.cloud',
  'mx-central-1': 'mxc1.pure.cloud',
  'sa-east-1': 'sae1.pure.cloud',
  'eu-west-1': 'mypurecloud.ie',
  'eu-west-2': 'euw2.pure.cloud',
  'eu-central-1': 'mypurecloud.de',
  'eu-central-2': 'euc2.pure.cloud',
  'me-central-1': 'mec1.pure.cloud',
  'ap-south-1': 'aps1.pure.cloud',
  'ap-northeast-1': 'mypurecloud.jp',
  'ap-northeast-2': 'apne2.pure.cloud',
  'ap-northeast-3': 'apne3.pure.cloud',
  'ap-southeast-1': 'apse1.pure.cloud',
  'ap-southeast-2': 'mypurecloud.com.au',
  'eusc-de-east-1': 'edee1.eusc-pure.cloud',
} as const;

export type GenesysRegion = keyof typeof domains;

const byName = new Map<string, GenesysRegion>(
  Object.entries(domains).flatMap(([region, domain]) => {
    const known = region as GenesysRegion;
    return [region, region.replaceAll('-', '_'), domain].map((name): [string, GenesysRegion] => [name, known]);
  }),
);

/** A region by its name, its domain, or a pasted address of it; undefined for anything that is not in the table. */
export function findRegion(text: string): GenesysRegion | undefined {
  const typed = text.trim().toLowerCase();
  const known = byName.get(typed);
  if (known) return known;
  // Without a scheme it is to be a host and nothing more.
  const address = /^[a-z0-9.-]+$/.test(typed) ? `https://${typed}` : typed;
  if (!address.startsWith('https://') || !URL.canParse(address)) return undefined;
  const { hostname, username, password, port } = new URL(address);
  if (username || password || port) return undefined;
  return byName.get(hostname.replace(/^(?:login|api|apps)\./, ''));
}

export const genesysRegion = z.string().transform((text, context): GenesysRegion => {
  const region = findRegion(text);
  if (region) return region;
  context.addIssue(`Use a region of Genesys Cloud or its domain: ${Object.keys(domains).join(', ')}.`);
  return z.NEVER;
});

/** Genesys Cloud's own AWS account, which assumes the invoke roles; undefined where it is not publicly known. */
export function genesysAwsAccount(region: GenesysRegion): string | undefined {
  if (region === 'eusc-de-east-1') return undefined;
  return region === 'us-east-2' ? '325654371633' : '765628985471';
}
