import { expect, test } from 'vitest';
import type { Choice } from '../../src/settings/questions.ts';
import { regionNames } from '../../src/settings/region-names.ts';
import { settingOf } from '../../src/settings/table.ts';
import { matching } from '../../src/ui/matching.ts';

const regions = Object.entries(regionNames).map(([value, name]) => ({ value, name: `${name} ${value}` }));
const numbers: readonly Choice[] = [
  { value: '+13175550100', name: '+13175550100' },
  { value: '+13175550101', name: '+13175550101' },
  { value: 'other', name: 'Type another one', isAlways: true },
];

test.each<[string | undefined, readonly string[]]>([
  ['zurich', ['eu-central-2']],
  ['FRANKFURT emea', ['eu-central-1']],
  ['us-east-1', ['us-east-1']],
  ['mypurecloud.de', ['eu-central-1']],
  ['https://apps.mypurecloud.jp/directory/#/', ['ap-northeast-1']],
  ['virginia', []],
])('of the regions %j finds %j', (term, found) => {
  expect(matching(regions, term, settingOf('genesysRegion')).map(({ value }) => value)).toEqual(found);
});

test('of all choices nothing is left out before something is typed', () => {
  expect(matching(regions, undefined, settingOf('genesysRegion'))).toHaveLength(18);
});

test.each([
  ['0101', ['+13175550101', 'other']],
  ['+1 (317) 555-0100', ['+13175550100', 'other']],
  ['999', ['other']],
])('of the numbers %j finds %j', (term, found) => {
  expect(matching(numbers, term).map(({ value }) => value)).toEqual(found);
});
