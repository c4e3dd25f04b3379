import * as z from 'zod';
import { domains, genesysRegion } from './regions.ts';
import type { Setting } from './setting.ts';

const uuid = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    'Use the id that Genesys Cloud shows: 32 hex digits in five groups.',
  );

/** Where the organization is, and how to sign in to it. */
export const genesysSettings = [
  {
    id: 'gcProfile',
    description:
      'profile of the Genesys Cloud CLI (~/.gc/config.toml) that region, client id and secret are taken from',
    schema: z
      .string()
      .trim()
      .regex(/^[\w-]{1,100}$/, 'Use the name of a profile of the Genesys Cloud CLI: letters, digits, - and _.'),
    flag: 'gc-profile',
    argument: 'name',
    variables: ['EO_SETUP_GC_PROFILE'],
    fileKeys: ['gc-profile'],
    question: 'Which profile of the Genesys Cloud CLI is to be used?',
    example: 'default',
    optional: true,
  },
  {
    id: 'genesysRegion',
    description: 'region of the Genesys Cloud organization, or its domain',
    schema: genesysRegion,
    flag: 'genesys-region',
    argument: 'region',
    variables: ['GENESYSCLOUD_REGION', 'GENESYSCLOUD_ENVIRONMENT'],
    fileKeys: ['genesys-region'],
    question: 'Which region is your Genesys Cloud organization in?',
    choices: Object.keys(domains),
    example: 'us-east-1',
  },
  {
    id: 'clientId',
    description: 'id of the OAuth client (client credentials)',
    schema: uuid,
    flag: 'client-id',
    argument: 'id',
    variables: ['GENESYSCLOUD_OAUTHCLIENT_ID'],
    fileKeys: ['client-id'],
    question: 'What is the id of the OAuth client?',
    example: '7de3af06-c0b3-4f9b-af45-72f4a1403797',
  },
  {
    id: 'clientSecret',
    description: 'file with the secret of the OAuth client, - for stdin',
    schema: z.string().trim().min(1, 'Give the secret of the OAuth client.'),
    flag: 'client-secret-file',
    argument: 'path',
    variables: ['GENESYSCLOUD_OAUTHCLIENT_SECRET'],
    fileKeys: ['client-secret'],
    question: 'What is the secret of the OAuth client?',
    example: './client-secret.txt',
    secret: true,
  },
  {
    id: 'organizationId',
    description: 'id of the organization; checked against the one that is signed in to',
    schema: uuid,
    flag: 'organization-id',
    argument: 'id',
    variables: ['EO_SETUP_ORGANIZATION_ID'],
    fileKeys: ['organization-id', 'organizationId'],
    question: 'What is the id of the organization?',
    example: '5a4d0b0c-0000-4000-8000-000000000001',
    optional: true,
  },
  {
    id: 'division',
    description: 'division of the flows (default: Home)',
    schema: z
      .string()
      .trim()
      .min(1, 'Give the name of a division.')
      .max(200, 'Use at most 200 characters.')
      .regex(/^\P{Cc}*$/u, 'Use letters and signs that can be seen.'),
    flag: 'division',
    argument: 'name',
    variables: ['EO_SETUP_DIVISION'],
    fileKeys: ['division'],
    question: 'Which division do the flows belong to?',
    example: 'Sales',
    optional: true,
  },
  {
    id: 'genesysAwsAccount',
    description: "Genesys Cloud's AWS account, which may invoke the functions (default: by region)",
    schema: z
      .string()
      .trim()
      .regex(/^\d{12}$/, 'Use the 12 digits of an AWS account.'),
    flag: 'genesys-aws-account',
    argument: 'account',
    variables: ['EO_SETUP_GENESYS_AWS_ACCOUNT'],
    fileKeys: ['genesys-aws-account'],
    question: "What is Genesys Cloud's AWS account in this region?",
    example: '765628985471',
  },
] as const satisfies readonly Setting[];
