import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SEED } from '../../src/sandbox/seed.ts';
import { variablesFor } from '../../src/sandbox/variables.ts';
import type { QuestionId } from '../../src/settings/questions.ts';
import { type SettingId, settingOf, settingsTable } from '../../src/settings/table.ts';
import { held, NOTHING } from '../support/installed.ts';
import { openProgram, type Program } from '../support/program.ts';
import { type Typing, typist } from '../support/typist.ts';

const ENTER = '\r';
const CTRL_C = '\u0003';

/** What a whole line of flags says, by setting. */
const GIVEN: Readonly<Partial<Record<SettingId, string>>> = {
  ...{ genesysRegion: 'eusc-de-east-1', clientId: SEED.clientId, genesysAwsAccount: SEED.genesysAwsAccount },
  ...{ awsRegion: SEED.awsRegion, environment: 'dev', bucket: 'cloud-store-payments', bucketTag: 'Paid' },
  ...{ didStart: '+13175550100', didEnd: '+13175550100', didProvider: 'PURE_CLOUD', triggerScope: 'number' },
  ...{ triggerDelay: '0', runtime: 'nodejs24.x', logRetentionDays: '30', paymentPrefix: 'pay', savePrefix: 'save' },
  ...{ division: 'Home', secureDataAction: 'off' },
};
const FIRST: readonly QuestionId[] = [
  ...(['genesysRegion', 'clientId', 'clientSecret', 'awsRegion', 'environment', 'bucket', 'bucketTag'] as const),
  'didStart',
];
const ADVANCED: readonly QuestionId[] = [
  ...(['division', 'runtime', 'logRetentionDays', 'triggerScope', 'triggerDelay'] as const),
  ...(['secureDataAction', 'paymentPrefix', 'savePrefix'] as const),
];

let program: Program;
describe('Ctrl-C', () => {
  beforeAll(async () => {
    program = await openProgram();
  });
  afterAll(() => program.close());

  const asked: readonly SettingId[] = [...Object.keys(GIVEN), 'clientSecret'].flatMap((id) =>
    settingsTable.flatMap((setting) => (setting.id === id ? [setting.id] : [])),
  );

  /** Everything is given but one value, and the first number, without which nobody would be asked for anything. */
  function lacking(id: SettingId) {
    const flags = settingsTable.flatMap((setting) => {
      const text = GIVEN[setting.id];
      return text === undefined || [id, 'didStart'].includes(setting.id) ? [] : [`--${setting.flag}`, text];
    });
    const { GENESYSCLOUD_OAUTHCLIENT_SECRET: secret, ...all } = variablesFor(program.sandbox.origin);
    const kept = Object.entries(all).filter(([name]) => !/^GENESYSCLOUD_(REGION|OAUTH)|^AWS_REGION$/.test(name));
    const env = { LANG: 'C.UTF-8', TERM: 'xterm', ...Object.fromEntries(kept) };
    return {
      argv: ['install', ...flags],
      env: id === 'clientSecret' ? env : { ...env, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret },
    };
  }

  test.each(asked)('at the question for %s ends with 130, and gives the terminal back', async (id) => {
    const { argv, env } = lacking(id);
    const typing: Typing[] = [[settingOf(id).question, CTRL_C]];
    if (ADVANCED.includes(id)) typing.unshift(['Is there more to set', `y${ENTER}`]);
    if (!FIRST.includes(id)) typing.unshift([settingOf('didStart').question, `+13175550100${ENTER}`]);
    const { streams, rest, isRaw, raw, text } = typist(typing);
    const { exit } = await program.run(argv, { ...streams, env });
    expect({ exit, rest: rest(), isRaw: isRaw() }, text()).toEqual({ exit: 130, rest: [], isRaw: false });
    expect(text()).toMatch(/Error: Stopped by Ctrl-C\.\n$/);
    // The cursor was shown last.
    expect(raw().lastIndexOf('\u001b[?25h')).toBeGreaterThan(raw().lastIndexOf('\u001b[?25l'));
    expect(program.writes()).toEqual([]);
  });
});

describe('a bucket that holds payments', () => {
  const NAME = `dev-eo-${SEED.account}-us-east-1-an`;
  const ASKED = 'Type its name to delete it with all that it holds, or nothing to keep it';
  beforeEach(async () => {
    program = await openProgram();
    expect((await program.inSandbox('install')).exit).toBe(0);
    const content = { bytes: '', size: 0, etag: '""', headers: {}, createdAt: 0, isDeleteMarker: false };
    program.sandbox.world.put('objects', `${NAME}/p`, { bucket: NAME, key: 'p', versionId: 'null', ...content });
    return () => program.close();
  });
  const at = async (argv: readonly string[], typing: readonly Typing[]) => {
    const { streams, rest, text } = typist(typing);
    const ended = await program.run([...argv, '--sandbox', program.sandbox.origin], {
      ...streams,
      env: { LANG: 'C.UTF-8', TERM: 'xterm' },
    });
    expect(rest(), text()).toEqual([]);
    return { ...ended, text: text() };
  };

  test('stays with --yes and on Enter alone, and goes once its name is typed', async () => {
    const uninstall = ['uninstall', '--drain', '0'];
    expect((await at([...uninstall, '--yes'], [])).exit).toBe(0);
    expect(held(program.sandbox.world)).toEqual({ ...NOTHING, buckets: 1 });
    const { exit, text } = await at(uninstall, [[ASKED, ENTER]]);
    expect(exit).toBe(0);
    expect(text).toContain(`The S3 bucket ${NAME} holds 1 object`);
    expect(held(program.sandbox.world)).toEqual({ ...NOTHING, buckets: 1 });
    const named = await at(uninstall, [
      [ASKED, `${NAME}-${ENTER}`],
      [`That is not its name, which is ${NAME}.`, `\u0015 ${NAME} ${ENTER}`],
      ['Take it away (1 to delete)? (y/N)', `y${ENTER}`],
    ]);
    expect(named.exit).toBe(0);
    expect(held(program.sandbox.world)).toEqual(NOTHING);
  });

  test('is asked for where another takes its place, and Enter alone is no yes to what is deleted', async () => {
    const argv = ['install', '--bucket', 'cloud-store-payments'];
    const no = await at(argv, [
      [ASKED, `${NAME}${ENTER}`],
      ['1 to delete)? (y/N)', ENTER],
    ]);
    expect(no.exit).toBe(8);
    const yes = await at(argv, [
      [ASKED, `${NAME}${ENTER}`],
      ['1 to delete)? (y/N)', `y${ENTER}`],
    ]);
    expect(yes.exit).toBe(0);
    expect(program.sandbox.world.list<{ name: string }>('buckets').map(({ name }) => name)).toEqual([
      'cloud-store-payments',
    ]);
  });
});
