import { type CommandWords, type Group, isPath, type OptionWord } from './words.ts';

/** What bash is told: a function that finds out the command, then what may stand where the cursor is. */
export function bashScript(groups: readonly Group[]): readonly string[] {
  const commands = groups.flatMap(({ alone, members }) => [
    ...(alone ? [alone] : []),
    ...members.map(({ command }) => command),
  ]);
  return [
    '# Completion of eo-setup for bash. In ~/.bashrc: source <(eo-setup completion bash)',
    '_eo_setup() {',
    String.raw`  local IFS=$'\n' command="" words="" i`,
    `  local current="${word('COMP_CWORD')}" previous="${word('COMP_CWORD-1')}"`,
    // bash takes an equals sign for a word of its own.
    '  if [ "$current" = "=" ]; then current=""',
    `  elif [ "$previous" = "=" ]; then previous="${word('COMP_CWORD-2')}"; fi`,
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    `    case "$command:${word('i')}" in`,
    ...groups.flatMap(({ word: first, members }) => [
      `      ":${first}") command="${first}" ;;`,
      ...members.map(({ word: second }) => `      "${first}:${second}") command="${first} ${second}" ;;`),
    ]),
    '    esac',
    '  done',
    '  case "$command:$previous" in',
    ...commands.flatMap((command) => command.options.flatMap((option) => valuesOf(command, option))),
    '  esac',
    '  case "$command" in',
    `    "") words=${quoted(groups.map((group) => group.word))} ;;`,
    ...groups
      .filter(({ members }) => members.length > 0)
      .map((group) => `    "${group.word}") words=${quoted(group.members.map((member) => member.word))} ;;`),
    ...commands.map(({ name, options }) => `    "${name}") words=${quoted(options.map(({ flag }) => flag))} ;;`),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    ...commands
      .filter(({ takesFiles }) => takesFiles)
      .map(({ name }) => `  [ "$command" = "${name}" ] && COMPREPLY+=($(compgen -f -- "$current"))`),
    '}',
    'complete -o filenames -F _eo_setup eo-setup',
  ];
}

/** What may follow an option. Where an argument may be left out, the next word may as well be another option. */
function valuesOf({ name }: CommandWords, { flag, argument }: OptionWord): readonly string[] {
  if (!argument) return [];
  const at = `    "${name}:${flag}")`;
  if (isPath(argument)) return [`${at} COMPREPLY=($(compgen -f -- "$current")); return ;;`];
  if (argument.values.length > 0)
    return [`${at} COMPREPLY=($(compgen -W ${quoted(argument.values)} -- "$current")); return ;;`];
  return argument.optional ? [] : [`${at} return ;;`];
}

/** One of the words that were typed so far. */
const word = (index: string) => `\${COMP_WORDS[${index}]}`;

const quoted = (words: readonly string[]) => `$'${words.join('\\n')}'`;
