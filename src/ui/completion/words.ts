/** An option, as far as a shell needs to know it. */
export interface OptionWord {
  /** With its hyphens: `--did-start`. */
  readonly flag: string;
  readonly description: string;
  /** What follows it; undefined where nothing does. */
  readonly argument?: {
    readonly name: string;
    /** Whether it may be left out. */
    readonly optional: boolean;
    /** Everything that it can be; empty where that cannot be listed. */
    readonly values: readonly string[];
  };
}

/** A command, as far as a shell needs to know it. */
export interface CommandWords {
  /** One word, or two: `install`, `bootstrap aws`. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWord[];
  /** Whether files are named after it. */
  readonly takesFiles: boolean;
}

/** The commands that begin with one word. */
export interface Group {
  readonly word: string;
  readonly description: string;
  /** The command itself, where one word is all there is to it. */
  readonly alone?: CommandWords | undefined;
  /** The second words. */
  readonly members: readonly { readonly word: string; readonly command: CommandWords }[];
}

/** Commands by their first word, in their order. */
export function groupsOf(
  commands: readonly CommandWords[],
  descriptions: Readonly<Record<string, string>>,
): readonly Group[] {
  const split = commands.map((command) => ({ command, words: command.name.split(' ') }));
  const firsts = [...new Set(split.map(({ words }) => words[0] ?? ''))];
  return firsts.map((word) => {
    const own = split.filter(({ words }) => words[0] === word);
    const alone = own.find(({ words }) => words.length === 1)?.command;
    const members = own.flatMap(({ command, words }) => (words[1] === undefined ? [] : [{ word: words[1], command }]));
    return { word, description: alone?.description ?? descriptions[word] ?? '', alone, members };
  });
}

/** Where an argument names a file or a folder, the shell knows best what there is. */
export const isPath = (argument: NonNullable<OptionWord['argument']>): boolean =>
  argument.name === 'file' || argument.name === 'folder' || argument.name === 'path';
