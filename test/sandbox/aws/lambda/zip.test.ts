import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readZip } from '../../../../src/sandbox/aws/lambda/zip.ts';
import { zipOf } from '../aws-sandbox.ts';

test('a zip is unpacked into its files, without its folders', () => {
  const bytes = zipSync({ 'index.mjs': strToU8('a'), lib: { 'x.js': strToU8('b') }, empty: {} });
  const files = Object.entries(readZip(bytes)).map(([name, content]) => [name, Buffer.from(content).toString()]);
  expect(files).toEqual([
    ['index.mjs', 'a'],
    ['lib/x.js', 'b'],
  ]);
});

test.each([['./index.mjs'], ['.//index.mjs'], ['lib/../index.mjs']])('%s is where it says', (name) => {
  expect(Object.keys(readZip(zipOf({ [name]: '' })))).toEqual(['index.mjs']);
});

describe('a zip is refused with', () => {
  test.each([
    ['a path that goes up', { '../index.mjs': '' }],
    ['a path that goes down and up', { 'a/../../index.mjs': '' }],
    ['a path from the root', { '/etc/passwd': '' }],
    ['a path of Windows', { '..\\index.mjs': '' }],
    ['a drive', { 'C:x': '' }],
    ['a stream', { 'a:b': '' }],
    ['the folder itself', { 'a/..': '' }],
    ['an end of a string', { 'a\0.mjs': '' }],
    ['too long a name', { ['a'.repeat(256)]: '' }],
    ['too long a path', { [`${'a/'.repeat(520)}a`]: '' }],
    ['a file in a file', { a: '', 'a/b/c': '' }],
  ])('%s', (_, files) => {
    expect(() => readZip(zipOf({ 'index.mjs': '', ...files }))).toThrow(/^Could not unzip uploaded file/);
  });

  test('more in it than a function may have, before any of that is unpacked', () => {
    const bytes = Buffer.from(zipOf({ 'index.mjs': 'x'.repeat(100) }));
    // The size in the list at the end of the zip is what is believed.
    const list = bytes.indexOf('PK\u0001\u0002');
    bytes.writeUInt32LE(262_144_001, list + 24);
    expect(() => readZip(bytes)).toThrow('Unzipped size must be smaller than 262144000 bytes');
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['something else', Buffer.from('PK something else')],
    ['half of it', Buffer.from(zipOf({ 'index.mjs': 'x' })).subarray(0, 40)],
  ])('%s', (_, bytes) => {
    expect(() => readZip(bytes)).toThrow(/^Could not unzip uploaded file/);
  });
});
