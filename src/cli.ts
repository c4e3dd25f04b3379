import { Option, Command as Program } from 'commander';
import type { Command } from './commands/command.ts';
import { type Declaration, declarations, groups } from './commands/declarations.ts';
import type { Options } from './commands/options.ts';
import { common } from './commands/shared-options.ts';
import { exitCodesHelp } from './errors/exit-codes-help.ts';
import type { Setting } from './settings/setting.ts';

/** A command that was asked for, not loaded yet. */
export interface Chosen {
  readonly name: string;
  readonly options: Options;
  readonly load: () => Promise<Command>;
}

/** The commands and their options, declared; `choose` is told which one was asked for. */
export function createProgram(version: string, choose: (chosen: Chosen) => void): Program {
  const program = new Program('eo-setup')
    .description(
      'Installs an event orchestration solution into Genesys Cloud and AWS, shows it, and takes it away again.',
    )
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', `\n${firstCommands}`);
  for (const declaration of declarations) groupOf(program, declaration).addCommand(declare(declaration, choose));
  return program;
}

/** The command that another one is under: `bootstrap` for `bootstrap aws`. */
function groupOf(program: Program, { name, example }: Declaration): Program {
  const [group = '', member] = name.split(' ');
  if (member === undefined) return program;
  const known = program.commands.find((one) => one.name() === group);
  if (known) return known;
  const made = new Program(group)
    .description(groups[group] ?? '')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .addHelpText('before', `Example: ${example}\n`)
    .addHelpText('after', `\n${exitCodesHelp}`);
  program.addCommand(made);
  return made;
}

/** What a newcomer should try, in this order. */
export const firstCommands = [
  'Begin with:',
  '  eo-setup install --sandbox   see it all work, without any account',
  '  eo-setup status              every object that is installed',
  '  eo-setup uninstall           take everything away again',
].join('\n');

function declare(
  { name, description, example, settings, options, files, load }: Declaration,
  choose: (chosen: Chosen) => void,
) {
  const command = new Program(name.split(' ').at(-1))
    .description(description)
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'show help')
    .addHelpText('before', `Example: ${example}\n`)
    .addHelpText('after', `\n${exitCodesHelp}`);
  const flagOf = ({ flag, argument, implied }: Setting) =>
    new Option(implied === undefined ? `--${flag} <${argument}>` : `--${flag} [${argument}]`);
  for (const setting of settings) {
    const option = flagOf(setting);
    option.description = descriptionOf(setting);
    command.addOption(option);
  }
  for (const option of [...options, ...common]) command.addOption(option);
  if (files !== undefined) command.argument('[files...]', files);
  return command.action(() => {
    const given: Readonly<Record<string, unknown>> = command.opts();
    const flags = settings.map((setting) => {
      const value = given[flagOf(setting).attributeName()];
      return [setting.id, value === true ? setting.implied : value];
    });
    // Commander's own types end at the action; every parser above gives what `Options` says.
    choose({ name, load, options: { ...given, files: command.args, flags: Object.fromEntries(flags) } as Options });
  });
}

const descriptionOf = ({ description, variables, default: byDefault }: Setting): string =>
  [description, byDefault === undefined ? '' : `(default: ${byDefault})`, `[${variables[0]}]`]
    .filter((part) => part !== '')
    .join(' ');
