import { expect, test } from 'vitest';
import { phoneNumberOf } from './phone-number.ts';

test.each([
  ['tel:+13175550123', '+13175550123'],
  ['TEL:+13175550123', '+13175550123'],
  ['sip:+13175550123@10.0.0.1:5060;transport=tls', '+13175550123'],
  ['sips:+13175550123;npdi@example.com', '+13175550123'],
  ['sip:+13175550123', '+13175550123'],
  ['sip:%2B13175550123@example.com', '+13175550123'],
  ['+13175550123', '+13175550123'],
  [' +1 (317) 555-0123 ', '+13175550123'],
  ['tel:+1-317-555.0123;ext=7', '+13175550123'],
  ['13175550123', '13175550123'],
])('the number in %j is %j', (ani, number) => {
  expect(phoneNumberOf(ani)).toBe(number);
});

test.each([
  [undefined],
  [null],
  [''],
  ['   '],
  [13175550123],
  [{}],
  ['anonymous'],
  ['unknown'],
  ['tel:anonymous'],
  ['sip:anonymous@anonymous.invalid'],
  ['sip:10.0.0.1'],
  ['sip:alice@example.com'],
  ['tel:'],
  ['+'],
  ['+12'],
  ['+1234567890123456'],
  ['+1317\n5550123@x'],
])('there is no number in %j', (ani) => {
  expect(phoneNumberOf(ani)).toBeNull();
});
