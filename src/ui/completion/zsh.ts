import { type CommandWords, type Group, isPath, type OptionWord } from './words.ts';

/** What zsh is told: a function for all of it, and one for each first word that has second words. */
export const zshScript = (groups: readonly Group[]): readonly string[] => [
  '#compdef eo-setup',
  '# Completion of eo-setup for zsh: eo-setup completion zsh > ~/.zfunc/_eo-setup, with ~/.zfunc in $fpath before compinit',
  ...dispatcher(
    '_eo_setup',
    groups.map(({ word, description, alone, members }) => ({
      word,
      description,
      then: members.length > 0 ? [`_eo_setup_${word}`] : specs(alone),
    })),
  ),
  ...groups.flatMap(({ word, members }) =>
    members.length === 0
      ? []
      : dispatcher(
          `_eo_setup_${word}`,
          members.map(({ word: second, command }) => ({
            word: second,
            description: command.description,
            then: specs(command),
          })),
        ),
  ),
  // Loaded by hand it has to be made known; as a file of $fpath it is called at once.
  'if [ "$funcstack[1]" = "_eo-setup" ]; then _eo_setup "$@"; else compdef _eo_setup eo-setup; fi',
];

interface Choice {
  readonly word: string;
  readonly description: string;
  /** What is done once it stands there. */
  readonly then: readonly string[];
}

const dispatcher = (name: string, choices: readonly Choice[]): readonly string[] => [
  `${name}() {`,
  '  local curcontext="$curcontext" state line',
  '  local -a choices',
  "  _arguments -C '1: :->first' '*:: :->rest'",
  '  case $state in',
  '    first)',
  '      choices=(',
  ...choices.map(({ word, description }) => `        ${quoted(`${word}:${description}`)}`),
  '      )',
  "      _describe 'command' choices ;;",
  '    rest)',
  '      case $words[1] in',
  ...choices.flatMap(({ word, then }) => [
    `        ${word})`,
    ...then.map((line) => `          ${line}`),
    '          ;;',
  ]),
  '      esac ;;',
  '  esac',
  '}',
];

function specs(command: CommandWords | undefined): readonly string[] {
  const lines = [...(command?.options ?? []).map(specOf), ...(command?.takesFiles ? ["'*:file:_files'"] : [])];
  return ['_arguments \\', ...lines.map((line, n) => `  ${line}${n < lines.length - 1 ? ' \\' : ''}`)];
}

function specOf({ flag, description, argument }: OptionWord): string {
  const said = description.replace(/[[\]\\]/g, String.raw`\$&`);
  if (!argument) return quoted(`${flag}[${said}]`);
  const values = argument.values.length > 0 ? `(${argument.values.join(' ')})` : ' ';
  const action = isPath(argument) ? '_files' : values;
  return quoted(`${flag}[${said}]${argument.optional ? '::' : ':'}${argument.name}:${action}`);
}

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
