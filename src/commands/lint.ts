import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ActionContract } from '../architect/lint/contracts.ts';
import type { Finding } from '../architect/lint/finding.ts';
import { lintFlow } from '../architect/lint/lint-flow.ts';
import { type Assets, assets } from '../assets.ts';
import { exitCode } from '../errors/setup-error.ts';
import { type Names, names } from '../names.ts';
import { readProblem } from '../settings/read-at-most.ts';
import { type SettingId, settingOf } from '../settings/table.ts';
import { countFindings, formatLint } from '../ui/format-lint.ts';
import type { Command } from './command.ts';
import type { Io } from './io.ts';
import { lintRendered } from './lint-own-flows.ts';
import { ownContracts, renderOwnFlows } from './own-flows.ts';

/** Checks flows, the three of the package where none are named, and says what is wrong where. Sends nothing. */
export const lint: Command = async ({ io, options, reporter }) => {
  const { files = [] } = options;
  const own = { assets: assets(io.root), names: defaultNames };
  const actions = await ownContracts(own);
  const found = files.length > 0 ? await lintFiles(files, actions, io) : await lintOwn(own, actions);
  const { flows, findings } = found;
  for (const finding of findings) reporter.data('finding', finding);
  reporter.show(formatLint(findings, flows));
  const counts = countFindings(findings);
  return { exit: counts.errors > 0 ? exitCode.usage : exitCode.done, flows, ...counts };
};

interface Found {
  readonly flows: number;
  readonly findings: readonly Finding[];
}

const byDefault = (id: SettingId): string => String(settingOf(id).default ?? '');

/** The names for the default settings; none that a flow holds depends on an account. */
const defaultNames: Names = names(
  {
    environment: byDefault('environment'),
    paymentPrefix: byDefault('paymentPrefix'),
    savePrefix: byDefault('savePrefix'),
    awsRegion: '',
    bucket: '',
  },
  { awsAccount: '', awsPartition: '' },
);

interface Own {
  readonly assets: Assets;
  readonly names: Names;
}

async function lintOwn(own: Own, actions: readonly ActionContract[]): Promise<Found> {
  const flows = await renderOwnFlows({ ...own, installation: '000000000000' });
  return { flows: Object.keys(flows).length, findings: lintRendered(flows, actions) };
}

async function lintFiles(files: readonly string[], actions: readonly ActionContract[], { cwd }: Io): Promise<Found> {
  const all: (readonly Finding[])[] = [];
  for (const file of files) {
    const text = await readText(resolve(cwd, file));
    all.push('unread' in text ? [unreadable(file, text.unread)] : lintFlow(text.read, file, { actions }));
  }
  return { flows: files.length, findings: all.flat() };
}

async function readText(path: string): Promise<{ readonly read: string } | { readonly unread: string }> {
  try {
    return { read: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)) };
  } catch (error) {
    return { unread: error instanceof TypeError ? 'it is not text in UTF-8' : readProblem(error) };
  }
}

const unreadable = (file: string, why: string): Finding => ({
  severity: 'error',
  rule: 'file',
  message: `the file cannot be checked: ${why}`,
  file,
  line: 1,
  column: 1,
  path: '/',
});
