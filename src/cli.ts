import { Option, Command as Program } from 'commander';
import type { Command } from './commands/command.ts';
import type { Options } from './commands/options.ts';
import { number, pressed, whole } from './commands/parse-option.ts';
import { exitCodesHelp } from './errors/exit-codes-help.ts';
import type { Setting } from './settings/setting.ts';
import { type SettingId, settingsTable } from './settings/table.ts';

/** A command that was asked for, not loaded yet. */
export interface Chosen {
  readonly name: string;
  readonly options: Options;
  readonly load: () => Promise<Command>;
}

interface Declaration {
  readonly name: string;
  readonly description: string;
  readonly example: string;
  readonly settings: readonly Setting[];
  readonly options: readonly Option[];
  /** What the files are that may be named. */
  readonly files?: string;
  readonly load: () => Promise<Command>;
}

const CONNECTION: readonly SettingId[] = [
  'genesysRegion',
  'clientId',
  'clientSecret',
  'awsRegion',
  'awsProfile',
  'environment',
];
const connection = settingsTable.filter(({ id }) => CONNECTION.includes(id));

const yes = new Option('--yes', 'answer confirmations with yes');
const recover = new Option('--recover', 'without a state file, take up what carries the mark of this installation');
const parallel = new Option('--parallel <n>', 'how many steps at a time (default: 8)').argParser(whole(1, 32));
const drain = new Option(
  '--drain <seconds>',
  'how long calls that are on the line may go on once no new ones come in (default: 60)',
).argParser(whole(0, 3_600));
const deleteData = new Option('--delete-data', 'delete the bucket with everything in it');

const common: readonly Option[] = [
  new Option('--json', 'write events and the result to stdout as JSON, one a line'),
  new Option('--no-input', 'never ask; fail where an answer is missing'),
  new Option('--no-color', 'no colours'),
  new Option('--accessible', 'no spinner and nothing redrawn'),
  new Option('--debug', 'show where errors come from'),
];
const place: readonly Option[] = [
  new Option('--config <file>', 'file of settings (default: eo-setup.yaml, if it is there)'),
  new Option('--state-dir <folder>', 'folder of the state (default: .eo-setup)'),
  new Option('--sandbox [url]', 'work in the embedded sandbox, or in the one that is served at this address'),
  new Option('--sandbox-profile <name>', 'how slow the embedded sandbox is: instant, realistic, or a JSON file'),
];

