import { expect, test } from 'vitest';
import { formatCommand } from '../../src/ui/format-command.ts';

const said = (text: string) => ({ text, source: 'your answer' });

test.each([
  [['install'], {}, 'eo-setup install'],
  [['install', '--dry-run'], { awsRegion: said('us-east-1') }, 'eo-setup install --dry-run --aws-region us-east-1'],
  [
    ['install', '--state-dir', 'my state'],
    { didStart: said('+13175550100'), bucketTag: said("it's $HOME") },
    "eo-setup install --state-dir 'my state' --bucket-tag 'it'\\''s $HOME' --did-start +13175550100",
  ],
  [['install'], { clientSecret: said('[secret]') }, 'eo-setup install'],
])('%j with %j is one line for a shell', (argv, answers, line) => {
  expect(formatCommand('eo-setup', argv, answers)).toBe(line);
});
