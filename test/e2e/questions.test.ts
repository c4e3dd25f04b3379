import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SEED } from '../../src/sandbox/seed.ts';
import { variablesFor } from '../../src/sandbox/variables.ts';
import type { QuestionId } from '../../src/settings/questions.ts';
import { settingsTable } from '../../src/settings/table.ts';
import { ownFunctions } from '../support/functions.ts';
import { startAtTerminal } from '../support/pty.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';

const ENTER = '\r';
const ESC = '\u001b';
const DOWN = '\u001b[B';
/** Empties the line. */
const WIPE = '\u0015';

interface Row {
  readonly id: QuestionId;
  /** What is asked, where it is for no setting. */
  readonly message?: string;
  /** Keys that give no valid answer, and what is said to them. */
  readonly wrong?: readonly [keys: string, problem: string];
  /** What is typed to find the answer, and what is left then. */
  readonly search?: readonly [keys: string, found: string];
  readonly answer: string;
  /** What is offered after one has come back to it. */
  readonly back?: string;
}

/** Every question, with what a person does there. */
const rows: readonly Row[] = [
  {
    id: 'genesysRegion',
    wrong: ['virginia', 'Nothing here is called so. Delete some of it to see more.'],
    search: ['sovereign', 'EU Sovereign (Germany) eusc-de-east-1 Type to search.'],
    answer: ENTER,
    back: '(your answer)',
  },
  {
    id: 'clientId',
    wrong: [`nonsense${ENTER}`, '32 hex digits in five groups'],
    answer: `${SEED.clientId.toUpperCase()} ${ENTER}`,
    back: `(${SEED.clientId}, your answer)`,
  },
  {
    id: 'clientSecret',
    wrong: [` ${ENTER}`, 'Give the secret of the OAuth client.'],
    answer: `${SEED.clientSecret}${ENTER}`,
    back: 'Enter keeps the one that is set.',
  },
  { id: 'awsProfile', answer: `${DOWN}${ENTER}`, back: 'good (your answer)' },
  {
    id: 'awsRegion',
    wrong: [`mars${ENTER}`, 'Use the name of an AWS region'],
    answer: ENTER,
    back: '(us-east-1, AWS profile "good")',
  },
  {
    id: 'environment',
    wrong: [`Prod!${ENTER}`, 'Use 1 to 24 lower-case letters'],
    answer: `test${ENTER}`,
    back: '(test, your answer)',
  },
  {
    id: 'bucket',
    wrong: [`My_Bucket${ENTER}`, 'Use lower-case letters, digits and hyphens only.'],
    answer: ENTER,
    back: `(test-eo-${SEED.account}-us-east-1-an, default)`,
  },
  {
    id: 'bucketTag',
    wrong: [`<b>${ENTER}`, 'Use 1 to 256 letters'],
    answer: `Paid${ENTER}`,
    back: '(Paid, your answer)',
  },
  { id: 'numbers', message: 'Which number do callers dial? These are free.', answer: `Type${ENTER}` },
  {
    id: 'didStart',
    wrong: [`7205550100${ENTER}`, 'Use the international form'],
    answer: `" +1 (720) 555-0100 "${ENTER}`,
    back: '(+17205550100, your answer)',
  },
  {
    id: 'didEnd',
    wrong: [`+17205550000${ENTER}`, 'comes before the first'],
    answer: ENTER,
    back: '(+17205550100, default)',
  },
  { id: 'didProvider', answer: `${DOWN}${ENTER}`, back: '(PURE_CLOUD) (your answer)' },
  {
    id: 'genesysAwsAccount',
    wrong: [`12${ENTER}`, 'Use the 12 digits of an AWS account.'],
    answer: `${SEED.genesysAwsAccount}${ENTER}`,
    back: `(${SEED.genesysAwsAccount}, your answer)`,
  },
  { id: 'advanced', message: 'Is there more to set', answer: `y${ENTER}` },
  {
    id: 'division',
    wrong: [`Nowhere${ENTER}`, 'The organization has no division "Nowhere"'],
    answer: ENTER,
    back: '(Home, your answer)',
  },
  { id: 'runtime', answer: `${DOWN}${ENTER}`, back: 'nodejs22.x (your answer)' },
  {
    id: 'logRetentionDays',
    wrong: [`31${ENTER}`, 'Use a number of days that CloudWatch knows'],
    answer: `060${ENTER}`,
    back: '(60, your answer)',
  },
  { id: 'triggerScope', answer: `${DOWN}${ENTER}`, back: 'organization (your answer)' },
  {
    id: 'triggerDelay',
    wrong: [`30${ENTER}`, 'Use 0, or 60 to 900 seconds.'],
    answer: ENTER,
    back: '(0, your answer)',
  },
  { id: 'secureDataAction', answer: ENTER, back: 'No (your answer)' },
  {
    id: 'paymentPrefix',
    wrong: [`1x${ENTER}`, 'beginning with a letter'],
    answer: `pay${ENTER}`,
    back: '(pay, your answer)',
  },
  {
    id: 'savePrefix',
    wrong: [`PAY${ENTER}`, 'are the same prefix'],
    answer: ENTER,
    back: '(saveUserData, your answer)',
  },
  { id: 'save', message: 'Save the answers to eo-setup.yaml', answer: `y${ENTER}` },
];

