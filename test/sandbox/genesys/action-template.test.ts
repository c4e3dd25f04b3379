import { expect, test } from 'vitest';
import { fillTemplate } from '../../../src/sandbox/genesys/action-template.ts';

const values = { 'input.rawRequest': '{"card":"1"}', 'input.card': '1' };

test.each([
  [`\${input.rawRequest}`, '{"card":"1"}'],
  [`{"number":"\${input.card}"}`, '{"number":"1"}'],
  [`[\${input.card},\${input.card}]`, '[1,1]'],
  [`a$!{input.bank}b`, 'ab'],
  ['{"fixed":true}', '{"fixed":true}'],
])('%s becomes %s', (template, text) => {
  expect(fillTemplate(template, values)).toBe(text);
});

test('what is filled in is not filled again', () => {
  expect(fillTemplate(`\${a}`, { a: `\${b}`, b: 'x' })).toBe(`\${b}`);
});

test.each([`\${input.bank}`, `\${constructor}`, '#if($a)b#end', '#set($a = 1)', '$esc.jsonString($a)'])(
  '%s is refused',
  (template) => {
    expect(() => fillTemplate(template, values)).toThrow(expect.objectContaining({ code: 'invalid.substitution' }));
  },
);
