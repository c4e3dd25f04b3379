import { expect, test } from 'vitest';
import { createSecrets } from '../../../src/architect/runtime/secrets.ts';

const secrets = createSecrets();
for (const secret of ['123456789', 'top secret', '4111 1111*', '']) secrets.keep(secret);

test.each([
  ['it is 123456789', 'it is •••••••••'],
  ['1 2 3 4 5 6 7 8 9!', '• • • • • • • • •!'],
  ['1234-5678-9', '••••-••••-•'],
  ['00123456789', '•••••••••••'],
  ['12345 are the first', '••••• are the first'],
  ['ending in 6789', 'ending in 6789'],
  ['order 987654', 'order 987654'],
  ['41111111', '••••••••'],
  ['a top secret', 'a ••••••••'],
  ['', ''],
])('"%s" is shown as "%s"', (text, shown) => {
  expect(secrets.mask(text)).toBe(shown);
});
