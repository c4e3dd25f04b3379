import { type CommandWords, type Group, isPath, type OptionWord } from './words.ts';

/** What fish is told: one line for each word, with when it may stand. */
export const fishScript = (groups: readonly Group[]): readonly string[] => [
  '# Completion of eo-setup for fish: eo-setup completion fish > ~/.config/fish/completions/eo-setup.fish',
  'complete -c eo-setup -f',
  ...groups.flatMap((group) => [
    wordLine('__fish_use_subcommand', group.word, group.description),
    ...(group.alone ? commandLines(seen(group.word), group.alone) : []),
    ...memberLines(group),
  ]),
];

const seen = (...words: readonly string[]) => `__fish_seen_subcommand_from ${words.join(' ')}`;

function memberLines({ word, members }: Group): readonly string[] {
  const words = members.map((member) => member.word);
  return members.flatMap(({ word: second, command }) => [
    wordLine(`${seen(word)}; and not ${seen(...words)}`, second, command.description),
    ...commandLines(`${seen(word)}; and ${seen(second)}`, command),
  ]);
}

const wordLine = (when: string, word: string, description: string) =>
  `complete -c eo-setup -n ${quoted(when)} -a ${word} -d ${quoted(description)}`;

const commandLines = (when: string, { options, takesFiles }: CommandWords): readonly string[] => [
  ...options.map((option) => optionLine(when, option)),
  ...(takesFiles ? [`complete -c eo-setup -n ${quoted(when)} -F`] : []),
];

function optionLine(when: string, { flag, description, argument }: OptionWord): string {
  const line = `complete -c eo-setup -n ${quoted(when)} -l ${flag.slice(2)} -d ${quoted(description)}`;
  if (!argument) return line;
  if (isPath(argument)) return `${line} -r -F`;
  const values = argument.values.length > 0 ? ` -a ${quoted(argument.values.join(' '))}` : '';
  return argument.optional ? `${line}${values}` : `${line} -x${values}`;
}

const quoted = (text: string) => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
