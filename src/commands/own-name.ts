import type { Io } from './io.ts';

/** What one types to start us: who has no global installation would not find us under the bare name. */
export const ownName = (env: Io['env']): string => (env['npm_command'] === 'exec' ? 'npx eo-setup' : 'eo-setup');