const declarations: readonly Declaration[] = [
  {
    name: 'install',
    description: 'install the solution, or bring it to what the settings say',
    example: 'eo-setup install --sandbox --yes',
    settings: settingsTable,
    options: [
      new Option('--dry-run', 'show the plan and change nothing'),
      new Option('--on-failure <what>', 'keep what was made, or roll it back (default: keep)').choices([
        'keep',
        'rollback',
      ]),
      ...[yes, recover, parallel, deleteData, drain],
      ...place,
    ],
    load: async () => (await import('./commands/ask-and-install.ts')).askAndInstall,
  },
  {
    name: 'plan',
    description: 'show what install would do, and change nothing',
    example: 'eo-setup plan --exit-code',
    settings: settingsTable,
    options: [new Option('--exit-code', 'exit with 5 if there are changes'), ...place],
    load: async () => (await import('./commands/plan.ts')).plan,
  },
  {
    name: 'doctor',
    description: 'check everything that install would, and change nothing',
    example: 'eo-setup doctor',
    settings: settingsTable,
    options: place,
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'status',
    description: 'read back every installed object and say how it is',
    example: 'eo-setup status',
    settings: connection,
    options: place,
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    name: 'rollback',
    description: 'go back to what the last finished run left',
    example: 'eo-setup rollback',
    settings: connection,
    options: [yes, parallel, drain, ...place],
    load: async () => (await import('./commands/rollback.ts')).rollback,
  },
  {
    name: 'uninstall',
    description: 'take everything away again; a bucket that holds payments is kept',
    example: 'eo-setup uninstall --drain 0',
    settings: settingsTable,
    options: [yes, recover, deleteData, drain, parallel, ...place],
    load: async () => (await import('./commands/uninstall.ts')).uninstall,
  },
  {
    name: 'call',
    description: 'call the number that is installed in the sandbox, and see what comes of it',
    example: 'eo-setup call --keys 1 123456789',
    settings: settingsTable.filter(({ id }) => id === 'environment'),
    options: [
      new Option('--keys <keys...>', 'what the caller presses, group by group; . is silence, ! hangs up').argParser(
        pressed,
      ),
      new Option('--hang-up-after <n>', 'hang up once so many keys were pressed').argParser(whole(0, 1_000)),
      new Option('--from <number>', 'the number that calls, or anonymous').argParser((text) =>
        text === 'anonymous' ? text : number(text),
      ),
      new Option('--to <number>', 'the number that is called (default: the installed one)').argParser(number),
      new Option('--events <n>', 'how often the event of the end of the call is sent (default: 1)').argParser(
        whole(0, 10),
      ),
      new Option('--expect <what...>', 'what the call must bring about (default: stored)'),
      new Option('--script <file>', 'make all calls of a YAML file and print a table'),
      ...place,
    ],
    load: async () => (await import('./commands/call.ts')).call,
  },
  {
    name: 'lint',
    description: 'check flows in Archy YAML, and say what is wrong where',
    example: 'eo-setup lint my-flow.yaml',
    settings: [],
    options: [],
    files: 'flows to check (default: the three of eo-setup, as they are published with default settings)',
    load: async () => (await import('./commands/lint.ts')).lint,
  },
  {
    name: 'sandbox',
    description: 'serve the sandbox for several commands and for other programs',
    example: 'eo-setup sandbox --port 4566',
    settings: [],
    options: [
      new Option('--port <port>', 'port on 127.0.0.1 (default: 4566)').argParser(whole(0, 65_535)),
      ...place.filter(({ long }) => long === '--state-dir' || long === '--sandbox-profile'),
    ],
    load: async () => (await import('./commands/sandbox.ts')).sandbox,
  },
];

/** The commands and their options, declared; `choose` is told which one was asked for. */
export function createProgram(version: string, choose: (chosen: Chosen) => void): Program {
  const program = new Program('eo-setup')
    .description(
      'Installs an event orchestration solution into Genesys Cloud and AWS, shows it, and takes it away again.',
    )
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', `\n${firstCommands}`);
  for (const declaration of declarations) program.addCommand(declare(declaration, choose));
  return program;
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
  const command = new Program(name)
    .description(description)
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'show help')
    .addHelpText('before', `Example: ${example}\n`)
    .addHelpText('after', `\n${exitCodesHelp}`);
  const flagOf = ({ flag, argument, implied }: Setting) =>
    implied === undefined
      ? new Option(`--${flag} <${argument}>`)
      : new Option(`--${flag} [${argument}]`).preset(implied);
  for (const setting of settings) {
    const option = flagOf(setting);
    option.description = descriptionOf(setting);
    command.addOption(option);
  }
  for (const option of [...options, ...common]) command.addOption(option);
  if (files !== undefined) command.argument('[files...]', files);
  return command.action(() => {
    const given: Readonly<Record<string, unknown>> = command.opts();
    const flags = settings.map((setting) => [setting.id, given[flagOf(setting).attributeName()]]);
    // Commander's own types end at the action; every parser above gives what `Options` says.
    choose({ name, load, options: { ...given, files: command.args, flags: Object.fromEntries(flags) } as Options });
  });
}

const descriptionOf = ({ description, variables, default: byDefault }: Setting): string =>
  [description, byDefault === undefined ? '' : `(default: ${byDefault})`, `[${variables[0]}]`]
    .filter((part) => part !== '')
    .join(' ');