const messageOf = ({ id, message }: Row) => message ?? settingsTable.find((one) => one.id === id)?.question ?? id;

/** Pools of two providers, so that neither goes without saying. */
function numbersIn({ world }: TestSandbox) {
  const made = { createdBy: SEED.clientId, createdAt: 0, modifiedAt: 0, division: { id: SEED.homeDivisionId } };
  for (const [id, number, provider] of [
    ['one', '+13175550100', 'PURE_CLOUD_VOICE'],
    ['other', '+13175550200', 'PURE_CLOUD'],
  ] as const) {
    const range = { startPhoneNumber: number, endPhoneNumber: number };
    world.put('did-pools', id, { id, name: id, version: 1, provider, ...range, ...made });
  }
}

test('the table has every question but the first after a run, and what nobody is asked for', () => {
  const left = settingsTable.map(({ id }) => id).filter((id) => !rows.some((row) => row.id === id));
  expect(left).toEqual(['gcProfile', 'organizationId', 'publisher', 'archyPath']);
});

test('each question refuses what is not valid, lets one go back, and takes an answer', async () => {
  const sandbox = await openTestSandbox({ functions: ownFunctions });
  const folder = mkdtempSync(join(tmpdir(), 'eo-questions-'));
  numbersIn(sandbox);
  mkdirSync(join(folder, '.aws'));
  const keys = `aws_access_key_id = ${SEED.accessKeyId}\naws_secret_access_key = ${SEED.secretAccessKey}\n`;
  writeFileSync(join(folder, '.aws', 'credentials'), `[bad]\n[good]\n${keys}`);
  writeFileSync(join(folder, '.aws', 'config'), '[profile good]\nregion = us-east-1\n');
  const all = Object.entries(variablesFor(sandbox.origin));
  const env = Object.fromEntries(all.filter(([name]) => /GATEWAY|ENDPOINT/.test(name)));
  const program = startAtTerminal(['install'], { cwd: folder, env });
  const { sees, answers } = program;
  try {
    for (const [n, row] of rows.entries()) {
      const message = messageOf(row);
      await sees(message);
      if (row.wrong) {
        program.types(row.wrong[0]);
        await answers(row.wrong[1], WIPE);
      }
      const before = rows[n - 1];
      program.types(ESC);
      if (before) {
        await sees(messageOf(before));
        if (before.back) await sees(before.back);
        program.types(ENTER);
      } else await sees('This is the first question. Ctrl-C leaves.');
      await sees(message);
      if (row.search) {
        program.types(row.search[0]);
        await sees(row.search[1]);
      }
      program.types(row.answer);
    }
    await sees('The same without questions, with the secret in GENESYSCLOUD_OAUTHCLIENT_SECRET:');
    await sees('log-retention-days 60 (your answer)');
    await answers('Go ahead (21 to create)?', `n${ENTER}`);
    expect(await program.ended).toBe(8);
    expect(program.text()).not.toContain(SEED.clientSecret);
    expect(sandbox.world.list('buckets')).toEqual([]);
    expect(() => readFileSync(join(folder, 'eo-setup.yaml'))).toThrow('ENOENT');
  } finally {
    await program.stop();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
