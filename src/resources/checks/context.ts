import type { Context } from '../context.ts';

/** What checks work with. */
export type CheckContext = Pick<Context, 'genesys' | 'aws' | 'clock' | 'signal' | 'note'>;
