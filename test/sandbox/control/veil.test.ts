import { expect, test } from 'vitest';
import { unveil, veil } from '../../../src/sandbox/control/veil.ts';

const record = {
  id: 'a',
  clientSecret: 's',
  fields: { roleArn: 'arn' },
  zip: 'UEsDBA==',
  config: { accessToken: 't', version: 3, list: [{ password: 'p', on: true }] },
  note: 'x'.repeat(3000),
};

test('secrets, bytes and whatever is very long are hidden, at any depth', () => {
  expect(veil(record)).toEqual({
    id: 'a',
    clientSecret: '[hidden]',
    fields: '[hidden]',
    zip: '[hidden]',
    config: { accessToken: '[hidden]', version: 3, list: [{ password: '[hidden]', on: true }] },
    note: '[hidden]',
  });
});

test('what is hidden comes back as it was, and what was changed as it is', () => {
  expect(unveil({ ...veil(record), id: 'b' }, record)).toEqual({ ...record, id: 'b' });
});
