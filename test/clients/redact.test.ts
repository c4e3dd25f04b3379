import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { clean, redactor, Secret } from '../../src/clients/redact.ts';

describe('a secret', () => {
  const secret = new Secret('hunter2-hunter2');

  test.each([
    ['in a template', `${secret}`],
    ['joined', String(secret)],
    ['in JSON', JSON.stringify({ secret })],
    ['inspected', inspect({ secret }, { showHidden: true, depth: 9 })],
    ['among its members', JSON.stringify(Object.getOwnPropertyNames(secret))],
  ])('does not show itself %s', (_, shown) => {
    expect(shown).not.toContain('hunter2');
  });

  test('is revealed when asked to', () => expect(secret.reveal()).toBe('hunter2-hunter2'));
});

describe('clean', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['colours in 8 bits', '\u009b31mred', 'red'],
    ['cursor movements', 'a\u001b[2K\u001b[1Ab', 'ab'],
    ['a window title', '\u001b]0;title\u0007text', 'text'],
    ['a link', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['a string that does not end', 'text\u001b]52;c;aGk=', 'text'],
    ['a device control string', '\u001bPq#0\u001b\\text', 'text'],
    ['a sequence that is cut off', 'text\u001b[', 'text'],
    ['a change of character set', '\u001b(0text', 'text'],
    ['a carriage return', 'good\rbad', 'goodbad'],
    ['bells and backspaces', 'a\u0007\u0008b', 'ab'],
    ['what turns the direction of writing', 'a\u202eb\u2066c\u200fd', 'abcd'],
  ])('takes out %s', (_, dirty, expected) => expect(clean(dirty)).toBe(expected));

  test('leaves lines, tabs and every script', () => {
    const text = 'one\n\ttwo – żółć 日本 👍';
    expect(clean(text)).toBe(text);
  });

  test('cuts what is too long, but no character in two', () => {
    expect(clean('x'.repeat(3_000))).toBe(`${'x'.repeat(2_000)}…`);
    expect(clean('ab👍', 3)).toBe('ab…');
  });

  test('is quick with a hostile text', () => {
    const start = performance.now();
    for (const part of ['\u001b[', '\u001b]', '\u001b[0;', '\u009b ']) clean(part.repeat(1_000_000), 1_000_000);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('a redactor', () => {
  const value = 'p@ss/wörd "1"+&';
  const redact = redactor(() => [new Secret(value), new Secret('p@ss'), new Secret('abc'), new Secret('')]);

  test.each([
    ['as it is', value],
    ['as JSON', JSON.stringify({ value })],
    ['in a URL', encodeURIComponent(value)],
    ['in a URL in lower case', encodeURIComponent(value).replace(/%../g, (byte) => byte.toLowerCase())],
    ['in a form', new URLSearchParams({ value }).toString()],
    ['in base64', Buffer.from(value).toString('base64')],
    ['in base64 for URLs', Buffer.from(value).toString('base64url')],
    ['in base64 after one byte', Buffer.from(`:${value}`).toString('base64')],
    ['in base64 between others', Buffer.from(`id:${value}:more`).toString('base64')],
  ])('takes out a secret %s', (_, spelled) => {
    const redacted = redact(`before ${spelled} after`);
    expect(redacted).toMatch(/^before .*\[secret\].* after$/);
    for (const part of [value, 'rd "1"', spelled.slice(3, -3)]) expect(redacted).not.toContain(part);
  });

  test.each([
    ['Authorization: Bearer abcDEF123_-.~x', 'Authorization: Bearer [secret]'],
    ['{"authorization":"Basic aWQ6c2VjcmV0MTIz"}', '{"authorization":"Basic [secret]"}'],
    ['https://s3/x?X-Amz-Signature=0a1b&X-Amz-Date=1', 'https://s3/x?X-Amz-Signature=[secret]&X-Amz-Date=1'],
    ['{"access_token":"eyJhbGciOi","token_type":"bearer"}', '{"access_token":"[secret]","token_type":"bearer"}'],
    ['client_secret=s3cr3t&grant_type=x', 'client_secret=[secret]&grant_type=x'],
  ])('knows a token by its place: %s', (text, expected) => expect(redact(text)).toBe(expected));

  test('leaves what only sounds like one', () => {
    for (const text of [
      'Basic authentication failed: the bearer should be abc',
      'export GENESYSCLOUD_OAUTHCLIENT_SECRET=sandbox-client-secret',
    ])
      expect(redact(text)).toBe(text);
  });
});
