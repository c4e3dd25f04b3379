import { describe, expect, test } from 'vitest';
import { readEnd, versionIn } from '../../src/clients/archy-results.ts';
import { redactor, Secret } from '../../src/clients/redact.ts';

const redact = redactor(() => [new Secret('hunter2-hunter2')]);
const results = (status: string, traces: readonly object[] = [], more: object = {}) =>
  JSON.stringify({ version: '2.43.2', command: 'publish', status, exitCode: 0, output: { traces }, ...more });
const error = (text: string) => ({ text, type: 'error', dateTime: '2026-01-01T00:00:00Z' });
const read = (exit: number | undefined, said: string, text: string | undefined) =>
  readEnd({ exit, said, results: text }, redact);

describe('Archy has published', () => {
  test.each<[string, string]>([
    ['where code, status and traces say so', results('success')],
    ['with a warning', results('success', [{ text: 'a variable is not used', type: 'warning' }])],
    ['where there are no traces at all', JSON.stringify({ status: 'success' })],
  ])('%s', (_, text) => {
    expect(read(0, 'exit code: 0', text)).toEqual({ isPublished: true, exit: 0, problems: [] });
  });
});

describe('Archy has not published', () => {
  test.each<[string, number | undefined, string | undefined, number | undefined]>([
    ['with another exit code, whatever the results say', 101, results('success'), 101],
    ['with an exit code of a warning', 1, results('success'), 1],
    ['without results', 0, undefined, 0],
    ['with results that are no JSON', 0, '{"status": "succ', 0],
    ['with results of another form', 0, '{"status": 7}', 0],
    ['with results that are no object', 0, 'null', 0],
    ['with results that are too long', 0, JSON.stringify({ status: 'success', padding: 'x'.repeat(1_000_001) }), 0],
    ['with another status', 0, results('failure'), 0],
    ['with another code in the results', 0, results('success', [], { exitCode: 107 }), 107],
    ['where something ended it', undefined, undefined, undefined],
  ])('%s', (_, exit, text, expected) => {
    expect(read(exit, '', text)).toMatchObject({ isPublished: false, exit: expected });
  });

  test('with an error in the traces, though the code is 0', () => {
    const problem = "expected a object but got null ('initialGreeting' … '/inboundCall')";
    expect(read(0, '', results('success', [error(problem)]))).toEqual({
      isPublished: false,
      exit: 0,
      problems: [problem],
    });
  });
});

describe('what Archy calls errors', () => {
  test('is taken from the traces, in order, without what only follows from it', () => {
    const text = results('failure', [error('no matches'), error('setting the Archy exit code'), error('no matches')]);
    expect(read(101, '- ERROR! something else -- [X]', text).problems).toEqual(['no matches']);
  });

  test('is taken from what it printed where there are no traces', () => {
    const said = [
      'flow name: Main',
      "- ERROR! did not find a text to speech voice with the name 'Jill' -- [ArchyPublisher]",
      'ERROR! Architect Scripting errors were found -- [ArchSession]',
      'ending the Session',
    ].join('\n');
    expect(read(101, said, undefined).problems).toEqual(["did not find a text to speech voice with the name 'Jill'"]);
  });

  test('holds neither a secret nor anything that steers a terminal, and is one line each, and not too many', () => {
    const many = Array.from({ length: 30 }, (_, n) => error(`problem ${n}`));
    const odd = error('client_secret=abc hunter2-hunter2 hunter2-\u001b[31mhunter2 \u202eeman\nnext\u0007');
    const { problems } = read(101, '', results('failure', [odd, ...many]));
    expect(problems[0]).toBe('client_secret=[secret] [secret] [secret] eman next');
    expect(problems).toHaveLength(10);
  });
});

test.each<[string, string | undefined]>([
  ['2.43.2', '2.43.2'],
  ['archy version: 2.43.2\nexit code: 0', '2.43.2'],
  ['Archy v2.10.0-beta', '2.10.0'],
  ['archy 10.0.1', '10.0.1'],
  ['archy 0.3.1', undefined],
  ['1.0.0', undefined],
  ['├── a\n└── b', undefined],
  ['', undefined],
])('of %j the version of Archy is %j', (said, version) => {
  expect(versionIn(said)).toBe(version);
});
