import * as z from 'zod';
import { phoneNumber } from './phone-number.ts';
import type { Setting } from './setting.ts';
import { wholeNumber } from './whole-number.ts';

/** Names that Windows keeps for devices, whatever follows them. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

const environmentName = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,23})$/,
    'Use 1 to 24 lower-case letters, digits and hyphens, not beginning with a hyphen.',
  )
  .refine((name) => name !== 'sandbox' && !DEVICES.test(name), 'Use another name: this one is taken by the system.');

const prefix = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'Use letters, digits, _ and -, beginning with a letter.');

/** What the installation is called, which numbers it answers, and when the workflow starts. */
export const solutionSettings = [
  {
    id: 'environment',
    description: 'name of the environment: every name begins with it',
    schema: environmentName,
    flag: 'environment',
    argument: 'name',
    variables: ['EO_SETUP_ENVIRONMENT'],
    fileKeys: ['environment'],
    question: 'What is the environment called?',
    example: 'dev',
    default: 'dev',
  },
  {
    id: 'didStart',
    description: 'first number that callers dial',
    schema: phoneNumber,
    flag: 'did-start',
    argument: 'number',
    variables: ['EO_SETUP_DID_START'],
    fileKeys: ['did-start', 'IVR_start_number'],
    question: 'Which number do callers dial (the first of a range)?',
    example: '+13175550100',
  },
  {
    id: 'didEnd',
    description: 'last number that callers dial (default: the first)',
    schema: phoneNumber,
    flag: 'did-end',
    argument: 'number',
    variables: ['EO_SETUP_DID_END'],
    fileKeys: ['did-end', 'IVR_end_number'],
    question: 'Which is the last number of the range?',
    example: '+13175550109',
    optional: true,
    follows: ['didStart'],
  },
  {
    id: 'didProvider',
    description:
      'who provides the numbers: PURE_CLOUD_VOICE (Genesys Cloud Voice) or PURE_CLOUD (BYOC); default: as existing pools',
    schema: z
      .string()
      .trim()
      .toUpperCase()
      .pipe(
        z.enum(['PURE_CLOUD_VOICE', 'PURE_CLOUD'], 'Use PURE_CLOUD_VOICE (Genesys Cloud Voice) or PURE_CLOUD (BYOC).'),
      ),
    flag: 'did-provider',
    argument: 'provider',
    variables: ['EO_SETUP_DID_PROVIDER'],
    fileKeys: ['did-provider'],
    question: 'Who provides the numbers?',
    choices: ['PURE_CLOUD_VOICE', 'PURE_CLOUD'],
    example: 'PURE_CLOUD_VOICE',
  },
  {
    id: 'triggerScope',
    description:
      'whose end starts the workflow: calls to the number, or all inbound calls (default: number; all for a range)',
    schema: z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.enum(['number', 'all'], 'Use number or all.')),
    flag: 'trigger-scope',
    argument: 'scope',
    variables: ['EO_SETUP_TRIGGER_SCOPE'],
    fileKeys: ['trigger-scope'],
    question: 'Which calls start the workflow when they end?',
    choices: ['number', 'all'],
    example: 'number',
    optional: true,
    follows: ['didStart', 'didEnd'],
  },
  {
    id: 'triggerDelay',
    description: 'seconds between the end of a call and the workflow: 0, or 60 to 900',
    schema: wholeNumber('Use 0, or 60 to 900 seconds.').refine(
      (seconds) => seconds === 0 || (seconds >= 60 && seconds <= 900),
      'Use 0, or 60 to 900 seconds.',
    ),
    flag: 'trigger-delay',
    argument: 'seconds',
    variables: ['EO_SETUP_TRIGGER_DELAY'],
    fileKeys: ['trigger-delay'],
    question: 'How many seconds after a call does the workflow start?',
    example: '0',
    default: 0,
  },
  {
    id: 'secureDataAction',
    description:
      'pass the card number as secure data: a secure variable and a secure data action (its spelling in Archy YAML is not confirmed by Genesys)',
    schema: z.enum(['on', 'off'], 'Use on or off.'),
    flag: 'secure-data-action',
    argument: 'state',
    implied: 'on',
    variables: ['EO_SETUP_SECURE_DATA_ACTION'],
    fileKeys: ['secure-data-action', 'secure_data_action'],
    question: 'Is the card number passed as secure data?',
    choices: ['on', 'off'],
    example: 'on',
    default: 'off',
  },
  {
    id: 'paymentPrefix',
    description: 'prefix of the names of what makes a payment id',
    schema: prefix,
    flag: 'payment-prefix',
    argument: 'prefix',
    variables: ['EO_SETUP_PAYMENT_PREFIX'],
    fileKeys: ['payment-prefix', 'generatePaymentId_prefix'],
    question: 'Which prefix for what makes a payment id?',
    example: 'generate_paymentId',
    default: 'generate_paymentId',
  },
  {
    id: 'savePrefix',
    description: 'prefix of the names of what saves a payment',
    schema: prefix,
    flag: 'save-prefix',
    argument: 'prefix',
    variables: ['EO_SETUP_SAVE_PREFIX'],
    fileKeys: ['save-prefix', 'saveData_prefix'],
    question: 'Which prefix for what saves a payment?',
    example: 'saveUserData',
    default: 'saveUserData',
  },
] as const satisfies readonly Setting[];
