import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SEED } from '../../src/sandbox/seed.ts';
import { variablesFor } from '../../src/sandbox/variables.ts';
import { ownFunctions } from '../support/functions.ts';
import { bin, type PtyProgram, startAtTerminal } from '../support/pty.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';

const ENTER = '\r';
const ESC = '\u001b';
const CTRL_C = '\u0003';
const DOWN = '\u001b[B';
const ONE_LEFT = 'us-east-1 Type to search.';

let sandbox: TestSandbox;
let folder = '';
let running: PtyProgram[] = [];
beforeEach(async () => {
  sandbox = await openTestSandbox({ functions: ownFunctions });
  folder = mkdtempSync(join(tmpdir(), 'eo-wizard-'));
});
afterEach(async () => {
  await Promise.all(running.map(({ stop }) => stop()));
  running = [];
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The keys to AWS and the addresses of the sandbox: what a person has set up before. */
function prepared() {
  const all = Object.entries(variablesFor(sandbox.origin));
  return Object.fromEntries(all.filter(([name]) => !/^GENESYSCLOUD_(REGION|OAUTH)|^AWS_REGION$/.test(name)));
}

function start(
  argv: readonly string[],
  more: Readonly<Record<string, string | undefined>> = {},
  columns = 80,
): PtyProgram {
  const program = startAtTerminal(argv, { cwd: folder, env: { ...prepared(), ...more }, columns });
  running.push(program);
  return program;
}

/** Numbers of a pool that nothing answers. */
function ownNumbers(first: string, last: string) {
  const pool = { id: 'pool', name: 'Numbers', startPhoneNumber: first, endPhoneNumber: last, version: 1 };
  const made = { createdBy: SEED.clientId, createdAt: 0, modifiedAt: 0, division: { id: SEED.homeDivisionId } };
  sandbox.world.put('did-pools', 'pool', { ...pool, ...made, provider: 'PURE_CLOUD_VOICE' });
}

/** The words of the command that does the same without questions. */
function printed({ text }: PtyProgram): readonly string[] {
  const [, command = ''] = /OAUTHCLIENT_SECRET:\s+eo-setup ([\s\S]*?)\r\n\r\n/.exec(text()) ?? [];
  return [...command.replace(/\s*\r\n\s*/g, '').matchAll(/'([^']*)'|(\S+)/g)].map(([, a, b]) => a ?? b ?? '');
}

/** The lines of JSON that `plan` writes for somebody who has no state. */
async function planned(argv: readonly string[], cwd: string): Promise<string> {
  const env = { ...prepared(), PATH: process.env['PATH'], GENESYSCLOUD_OAUTHCLIENT_SECRET: SEED.clientSecret };
  const whole = [bin, 'plan', '--json', '--state-dir', 'nowhere', ...argv];
  return (await promisify(execFile)(process.execPath, whole, { cwd, env })).stdout;
}

/** Everything up to the environment, answered right at once. */
async function signIn({ answers, sees }: PtyProgram) {
  await answers('Which region is your Genesys Cloud organization in?', 'us-east-1');
  await answers(ONE_LEFT, ENTER);
  await answers('What is the id of the OAuth client?', `${SEED.clientId}${ENTER}`);
  await answers('What is the secret of the OAuth client?', `${SEED.clientSecret}${ENTER}`);
  await sees(`Signed in to Genesys Cloud: ${SEED.organizationName}`);
  await answers('Which AWS region? (us-east-1, as Genesys Cloud)', ENTER);
  await sees(`Signed in to AWS: account ${SEED.account}`);
}

test('from nothing but a terminal to an installation, with mistakes on the way', async () => {
  const program = start(['install']);
  const { answers, sees } = program;
  await sees('Nothing is changed before you have seen the plan');
  await answers('Which region is your Genesys Cloud organization in?', 'zurich');
  await answers('EMEA (Zurich) eu-central-2 Type to search.', ENTER);
  await answers('What is the id of the OAuth client?', ESC);
  await answers('Which region is your Genesys Cloud organization in?', 'us-east-1');
  await answers(ONE_LEFT, ENTER);
  await answers('What is the id of the OAuth client?', `nonsense${ENTER}`);
  await answers('32 hex digits in five groups', `\u0015${SEED.clientId}${ENTER}`);
  await answers('What is the secret of the OAuth client?', `Wrong-Secret-1${ENTER}`);
  await sees('the secret does not belong to this OAuth client');
  await answers('What is the secret of the OAuth client?', `${SEED.clientSecret}${ENTER}`);
  await sees(`Signed in to Genesys Cloud: ${SEED.organizationName}`);
  await answers('Which AWS region? (us-east-1, as Genesys Cloud)', ENTER);
  await sees(`Signed in to AWS: account ${SEED.account}`);
  await answers('What is the environment called? (dev, default)', ENTER);
  await answers(`(dev-eo-${SEED.account}-us-east-1-an, default)`, ENTER);
  await answers('What should the bucket be tagged with?', ENTER);
  await answers('Which number do callers dial', ` +1 (720) 555-0100 ${ENTER}`);
  await answers('Which is the last number of the range? (+17205550100, default)', ENTER);
  await answers('Who provides the numbers?', ENTER);
  await answers('Is there more to set', ENTER);
  await answers('Save the answers to eo-setup.yaml', `y${ENTER}`);
  await sees('The same without questions');
  await sees(
    `install --genesys-region us-east-1 --client-id ${SEED.clientId} --aws-region us-east-1 --did-start +17205550100`,
  );
  await sees('+17205550100 (your answer)');
  await sees('calls to +17205550100 are answered with "Welcome to Cloud Store"');
  await answers('Go ahead (21 to create)?', ENTER);
  await sees('Saved the answers to eo-setup.yaml.');
  await sees('Installed.');
  expect(await program.ended).toBe(0);
  expect(sandbox.world.list('ivrs')).toHaveLength(1);
  expect(program.text()).toMatch(/environment +dev +\(default\)/);
  const file = readFileSync(join(folder, 'eo-setup.yaml'), 'utf8');
  expect(file).toContain('did-start: "+17205550100"');
  for (const secret of [SEED.clientSecret, 'Wrong-Secret-1']) expect(program.text() + file).not.toContain(secret);
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  const plans = await Promise.all([planned([], folder), planned(printed(program).slice(1), elsewhere)]);
  expect(plans[0]).toMatch(/^{"type":"plan".*"name":"dev-Event Orchestration IVR"/m);
  expect(plans[1]).toBe(plans[0]);
});

test('the values of the last run are kept with one key, and only the secret is asked for', async () => {
  ownNumbers('+13175550100', '+13175550102');
  const secret = { GENESYSCLOUD_OAUTHCLIENT_SECRET: SEED.clientSecret };
  const place = ['--genesys-region', 'us-east-1', '--client-id', SEED.clientId, '--aws-region', 'us-east-1'];
  const first = start(['install', '--yes', ...place, '--did-start', '+13175550100'], secret);
  expect(await first.ended).toBe(0);
  const again = start(['install']);
  await again.answers('There was a run here before. What about its values?', ENTER);
  await again.answers('What is the secret of the OAuth client?', `${SEED.clientSecret}${ENTER}`);
  await again.sees('No changes. 21 objects were checked.');
  expect(await again.ended).toBe(0);
});

describe('numbers', () => {
  test('that are free are offered, and what somebody has is refused', async () => {
    ownNumbers('+13175550100', '+13175550102');
    sandbox.world.put('ivrs', 'theirs', {
      ...{ id: 'theirs', name: 'Support', dnis: ['+13175550101'], version: 1, state: 'active' },
      ...{ division: { id: SEED.homeDivisionId }, createdAt: 0, modifiedAt: 0, createdBy: SEED.clientId },
    });
    const program = start(['install', '--dry-run']);
    await signIn(program);
    const { answers, sees } = program;
    await answers('What is the environment called?', `test${ENTER}`);
    await answers(`test-eo-${SEED.account}-us-east-1-an`, ENTER);
    await answers('What should the bucket be tagged with?', ENTER);
    await sees('Which number do callers dial? These are free.');
    await answers('+13175550100', `${DOWN}${DOWN}${ENTER}`);
    await answers('(the first of a range)?', `+1 317 555-0101${ENTER}`);
    await answers('+13175550101 belongs to the IVR "Support"', `\u0015+13175550102${ENTER}`);
    await answers('Which is the last number of the range?', ENTER);
    await answers('Is there more to set', ENTER);
    expect(await program.ended).toBe(0);
    expect(program.text()).toContain('calls to +13175550102 are answered');
  });
});

test('the printed command makes the same plan to the byte', async () => {
  const program = start(['install', '--dry-run']);
  await signIn(program);
  const { answers } = program;
  await answers('What is the environment called?', `test${ENTER}`);
  await answers('What should the bucket be called?', `cloud-store-payments${ENTER}`);
  await answers('What should the bucket be tagged with?', `Paid and done${ENTER}`);
  await answers('Which number do callers dial', `+13175550100${ENTER}`);
  await answers('Which is the last number of the range?', `+13175550103${ENTER}`);
  await answers('Who provides the numbers?', `${DOWN}${ENTER}`);
  await answers('Is there more to set', `y${ENTER}`);
  await answers('Which division', ENTER);
  await answers('Which runtime', ENTER);
  await answers('For how many days', `31${ENTER}`);
  await answers('Use a number of days that CloudWatch knows', `\u001560${ENTER}`);
  await answers('How many seconds after a call', `60${ENTER}`);
  await answers('Is the card number passed as secure data?', ENTER);
  await answers('Which prefix for what makes', `pay${ENTER}`);
  await answers('Which prefix for what saves', `pay${ENTER}`);
  await answers('are the same prefix', `\u0015keep${ENTER}`);
  expect(await program.ended).toBe(0);
  const same = start(printed(program), { GENESYSCLOUD_OAUTHCLIENT_SECRET: SEED.clientSecret });
  expect(await same.ended).toBe(0);
  const planOf = ({ text }: PtyProgram) => text().slice(text().indexOf('Plan:'));
  expect(planOf(same)).toBe(planOf(program));
  expect(planOf(same)).toContain('test-keep-lambda');
});

test('without redrawing, at 40 columns, choices are numbered and nothing steers the terminal', async () => {
  const program = start(['install', '--accessible'], {}, 40);
  const { answers, sees } = program;
  await answers('Number from 1 to 18:', 'perhaps\r');
  await answers('Type a number from 1 to 18:', '1\r');
  await answers('What is the id of the OAuth client?', '<\r');
  await answers('Number from 1 to 18 (1, your answer):', '\r');
  await answers('What is the id of the OAuth client?', `${SEED.clientId}\r`);
  await answers('What is the secret of the OAuth client? (it is not shown):', `${SEED.clientSecret}\r`);
  await answers('Which AWS region? (us-east-1, as Genesys Cloud):', '\r');
  await answers('What is the environment called? (dev, default):', 'Prod!\r');
  await answers('Use 1 to 24 lower-case letters', 'dev\r');
  await answers('What should the bucket be called?', '\r');
  await answers('What should the bucket be tagged with?', '\r');
  await answers('Which number do callers dial', '+13175550100\r');
  await answers('Which is the last number', '\r');
  await answers('2. A carrier of your own, BYOC (PURE_CLOUD)', '1\r');
  await answers('Number from 1 to 2 (2):', '\r');
  await answers('Number from 1 to 2 (2):', '\r');
  await answers('Go ahead (21 to create)? (Y/n)', 'n\r');
  await sees('Nothing was changed');
  expect(await program.ended).toBe(8);
  expect(program.raw().replaceAll('\u001b[31m', '').replaceAll('\u001b[39m', '')).not.toContain('\u001b');
  expect(program.text()).not.toContain(SEED.clientSecret);
  expect(sandbox.world.list('buckets')).toEqual([]);
});

test('a profile that is of no use is asked for again, and the region is that of the profile', async () => {
  mkdirSync(join(folder, '.aws'));
  const keys = `aws_access_key_id = ${SEED.accessKeyId}\naws_secret_access_key =`;
  const credentials = `[broken]\n${keys} wrong-secret-access-key\n[good]\n${keys} ${SEED.secretAccessKey}\n`;
  writeFileSync(join(folder, '.aws', 'credentials'), credentials);
  writeFileSync(join(folder, '.aws', 'config'), '[profile good]\nregion = eu-west-1\n');
  const { GENESYSCLOUD_REGION, GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET } = variablesFor(
    sandbox.origin,
  );
  const given = { GENESYSCLOUD_REGION, GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET };
  const program = start(['install'], { ...given, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
  const { answers, sees } = program;
  await sees(`Signed in to Genesys Cloud: ${SEED.organizationName}`);
  await answers('Which AWS profile?', ENTER);
  await answers('Which AWS region? (us-east-1, as Genesys Cloud)', `eu-west-1${ENTER}`);
  await sees('The AWS secret access key does not belong to the access key id.');
  await answers('broken (your answer)', DOWN);
  await answers('❯ good', ENTER);
  await answers('Which AWS region? (eu-west-1, your answer)', ENTER);
  await sees(`Signed in to AWS: account ${SEED.account}`);
  await answers('What is the environment called?', CTRL_C);
  expect(await program.ended).toBe(130);
});

test('what was given and is refused is an error: no other answer would help', async () => {
  const place = { AWS_REGION: 'us-east-1', AWS_SECRET_ACCESS_KEY: 'wrong-secret-access-key' };
  const program = start(['install', '--genesys-region', 'us-east-1'], place);
  await program.sees('The AWS secret access key does not belong to the access key id.');
  expect(await program.ended).toBe(3);
});

describe('Ctrl-C', () => {
  test.each([
    ['with inquirer', []],
    ['without redrawing', ['--accessible']],
  ])('at a question ends with 130 and leaves nothing behind: %s', async (_, more) => {
    const program = start(['install', ...more]);
    await program.answers('Which region is your Genesys Cloud organization in?', CTRL_C);
    expect(await program.ended).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
    expect(sandbox.history.entries()).toEqual([]);
  });
});

test('SIGTERM at a question ends with 143', async () => {
  const program = start(['install']);
  await program.sees('Which region is your Genesys Cloud organization in?');
  program.kill('SIGTERM');
  expect(await program.ended).toBe(143);
});

test('with --no-input nobody is asked: what is missing is said', async () => {
  const program = start(['install', '--no-input']);
  await program.sees('missing');
  await program.sees('--did-start');
  expect(await program.ended).toBe(2);
});
