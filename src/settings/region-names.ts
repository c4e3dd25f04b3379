import type { GenesysRegion } from './regions.ts';

/** What Genesys calls its regions: continent first, as people look for their own. */
export const regionNames: Readonly<Record<GenesysRegion, string>> = {
  'us-east-1': 'Americas (US East)',
  'us-east-2': 'Americas (US FedRAMP)',
  'us-west-2': 'Americas (US West)',
  'ca-central-1': 'Americas (Canada)',
  'mx-central-1': 'Americas (Mexico)',
  'sa-east-1': 'Americas (Sao Paulo)',
  'eu-west-1': 'EMEA (Ireland)',
  'eu-west-2': 'EMEA (London)',
  'eu-central-1': 'EMEA (Frankfurt)',
  'eu-central-2': 'EMEA (Zurich)',
  'me-central-1': 'EMEA (UAE)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'ap-northeast-3': 'Asia Pacific (Osaka)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'eusc-de-east-1': 'EU Sovereign (Germany)',
};
