import { awsAnswer, type Explanation, genesysAnswer } from './explanation.ts';

/** What may come from any vendor, and is looked at last. */
export const knownInGeneral: readonly Explanation[] = [
  {
    id: 'vendor.throttled',
    match: { status: /^429$/ },
    message: '{service} is asked too often: it did not take {operation}, although it was asked again.',
    hint: 'Wait a few minutes, then run the command again. If something else works with the same credentials, let it end first.',
    example: genesysAnswer(
      'GET /api/v2/flows',
      429,
      'too.many.requests',
      'Rate limit exceeded the maximum [300] requests',
    ),
  },
  {
    id: 'vendor.throttled',
    match: { code: /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown)/ },
    message: '{service} is asked too often: it did not take {operation}, although it was asked again.',
    hint: 'Wait a few minutes, then run the command again. If something else works with the same credentials, let it end first.',
    example: awsAnswer('IAM', 'GetRole', 400, 'Throttling', 'Rate exceeded'),
  },
  {
    id: 'vendor.fault',
    match: { status: /^(408|5\d\d)$/ },
    message: '{service} has a fault of its own: it failed at {operation}, although it was asked again.',
    hint: 'Look at the status page of the vendor, wait a few minutes, then run the command again: it goes on from where it stopped.',
    example: genesysAnswer(
      'PUT /api/v2/architect/ivrs/{ivrId}',
      503,
      'service.unavailable',
      'The service is unavailable.',
    ),
  },
];
