import type * as z from 'zod';
import type { Operation } from '../contract.ts';

/** One operation of the sandbox itself. It needs no permission: it is this machine's own. */
export const row = (operation: string, route: string, handle: Operation['handle'], body?: z.ZodType): Operation => ({
  service: 'sandbox',
  operation,
  route,
  permission: [],
  write: !route.startsWith('GET'),
  handle,
  ...(body && { body }),
});
