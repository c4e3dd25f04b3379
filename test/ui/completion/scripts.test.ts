import { describe, expect, test } from 'vitest';
import { bashScript } from '../../../src/ui/completion/bash.ts';
import { fishScript } from '../../../src/ui/completion/fish.ts';
import { type CommandWords, groupsOf } from '../../../src/ui/completion/words.ts';
import { zshScript } from '../../../src/ui/completion/zsh.ts';

const commands: readonly CommandWords[] = [
  {
    name: 'go',
    description: "go where you'd like",
    options: [
      { flag: '--fast', description: 'no stops [none]' },
      { flag: '--to', description: 'where', argument: { name: 'place', optional: false, values: ['home', 'work'] } },
      { flag: '--map', description: 'a map', argument: { name: 'file', optional: false, values: [] } },
      { flag: '--for', description: 'how long', argument: { name: 'minutes', optional: true, values: [] } },
    ],
    takesFiles: false,
  },
  { name: 'make map', description: 'make a map', options: [], takesFiles: true },
  { name: 'make tea', description: 'make tea', options: [{ flag: '--hot', description: 'hot' }], takesFiles: false },
];
const groups = groupsOf(commands, { make: 'make something' });

test('commands of two words are gathered under their first', () => {
  expect(groups.map(({ word, description, members }) => [word, description, members.map((one) => one.word)])).toEqual([
    ['go', "go where you'd like", []],
    ['make', 'make something', ['map', 'tea']],
  ]);
});

describe('fish is told', () => {
  const lines = fishScript(groups);
  test.each([
    ['a command, with its quotation marks', String.raw`-n '__fish_use_subcommand' -a go -d 'go where you\'d like'`],
    ['an option', `-n '__fish_seen_subcommand_from go' -l fast -d 'no stops [none]'`],
    ['what an option can be', `-l to -d 'where' -x -a 'home work'`],
    ['that a file follows', `-l map -d 'a map' -r -F`],
    ['nothing of what may be left out', `-l for -d 'how long'`],
    ['a second word', `__fish_seen_subcommand_from make; and not __fish_seen_subcommand_from map tea' -a tea`],
    ['the options of a second word', `__fish_seen_subcommand_from make; and __fish_seen_subcommand_from tea' -l hot`],
    ['that files are named', `__fish_seen_subcommand_from make; and __fish_seen_subcommand_from map' -F`],
  ])('%s', (_, end) => {
    expect(lines.filter((line) => line.endsWith(end) || line.includes(`${end} `))).toHaveLength(1);
  });
});

describe('zsh is told', () => {
  const lines = zshScript(groups).map((line) => line.trim());
  test.each([
    ['a command, with its quotation marks', String.raw`'go:go where you'\''d like'`],
    ['an option, with its brackets', String.raw`'--fast[no stops \[none\]]' \ `.trim()],
    ['what an option can be', String.raw`'--to[where]:place:(home work)' \ `.trim()],
    ['that a file follows', String.raw`'--map[a map]:file:_files' \ `.trim()],
    ['what may be left out', `'--for[how long]::minutes: '`],
    ['where second words are', '_eo_setup_make() {'],
    ['that files are named', `'*:file:_files'`],
  ])('%s', (_, line) => {
    expect(lines).toContain(line);
  });
});

test('bash is told every word once where it may stand', () => {
  const script = bashScript(groups).join('\n');
  expect(script).toContain(String.raw`"") words=$'go\nmake' ;;`);
  expect(script).toContain(String.raw`"make") words=$'map\ntea' ;;`);
  expect(script).toContain(String.raw`"go") words=$'--fast\n--to\n--map\n--for' ;;`);
});
