import * as z from 'zod';
import type { Setting } from './setting.ts';

/** How flows are published. Decides nothing of what is installed, so it is not remembered from run to run. */
export const publishingSettings = [
  {
    id: 'publisher',
    description:
      'who publishes the flows: jobs (Genesys Cloud itself) or archy (the Archy that is installed on this machine)',
    schema: z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.enum(['jobs', 'archy'], 'Use jobs or archy.')),
    flag: 'publisher',
    argument: 'name',
    variables: ['EO_SETUP_PUBLISHER'],
    fileKeys: ['publisher'],
    question: 'Who is to publish the flows?',
    choices: ['jobs', 'archy'],
    example: 'jobs',
    default: 'jobs',
  },
  {
    id: 'archyPath',
    description: 'the executable of Archy (default: the one on PATH)',
    schema: z
      .string()
      .trim()
      .min(1, 'Give the path of the executable of Archy.')
      .max(4_096, 'Use at most 4096 characters.')
      .regex(/^\P{Cc}*$/u, 'Use letters and signs that can be seen.'),
    flag: 'archy-path',
    argument: 'path',
    variables: ['EO_SETUP_ARCHY_PATH'],
    fileKeys: ['archy-path'],
    question: 'Where is the executable of Archy?',
    example: '/opt/archy/archyBin/archy-linux-2.43.2',
    optional: true,
  },
] as const satisfies readonly Setting[];
