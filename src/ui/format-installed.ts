import { domains } from '../settings/regions.ts';
import type { Settings } from '../settings/settings.ts';
import { formatNumbers } from './format-notices.ts';
import { formatTable } from './format-table.ts';

/** Where it was installed, and what to type for another command to work there. */
interface Here {
  readonly isSandbox: boolean;
  readonly again: (command: string) => string;
}

/** The block after a run: what to call, where the payments are, and what to do next. */
export function formatInstalled(settings: Settings, { isSandbox, again }: Here): readonly string[] {
  const { awsRegion, bucket, genesysRegion } = settings;
  const links = isSandbox
    ? []
    : [
        ['Genesys Cloud', `https://apps.${domains[genesysRegion]}/architect/`],
        ['AWS', `https://${consoleOf(awsRegion)}/s3/buckets/${bucket}?region=${awsRegion}`],
      ];
  const rows = [['Number to call', formatNumbers(settings)], ['Bucket', bucket], ...links];
  return [
    '',
    'Installed.',
    ...formatTable(rows).map((line) => `  ${line}`),
    '',
    'Next:',
    ...formatTable([
      ...(isSandbox ? [[again('call'), 'calls the number from this terminal']] : []),
      [again('status'), 'shows every object as it is now'],
      [again('uninstall'), 'takes everything away again'],
    ]).map((line) => `  ${line}`),
  ];
}

/** The console's host; each partition has its own. */
function consoleOf(region: string): string {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : `${region}.console.aws.amazon.com`;
}
