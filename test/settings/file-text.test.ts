import { expect, test } from 'vitest';
import { parseSettingsFile } from '../../src/settings/file.ts';
import { formatSettingsFile } from '../../src/settings/file-text.ts';

const said = (text: string) => ({ text, source: 'your answer' });

test('what is saved reads back as it was typed', () => {
  const values = {
    didStart: said('+13175550100'),
    genesysAwsAccount: said('012345678901'),
    bucketTag: said('a: b # "c" \'d\''),
    paymentPrefix: said('yes'),
    triggerDelay: said('060'),
  };
  const read = parseSettingsFile(formatSettingsFile(values), 'eo-setup.yaml');
  expect(Object.fromEntries(Object.entries(read).map(([id, { text }]) => [id, text]))).toEqual(
    Object.fromEntries(Object.entries(values).map(([id, { text }]) => [id, text])),
  );
});

test('a secret is not saved', () => {
  expect(formatSettingsFile({ clientSecret: said('sesame') })).not.toContain('sesame');
});
