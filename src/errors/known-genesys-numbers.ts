import { type Explanation, genesysAnswer } from './explanation.ts';

const IVRS = 'POST /api/v2/architect/ivrs';
const WHERE_NUMBERS = 'Admin > Telephony > DID Numbers';

/** Numbers, the pools that they lie in, and the IVRs that they lead to. */
export const knownOfGenesysNumbers: readonly Explanation[] = [
  {
    id: 'genesys.did-pool-missing',
    match: { service: /^Genesys Cloud$/, status: /^400$/, text: /didPoolId/ },
    message: 'A number of the range lies in no DID pool of the organization, or its pool does not lend it yet.',
    hint: `Look it up in ${WHERE_NUMBERS}: it must lie in a pool of the right provider (--did-provider). Then run the command again.`,
    example: genesysAnswer(IVRS, 400, 'general.bad.request', "Field 'didPoolId' is required and cannot be empty."),
  },
  {
    id: 'genesys.number-taken',
    match: { operation: /architect\/ivrs/, text: /(?:in use|unique)/i },
    message: 'A number of the range is in use by something else in the organization.',
    hint: `Take it from what holds it (${WHERE_NUMBERS} shows what that is), or choose another with --did-start.`,
    example: genesysAnswer(
      IVRS,
      400,
      'general.bad.request',
      'Each phone number must be unique and not in use by another resource.',
      [{ fieldName: 'dnis', entityName: 'Sales' }],
    ),
  },
  {
    id: 'genesys.ivr-held',
    match: { operation: /^DELETE .*architect\/ivrs/, status: /^409$/ },
    message: 'Genesys Cloud does not let go of the IVR: something works with it.',
    hint: 'Run the command again in a minute. If it stays so, look at the call route in Admin > Routing > Call Routing.',
    example: genesysAnswer(
      'DELETE /api/v2/architect/ivrs/{ivrId}',
      409,
      'general.conflict',
      'The request conflicts with the current state of the resource.',
    ),
  },
  {
    id: 'genesys.did-pool-overlap',
    match: { operation: /^POST .*didpools$/, status: /^409$/ },
    message: 'Another DID pool overlaps with the range of numbers.',
    hint: `Look at ${WHERE_NUMBERS}, and choose a range (--did-start, --did-end) that lies within one pool, or in none.`,
    example: genesysAnswer(
      'POST /api/v2/telephony/providers/edges/didpools',
      409,
      'general.conflict',
      "The range overlaps with the DID pool 'Sales' (+13175550000 to +13175550199).",
    ),
  },
  {
    id: 'genesys.numbers-assigned',
    match: { operation: /^DELETE .*didpools/, status: /^409$/ },
    message: 'Numbers of the DID pool are still assigned to something.',
    hint: `Take them from what holds them (${WHERE_NUMBERS}), then run the command again.`,
    example: genesysAnswer(
      'DELETE /api/v2/telephony/providers/edges/didpools/{didPoolId}',
      409,
      'general.conflict',
      'Numbers of the DID pool are still assigned: +13175550100.',
    ),
  },
];
