import { type Incoming, Refusal } from '../contract.ts';

/**
 * Throws for a page in a browser, whatever its origin. The sandbox's key is in its README: a page that signs with it could
 * upload a function and have its code run on this machine.
 */
export function refusePages({ headers }: Incoming): void {
  const isLocal = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers['host'] ?? '');
  if (isLocal && headers['origin'] === undefined) return;
  throw new Refusal(403, 'AccessDenied', 'The sandbox answers to programs on this machine, and not to web pages.');
}
