import { describe, expect, test } from 'vitest';
import { readXml, writeXml, XmlError } from '../../../src/sandbox/aws/xml.ts';

describe('writing', () => {
  test.each([
    ['text', 'a', '<R>a</R>'],
    ['what XML means something by', `<&>"\r`, '<R>&lt;&amp;&gt;&quot;&#13;</R>'],
    ['numbers and flags', { A: 1, B: false }, '<R><A>1</A><B>false</B></R>'],
    ['lists', { A: ['x', 'y'], B: [] }, '<R><A>x</A><A>y</A></R>'],
    ['nothing for what is absent', { A: undefined, B: '' }, '<R><B></B></R>'],
  ])('%s', (_, value, expected) => {
    expect(writeXml('R', value)).toBe(expected);
  });

  test('lists with members, as query services do', () => {
    const list = { Tags: [{ Key: 'a' }, { Key: 'b' }] };
    const members = '<member><Key>a</Key></member><member><Key>b</Key></member>';
    expect(writeXml('R', list, 'member')).toBe(`<R><Tags>${members}</Tags></R>`);
  });
});

describe('reading', () => {
  test.each([
    ['members', '<R><A>1</A><B><C>x</C></B></R>', { R: { A: '1', B: { C: 'x' } } }],
    ['an element that comes twice', '<R><A>1</A><A>2</A></R>', { R: { A: ['1', '2'] } }],
    ['attributes and a namespace', '<R xmlns="urn:x" a="1"><A b="2"/></R>', { R: { A: '' } }],
    ['a declaration and comments', '<?xml version="1.0"?>\n<!-- <A> --><R><A>1</A></R>\n', { R: { A: '1' } }],
    ['entities', '<R>&lt;&amp;&#233;&#x20AC;&apos;</R>', { R: "<&é€'" }],
    [
      'names that objects have anyway',
      '<R><__proto__><a>1</a></__proto__></R>',
      {
        R: JSON.parse('{"__proto__": {"a": "1"}}'),
      },
    ],
  ])('%s', (_, text, expected) => {
    expect(readXml(text)).toEqual(expected);
  });

  test.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['two roots', '<A/><B/>'],
    ['what does not end', '<A><B></A>'],
    ['what did not begin', '</A>'],
    ['a tag that does not end', '<A'],
    ['a DTD', '<!DOCTYPE a [<!ENTITY b "c">]><A>&b;</A>'],
    ['an unknown entity', '<A>&b;</A>'],
    ['an entity that objects have anyway', '<A>&toString;</A>'],
    ['an entity that is long', '<A>&constructor;</A>'],
    ['an ampersand for itself', '<A>a & b</A>'],
    ['too deep a nesting', `${'<a>'.repeat(50)}${'</a>'.repeat(50)}`],
    ['an impossible character', '<A>&#x110000;</A>'],
  ])('refuses %s', (_, text) => {
    expect(() => readXml(text)).toThrow(XmlError);
  });

  test('takes no longer than it must for what is never closed', () => {
    expect(() => readXml('<!--'.repeat(200_000))).toThrow(XmlError);
    expect(() => readXml('<a '.repeat(200_000))).toThrow(XmlError);
  });
});
