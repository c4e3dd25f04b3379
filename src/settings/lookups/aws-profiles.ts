import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { readAtMost } from '../read-at-most.ts';

/** A profile of the AWS configuration files, and the region that it names. */
export interface AwsProfile {
  readonly name: string;
  readonly region?: string | undefined;
}

const LARGEST = 1024 * 1024;

/** The profiles that the AWS SDK would find; none where there are no files, or where they cannot be read. */
export async function readAwsProfiles(
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly AwsProfile[]> {
  const home = env['HOME'] || env['USERPROFILE'];
  const fileAt = (variable: string, name: string) => env[variable] || (home && join(home, '.aws', name));
  const [config, credentials] = await Promise.all([
    textOf(fileAt('AWS_CONFIG_FILE', 'config')),
    textOf(fileAt('AWS_SHARED_CREDENTIALS_FILE', 'credentials')),
  ]);
  const regions = new Map([...parseProfiles(credentials, 'credentials'), ...parseProfiles(config, 'config')]);
  return [...regions].map(([name, region]) => ({ name, region }));
}

async function textOf(path: string | undefined): Promise<string> {
  if (!path) return '';
  try {
    return (await readAtMost(createReadStream(path), LARGEST)) ?? '';
  } catch {
    // It only spares typing: without it the question is another.
    return '';
  }
}

/** Profile → region. In `config` a section is `[profile dev]` or `[default]`, in `credentials` it is `[dev]`. */
export function parseProfiles(text: string, file: 'config' | 'credentials'): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  let current: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, section] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
    const [, region] = /^region\s*=\s*(\S+)/.exec(line) ?? [];
    if (section !== undefined) {
      current = profileIn(section.trim(), file);
      if (current !== undefined) found.set(current, found.get(current));
    } else if (region !== undefined && current !== undefined) found.set(current, region);
  }
  return found;
}

function profileIn(section: string, file: 'config' | 'credentials'): string | undefined {
  if (section === 'default' || file === 'credentials') return section || undefined;
  return /^profile\s+["']?([^"']+?)["']?$/.exec(section)?.[1];
}
