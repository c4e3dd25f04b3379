import * as z from 'zod';
import { bucketName } from './bucket-name.ts';
import type { Setting } from './setting.ts';
import { wholeNumber } from './whole-number.ts';

/** CloudWatch's own list, in days. */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const RETENTION = `Use a number of days that CloudWatch knows: ${RETENTIONS.join(', ')}.`;

/** Which account and region, and what is stored there. */
export const awsSettings = [
  {
    id: 'awsRegion',
    description: 'AWS region of the functions and the bucket',
    schema: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z]{2,4}(?:-[a-z]+)+-\d$/, 'Use the name of an AWS region, such as us-east-1.'),
    flag: 'aws-region',
    argument: 'region',
    variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    fileKeys: ['aws-region', 'aws_region'],
    question: 'Which AWS region?',
    example: 'us-east-1',
  },
  {
    id: 'awsProfile',
    description: 'profile of the AWS configuration files',
    schema: z.string().trim().min(1, 'Give the name of a profile.'),
    flag: 'aws-profile',
    argument: 'name',
    variables: ['AWS_PROFILE'],
    fileKeys: ['aws-profile'],
    question: 'Which AWS profile?',
    example: 'dev',
    optional: true,
  },
  {
    id: 'bucket',
    description: 'bucket for the payments (default: one that only this account can have)',
    schema: bucketName,
    flag: 'bucket',
    argument: 'name',
    variables: ['EO_SETUP_BUCKET'],
    fileKeys: ['bucket', 'bucket_name'],
    question: 'What should the bucket be called?',
    example: 'cloud-store-payments',
  },
  {
    id: 'bucketTag',
    description: 'value of the tag "Name" of the bucket',
    schema: z
      .string()
      .trim()
      .regex(/^[\p{L}\p{N}\p{Z}_.:/=+\-@]{1,256}$/u, 'Use 1 to 256 letters, digits, spaces and _ . : / = + - @.'),
    flag: 'bucket-tag',
    argument: 'text',
    variables: ['EO_SETUP_BUCKET_TAG'],
    fileKeys: ['bucket-tag', 'bucket_tag'],
    question: 'What should the bucket be tagged with?',
    example: 'Cloud Store payments',
    default: 'Event orchestration payments',
  },
  {
    id: 'runtime',
    description: 'runtime of the functions',
    schema: z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.enum(['nodejs24.x', 'nodejs22.x'], 'Use nodejs24.x or nodejs22.x.')),
    flag: 'runtime',
    argument: 'runtime',
    variables: ['EO_SETUP_RUNTIME'],
    fileKeys: ['runtime'],
    question: 'Which runtime for the functions?',
    choices: ['nodejs24.x', 'nodejs22.x'],
    example: 'nodejs24.x',
    default: 'nodejs24.x',
  },
  {
    id: 'logRetentionDays',
    description: "days that the functions' logs are kept",
    schema: wholeNumber(RETENTION).refine((days) => RETENTIONS.includes(days), RETENTION),
    flag: 'log-retention-days',
    argument: 'days',
    variables: ['EO_SETUP_LOG_RETENTION_DAYS'],
    fileKeys: ['log-retention-days'],
    question: 'For how many days are logs kept?',
    example: '30',
    default: 30,
  },
] as const satisfies readonly Setting[];
