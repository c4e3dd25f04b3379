import { expect, test } from 'vitest';
import { wrapTo } from '../../src/ui/wrap-to.ts';

test.each<[string, number, readonly string[]]>([
  ['it fits', 7, ['it fits']],
  ['it does not fit', 7, ['it does', 'not fit']],
  ['  an item of a list', 12, ['  an item of', '    a list']],
  // Columns of a table stay whole where they can, and go on below where there is no room beside.
  [
    '  create  data action      dev-saveUserData-data-action',
    40,
    ['  create  data action', '    dev-saveUserData-data-action'],
  ],
  ['  ok  flow  dev-x Secure Flow  (yaml)', 30, ['  ok  flow  dev-x Secure Flow', '    (yaml)']],
  ['done     flow dev-x Secure Flow created', 30, ['done     flow dev-x Secure', '         Flow created']],
  // What is to be copied must not be broken.
  ['  eo-setup install --did-start +13175550100', 20, ['  eo-setup install --did-start +13175550100']],
  ['  export AWS_REGION=us-east-1', 20, ['  export AWS_REGION=us-east-1']],
  ['Run "npx eo-setup status", then go on', 20, ['Run', '"npx eo-setup status",', 'then go on']],
  ['  (. there; echo "$SECRET") | eo-setup doctor', 20, ['  (. there; echo "$SECRET") | eo-setup doctor']],
  ['Run "eo-setup status --sandbox", then go on', 20, ['Run', '"eo-setup status --sandbox",', 'then go on']],
  ['see https://example.com/a/long/way now', 12, ['see', 'https://example.com/a/long/way', 'now']],
  ['東京 東京 東京', 9, ['東京 東京', '東京']],
  ['', 10, ['']],
  ['a b', 1, ['a', 'b']],
])('%j in %d columns is %j', (text, columns, expected) => {
  expect(wrapTo(text, columns)).toEqual(expected);
});
