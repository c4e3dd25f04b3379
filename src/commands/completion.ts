import type { Option } from 'commander';
import { exitCode } from '../errors/setup-error.ts';
import type { Setting } from '../settings/setting.ts';
import { bashScript } from '../ui/completion/bash.ts';
import { fishScript } from '../ui/completion/fish.ts';
import { type CommandWords, groupsOf, type OptionWord } from '../ui/completion/words.ts';
import { zshScript } from '../ui/completion/zsh.ts';
import type { Command } from './command.ts';
import { type Declaration, declarations, groups } from './declarations.ts';
import { common } from './shared-options.ts';

const scripts = { bash: bashScript, fish: fishScript, zsh: zshScript };

/** Prints what a shell has to be told to complete our commands and options. */
export const completion =
  (shell: keyof typeof scripts): Command =>
  async ({ reporter }) => {
    const script = scripts[shell](groupsOf(declarations.map(wordsOf), groups));
    reporter.show(script);
    return { exit: exitCode.done, script: script.join('\n') };
  };

const wordsOf = ({ name, description, settings, options, files }: Declaration): CommandWords => ({
  name,
  description,
  options: [...settings.map(ofSetting), ...[...options, ...common].map(ofOption)],
  takesFiles: files !== undefined,
});

const ofSetting = ({ flag, description, argument, implied, choices = [] }: Setting): OptionWord => ({
  flag: `--${flag}`,
  description,
  argument: { name: argument, optional: implied !== undefined, values: choices },
});

function ofOption({ long, flags, description, required, optional, argChoices = [] }: Option): OptionWord {
  const flag = long ?? flags;
  if (!required && !optional) return { flag, description };
  const name = /[<[]([a-z]+)/.exec(flags)?.[1] ?? 'value';
  return { flag, description, argument: { name, optional, values: argChoices } };
}
