import type * as z from 'zod';
import { Refusal } from '../contract.ts';

type Word = readonly [status: number, code: string, message: string];

/** What every service refuses, each with its own status and code. */
interface Words {
  readonly unknownKey: Word;
  readonly badSignature: Word;
  readonly expired: Word;
  readonly badToken: Word;
  readonly denied: readonly [status: number, code: string];
  readonly invalid: readonly [status: number, code: string];
}

const INVALID_TOKEN = 'The security token included in the request is invalid.';
const BAD_SIGNATURE =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const query: Words = {
  unknownKey: [403, 'InvalidClientTokenId', INVALID_TOKEN],
  badSignature: [403, 'SignatureDoesNotMatch', BAD_SIGNATURE],
  expired: [403, 'ExpiredToken', 'The security token included in the request is expired'],
  badToken: [403, 'InvalidClientTokenId', INVALID_TOKEN],
  denied: [403, 'AccessDenied'],
  invalid: [400, 'ValidationError'],
};
const json: Words = {
  unknownKey: [403, 'UnrecognizedClientException', INVALID_TOKEN],
  badSignature: [403, 'InvalidSignatureException', BAD_SIGNATURE],
  expired: [403, 'ExpiredTokenException', 'The security token included in the request is expired'],
  badToken: [403, 'UnrecognizedClientException', INVALID_TOKEN],
  denied: [403, 'AccessDeniedException'],
  invalid: [400, 'ValidationException'],
};
const s3: Words = {
  unknownKey: [403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'],
  badSignature: [
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  expired: [400, 'ExpiredToken', 'The provided token has expired.'],
  badToken: [400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.'],
  denied: [403, 'AccessDenied'],
  invalid: [400, 'MalformedXML'],
};

const WORDS: Readonly<Record<string, Words>> = {
  s3,
  iam: query,
  sts: query,
  lambda: json,
  logs: { ...json, denied: [400, 'AccessDeniedException'], invalid: [400, 'InvalidParameterException'] },
};

const wordsOf = (service: string): Words => (Object.hasOwn(WORDS, service) ? WORDS[service] : undefined) ?? s3;

/** A refusal of the caller's credentials, as the service words it. */
export function refuseCaller(service: string, why: 'unknownKey' | 'badSignature' | 'expired' | 'badToken'): Refusal {
  const [status, code, message] = wordsOf(service)[why];
  return new Refusal(status, code, message);
}

/** A refusal of what the caller may not do. */
export function refuseDenied(service: string, message: string): Refusal {
  const [status, code] = wordsOf(service).denied;
  return new Refusal(status, code, message);
}

/** A refusal of a body that its schema does not take, naming the members that are wrong. */
export function refuseInvalid(service: string, { issues }: z.ZodError, body: unknown): Refusal {
  const [status, code] = wordsOf(service).invalid;
  if (service === 's3') {
    const text = 'The XML you provided was not well-formed or did not validate against our published schema';
    return new Refusal(status, code, text);
  }
  const all = issues.map((issue) => describe(issue, body));
  const count = `${all.length} validation error${all.length > 1 ? 's' : ''} detected`;
  return new Refusal(status, code, `${count}: ${all.join('; ')}`);
}

function describe(issue: z.core.$ZodIssue, body: unknown): string {
  const value = issue.path.reduce<unknown>(memberOf, body);
  const shown = typeof value === 'string' || typeof value === 'number' ? `'${value}'` : 'null';
  const [first = '', ...rest] = issue.path.map(String);
  const name = [first.charAt(0).toLowerCase() + first.slice(1), ...rest].join('.');
  // Base64 of a whole zip is nothing to repeat.
  const at = `Value ${shown.length > 300 ? "'…'" : shown} at '${name}'`;
  return `${at} failed to satisfy constraint: ${constraintOf(issue, value)}`;
}

const memberOf = (value: unknown, name: PropertyKey): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;

function constraintOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'Member must not be null';
  switch (issue.code) {
    case 'too_small':
      return `Member must have ${measure(issue.origin)} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `Member must have ${measure(issue.origin)} less than or equal to ${issue.maximum}`;
    case 'invalid_format':
      return `Member must satisfy regular expression pattern: ${issue.pattern?.replace(/^\/\^?|\$?\/[a-z]*$/g, '')}`;
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
    default:
      return issue.message;
  }
}

const measure = (origin: string): string => (/number|int/.test(origin) ? 'value' : 'length');
