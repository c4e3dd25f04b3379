import { domains } from '../settings/regions.ts';
import type { Settings } from '../settings/settings.ts';
import { formatNumbers } from './format-notices.ts';
import { formatTable } from './format-table.ts';

/** The block after a run: what to call, where the payments are, and what to do next. */
export function formatInstalled(settings: Settings, isSandbox: boolean): readonly string[] {
  const { awsRegion, bucket, environment, genesysRegion } = settings;
  const links = isSandbox
    ? []
    : [
        ['Genesys Cloud', `https://apps.${domains[genesysRegion]}/architect/`],
        ['AWS', `https://${consoleOf(awsRegion)}/s3/buckets/${bucket}?region=${awsRegion}`],
      ];
  const same = `${isSandbox ? ' --sandbox' : ''}${environment === 'dev' ? '' : ` --environment ${environment}`}`;
  const rows = [['Number to call', formatNumbers(settings)], ['Bucket', bucket], ...links];
  return [
    '',
    'Installed.',
    ...formatTable(rows).map((line) => `  ${line}`),
    '',
    'Next:',
    ...formatTable([
      [`eo-setup status${same}`, 'shows every object as it is now'],
      [`eo-setup uninstall${same}`, 'takes everything away again'],
    ]).map((line) => `  ${line}`),
  ];
}

/** The console's host; each partition has its own. */
function consoleOf(region: string): string {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : `${region}.console.aws.amazon.com`;
}
