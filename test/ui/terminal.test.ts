import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/clients/redact.ts';
import { fakeTerminal, TTY } from './fake-terminal.ts';

const ESC = '\u001b';
const utf8 = { LANG: 'de_DE.UTF-8' };

describe('colours', () => {
  test.each<[string, object, boolean]>([
    ['at a terminal', { err: TTY }, true],
    ['at a terminal, with stdout in a file', { err: TTY, out: {} }, true],
    ['in a pipe', {}, false],
    ['in a pipe with FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, true],
    ['in a pipe with an empty FORCE_COLOR', { env: { FORCE_COLOR: '' } }, true],
    ['with FORCE_COLOR=0', { err: TTY, env: { FORCE_COLOR: '0' } }, false],
    ['with NO_COLOR', { err: TTY, env: { NO_COLOR: '1' } }, false],
    ['with an empty NO_COLOR', { err: TTY, env: { NO_COLOR: '' } }, true],
    ['with NO_COLOR and FORCE_COLOR', { err: TTY, env: { NO_COLOR: '1', FORCE_COLOR: '1' } }, false],
    ['with --no-color', { err: TTY, color: false, env: { FORCE_COLOR: '1' } }, false],
    ['at a dumb terminal', { err: TTY, env: { TERM: 'dumb' } }, false],
  ])('%s: %o', (_, options, expected) => {
    const { terminal, stderr } = fakeTerminal(options);
    terminal.err('it', { word: 'done', color: 'green' });
    expect(stderr.raw().includes(ESC)).toBe(expected);
    expect(stderr.text()).toBe('done it\n');
  });
});

describe('lines are redrawn', () => {
  test.each<[string, object, boolean]>([
    ['at a terminal', { err: TTY }, true],
    ['at a terminal, with stdout in a file', { err: TTY, out: {} }, true],
    ['in a pipe', { out: TTY }, false],
    ['at a terminal that says it has no columns', { err: { isTTY: true, columns: 0 } }, false],
    ['at a dumb terminal', { err: TTY, env: { TERM: 'dumb' } }, false],
    ['in CI', { err: TTY, env: { CI: 'true' } }, false],
    ['with CI=false', { err: TTY, env: { CI: 'false' } }, true],
    ['with --accessible', { err: TTY, accessible: true }, false],
  ])('%s: %o', (_, options, expected) => {
    expect(fakeTerminal(options).terminal.isLive).toBe(expected);
  });
});

describe('somebody can be asked', () => {
  test.each<[string, object, boolean]>([
    ['at a terminal', { err: TTY, isInputTTY: true }, true],
    ['with stdin in a pipe', { err: TTY }, false],
    ['with stderr in a file', { isInputTTY: true, out: TTY }, false],
  ])('%s', (_, options, expected) => {
    expect(fakeTerminal(options).terminal.canAsk).toBe(expected);
  });
});

describe('what is written', () => {
  test.each([
    ['a sequence that steers', `a${ESC}[2Jb`, 'ab'],
    ['a title', `a${ESC}]0;title\u0007b`, 'ab'],
    ['a carriage return', 'done\rFAILED', 'doneFAILED'],
    ['what turns the writing', 'a\u202eb', 'ab'],
    ['a line of its own', 'a\nError: b', 'a Error: b'],
    ['a colour', `${ESC}[31mred${ESC}[0m`, 'red'],
    ['letters of the world', 'Müller 東京', 'Müller 東京'],
    ['an indent', '  a\tb', '  a b'],
    ['too much', 'x'.repeat(3_000), `${'x'.repeat(2_000)}…`],
  ])('is one line that steers nothing: %s', (_, text, expected) => {
    const { terminal, stdout, stderr } = fakeTerminal({ err: TTY, out: TTY });
    terminal.out(text);
    terminal.err(text);
    expect([stdout.raw(), stderr.raw()]).toEqual([`${expected}\n`, `${expected}\n`]);
  });

  test.each([
    ['no locale', {}],
    ['the POSIX locale', { LANG: 'C' }],
    ['another charset', { LANG: 'de_DE.ISO-8859-1' }],
    ['LC_ALL over LANG', { LC_ALL: 'C', LANG: 'de_DE.UTF-8' }],
  ])('is ASCII with %s', (_, env) => {
    const { terminal, stdout, stderr } = fakeTerminal({ env });
    terminal.err('Müller → “Straße” … 東 😀 +1 – 2');
    expect(stderr.raw()).toBe('Muller -> "Strasse" ... ? ? +1 - 2\n');
    terminal.json({ name: 'Müller 😀' });
    expect(stdout.raw()).toMatch(/^[\n -~]+$/);
    expect(JSON.parse(stdout.raw())).toEqual({ name: 'Müller 😀' });
  });

  test.each([
    ['LANG', utf8],
    ['LC_CTYPE, as on a Mac', { LC_CTYPE: 'UTF-8' }],
    ['the terminal of Windows', { WT_SESSION: '1' }],
  ])('keeps its letters with %s', (_, env) => {
    const { terminal, stderr } = fakeTerminal({ env });
    terminal.err('Müller …');
    expect(stderr.raw()).toBe('Müller …\n');
  });

  test('has no hidden secret in it, however it is spelled', () => {
    const { terminal, stdout, stderr } = fakeTerminal();
    terminal.hide(new Secret('hunter2"x'), new Secret('7777'));
    terminal.out('the secret is hunter2"x.');
    terminal.err(`Basic ${Buffer.from('id:hunter2"x').toString('base64')}`);
    terminal.json({ said: 'hunter2"x', deep: [{ of: 'x7777' }], n: 7777 });
    expect(stderr.raw() + stdout.raw()).not.toMatch(/hunter2|aHVudGVy|"x7777/);
    expect(JSON.parse(stdout.raw().split('\n')[1] ?? '')).toEqual({
      said: '[secret]',
      deep: [{ of: 'x[secret]' }],
      n: 7777,
    });
  });

  test('as JSON is cleaned too, and stays JSON', () => {
    const { terminal, stdout } = fakeTerminal();
    terminal.json({ name: `a${ESC}[2J\u202e"\nb`, gone: undefined });
    expect(stdout.raw()).toBe('{"name":"a\\"\\nb"}\n');
  });

  test('is dropped when nobody reads any more, and the other stream goes on', async () => {
    const { terminal, stdout, stderr } = fakeTerminal();
    terminal.out('one');
    stdout.stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    terminal.out('two');
    terminal.err('three');
    expect([stdout.raw(), stderr.raw()]).toEqual(['one\n', 'three\n']);
  });
});

describe('a line that is longer than the screen is wide', () => {
  const text = 'flow dev-EventOrchestrator Secure Flow in Genesys Cloud created (0.2 s)';
  const badge = { word: 'done    ', color: 'green' } as const;

  test.each([
    [40, 'done     flow dev-EventOrchestrator\n         Secure Flow in Genesys Cloud\n         created (0.2 s)\n'],
    [80, `done     ${text}\n`],
    [200, `done     ${text}\n`],
    [0, `done     ${text}\n`],
  ])('goes on below, at %d columns', (columns, expected) => {
    const { terminal, stderr } = fakeTerminal({ err: { isTTY: true, columns } });
    terminal.err(text, badge);
    expect(stderr.text()).toBe(expected);
  });

  test('stays one line in a pipe', () => {
    const { terminal, stdout, stderr } = fakeTerminal({ err: { columns: 40 }, out: { columns: 40 } });
    terminal.err(text, badge);
    terminal.out(text);
    expect([stderr.raw(), stdout.raw()]).toEqual([`done     ${text}\n`, `${text}\n`]);
  });
});

describe('the live line', () => {
  test.each([
    [40, utf8],
    [80, utf8],
    [200, utf8],
    [10, {}],
    [1, {}],
  ])('never wraps, at %d columns', async (columns, env) => {
    const { terminal, stderr } = fakeTerminal({ err: { isTTY: true, columns }, env });
    const line = await terminal.liveLine();
    line.show(`creating flow ${'Ünïcödé 東京 '.repeat(30)}\n${ESC}[2J`);
    line.hide();
    for (const drawn of stderr.text().split('\n')) expect([...drawn].length).toBeLessThan(Math.max(columns, 4));
    expect(stderr.raw()).not.toContain('[2J');
  });

  test.each([
    ['letters of the world', utf8, /^⠋ a$/m],
    ['ASCII only', {}, /^- a$/m],
  ])('is drawn with %s', async (_, env, expected) => {
    const { terminal, stderr } = fakeTerminal({ err: TTY, env, color: false });
    const line = await terminal.liveLine();
    line.show('a');
    line.hide();
    expect(stderr.text().trim()).toMatch(expected);
  });

  test('gives way to what is written, and is gone when it is hidden', async () => {
    const { terminal, stderr } = fakeTerminal({ err: TTY, color: false });
    const line = await terminal.liveLine();
    line.show('running');
    terminal.err('finished');
    line.hide();
    const drawn = stderr.raw().replaceAll(ESC, '^').split('finished\n');
    expect(drawn[0]).toMatch(/running.*\^\[K$/s);
    expect(drawn[1]).toMatch(/running.*\^\[K.*\^\[\?25h$/s);
  });
});
