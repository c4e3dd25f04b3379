import { Option } from 'commander';
import type { Setting } from '../settings/setting.ts';
import { settingsTable } from '../settings/table.ts';
import type { Command } from './command.ts';
import { number, pressed, principalArn, profileName, whole } from './parse-option.ts';
import {
  connection,
  deleteData,
  drain,
  dryRun,
  forceUnlock,
  only,
  overwriteEdits,
  parallel,
  place,
  recover,
  yes,
} from './shared-options.ts';

/** A command as the command line has it. */
export interface Declaration {
  readonly name: string;
  readonly description: string;
  readonly example: string;
  readonly settings: readonly Setting[];
  readonly options: readonly Option[];
  /** What the files are that may be named. */
  readonly files?: string;
  readonly load: () => Promise<Command>;
}

/** Of commands with two words, what the first one is about. */
export const groups: Readonly<Record<string, string>> = {
  bootstrap: 'make what an installation is signed in with',
  completion: 'print what a shell has to be told to complete commands and options',
};

/**
 * Every command, in the order in which help shows them: one is declared here and nowhere else. Options that several take
 * stand in `shared-options.ts`.
 */
export const declarations: readonly Declaration[] = [
  {
    name: 'install',
    description: 'install the solution, or bring it to what the settings say',
    example: 'eo-setup install --sandbox --yes',
    settings: settingsTable,
    options: [
      dryRun,
      new Option('--on-failure <what>', 'keep what was made, or roll it back (default: keep)').choices([
        'keep',
        'rollback',
      ]),
      new Option('--skip-verify', 'do not try out what was made before callers come in'),
      ...[yes, recover, parallel, deleteData, drain, overwriteEdits, forceUnlock],
      ...place,
    ],
    load: async () => (await import('./ask-and-install.ts')).askAndInstall,
  },
  {
    name: 'plan',
    description: 'show what install would do, and change nothing',
    example: 'eo-setup plan --exit-code',
    settings: settingsTable,
    options: [new Option('--exit-code', 'exit with 5 if there are changes'), ...place],
    load: async () => (await import('./plan.ts')).plan,
  },
  {
    name: 'doctor',
    description: 'check everything that install would, and change nothing',
    example: 'eo-setup doctor',
    settings: settingsTable,
    options: place,
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'status',
    description: 'read back every installed object and say how it is',
    example: 'eo-setup status',
    settings: connection,
    options: place,
    load: async () => (await import('./status.ts')).status,
  },
  {
    name: 'verify',
    description: 'try out the data actions and the trigger, as install does before callers come in',
    example: 'eo-setup verify --watch',
    settings: connection,
    options: [
      new Option('--watch [minutes]', 'then wait for a call, and for what it saves (default: 10)')
        .preset('10')
        .argParser(whole(1, 1_440)),
      ...place,
    ],
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'rollback',
    description: 'go back to what the last finished run left',
    example: 'eo-setup rollback',
    settings: [...connection, ...only('publisher', 'archyPath')],
    options: [yes, parallel, drain, overwriteEdits, forceUnlock, ...place],
    load: async () => (await import('./rollback.ts')).rollback,
  },
  {
    name: 'uninstall',
    description: 'take everything away again; a bucket that holds payments is kept',
    example: 'eo-setup uninstall --drain 0',
    settings: settingsTable,
    options: [yes, recover, deleteData, drain, parallel, forceUnlock, ...place],
    load: async () => (await import('./uninstall.ts')).uninstall,
  },
  {
    name: 'call',
    description: 'call the number that is installed in the sandbox, and see what comes of it',
    example: 'eo-setup call --keys 1 123456789',
    settings: only('environment'),
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
      new Option('--expect <what...>', 'what the call must bring about (default with --keys: stored)'),
      new Option('--script <file>', 'make all calls of a YAML file and print a table'),
      ...place,
    ],
    load: async () => (await import('./call.ts')).call,
  },
  {
    name: 'lint',
    description: 'check flows in Archy YAML, and say what is wrong where',
    example: 'eo-setup lint my-flow.yaml',
    settings: [],
    options: [],
    files: 'flows to check (default: the three of eo-setup, as they are published with default settings)',
    load: async () => (await import('./lint.ts')).lint,
  },
  {
    name: 'bootstrap genesys',
    description:
      'make the role and the OAuth client that an installation takes, with the credentials of an administrator',
    example: 'eo-setup bootstrap genesys --write-to installer.env',
    // Of an administrator, and the division that the client gets its role in.
    settings: only('gcProfile', 'genesysRegion', 'clientId', 'clientSecret', 'division'),
    options: [
      new Option(
        '--write-to <file>',
        'write id and secret to a new file that only you can read, instead of showing them',
      ),
      new Option(
        '--to-gc-profile <name>',
        'write them to a profile of the Genesys Cloud CLI (~/.gc/config.toml)',
      ).argParser(profileName),
      new Option('--new-secret', 'have another secret made for the client; the one that it has ends'),
      new Option('--remove', 'take role and client away again'),
      dryRun,
      yes,
      ...place,
    ],
    load: async () => (await import('./bootstrap-genesys.ts')).bootstrapGenesys,
  },
  {
    name: 'bootstrap aws',
    description: 'print the policy that an installation takes at AWS, with the least that does',
    example: 'eo-setup bootstrap aws --print > policy.json',
    // What names at AWS follow from.
    settings: only('awsRegion', 'awsProfile', 'environment', 'bucket', 'paymentPrefix', 'savePrefix'),
    options: [
      new Option('--print', 'print the policy as JSON, and nothing else on stdout'),
      new Option('--principal <arn>', 'the user or role that is to have it; nobody has to sign in then').argParser(
        principalArn,
      ),
      new Option('--delete-data', 'allow to delete the bucket with everything in it, too'),
      ...place,
    ],
    load: async () => (await import('./bootstrap-aws.ts')).bootstrapAws,
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
    load: async () => (await import('./sandbox.ts')).sandbox,
  },
  ...(['bash', 'zsh', 'fish'] as const).map((shell) => ({
    name: `completion ${shell}`,
    description: `print the completion for ${shell}`,
    example: {
      bash: 'source <(eo-setup completion bash)',
      zsh: 'eo-setup completion zsh > ~/.zfunc/_eo-setup',
      fish: 'eo-setup completion fish > ~/.config/fish/completions/eo-setup.fish',
    }[shell],
    settings: [],
    options: [],
    load: async () => (await import('./completion.ts')).completion(shell),
  })),
];
