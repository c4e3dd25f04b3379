import { describe, expect, test } from 'vitest';
import type { Plan, PlannedStep } from '../../src/engine/plan.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { formatDuration } from '../../src/ui/format-duration.ts';
import { formatInstalled } from '../../src/ui/format-installed.ts';
import { formatNotices } from '../../src/ui/format-notices.ts';
import { formatPlan, summarizePlan } from '../../src/ui/format-plan.ts';
import { formatSettings } from '../../src/ui/format-settings.ts';
import { formatStatus, type StatusRow } from '../../src/ui/format-status.ts';
import { formatTable } from '../../src/ui/format-table.ts';
import { sampleSettings } from '../support/sample-settings.ts';
import { labelOf } from './events.ts';

const settings: Settings = { ...sampleSettings, awsRegion: 'eu-west-1' };
const range: Settings = { ...settings, didEnd: '+13175550109', triggerScope: 'all', triggerDelay: 60 };

const step = (id: string, action: PlannedStep['action'], more: Partial<PlannedStep> = {}): PlannedStep => ({
  id,
  kind: 'genesys.ivr',
  name: `dev-${id}`,
  action,
  drift: [],
  from: undefined,
  why: undefined,
  notes: [],
  ...more,
});
const planOf = (...steps: readonly PlannedStep[]): Plan => ({ steps, removals: [] });
const removal = (action: Plan['removals'][number]['action'], why?: string) => ({
  id: 'bucket',
  kind: 'aws.s3-bucket',
  name: 'old',
  action,
  why,
});

test.each([
  [0, '0.0 s'],
  [440, '0.4 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_600_000, '60 min 0 s'],
])('%d ms are %s', (ms, expected) => {
  expect(formatDuration(ms)).toBe(expected);
});

describe('a table', () => {
  test('has its columns one below the other, and nothing after the last word', () => {
    expect(
      formatTable([
        ['a', 'bbb', 'c'],
        ['aaaa', 'b', ''],
      ]),
    ).toEqual(['a     bbb  c', 'aaaa  b']);
  });
  test('of nothing is nothing', () => {
    expect(formatTable([])).toEqual([]);
  });
});

describe('a plan', () => {
  test('says what is done to what, and counts what stays', () => {
    const steps = [
      step('a', 'create'),
      step('b', 'update', { drift: ['dnis', 'flow'] }),
      step('c', 'move', { from: 'dev-old' }),
      step('d', 'use', { kind: 'genesys.did-pool' }),
      step('e', 'conflict', { why: 'It belongs to Sales.' }),
      step('f', 'keep'),
      step('g', 'keep', { notes: ['1 more number was added by hand'] }),
      step('h', 'replace', { why: 'it stands on something that must be replaced' }),
      step('i', 'update'),
    ];
    expect(
      formatPlan({ steps, removals: [removal('delete'), removal('keep', 'it holds 3 objects')] }, labelOf),
    ).toEqual([
      '  create    ivr        dev-a',
      '  change    ivr        dev-b  (dnis, flow)',
      '  create    ivr        dev-c  in the place of dev-old',
      '  use       did-pool   dev-d  as it is: it belongs to somebody else',
      '  CONFLICT  ivr        dev-e  It belongs to Sales.',
      '  replace   ivr        dev-h  it stands on something that must be replaced',
      '  change    ivr        dev-i  (taken up again)',
      '  leave     s3-bucket  old    (it holds 3 objects)',
      '  delete    s3-bucket  old',
      '  2 more stay as they are.',
      'Note: dev-g: 1 more number was added by hand.',
    ]);
  });

  test('says what others have to do with what is changed or deleted', () => {
    const steps = [
      step('a', 'update', { overwrites: { what: 'edited by Jane Doe', isTheirs: true } }),
      step('b', 'update', { overwrites: { what: 'published by this OAuth client', isTheirs: false } }),
    ];
    const removals = [{ ...removal('delete'), overwrites: { what: 'edited by Ann', isTheirs: true }, locked: 'Ann' }];
    expect(formatPlan({ steps, removals }, labelOf).slice(3)).toEqual([
      'Edited: dev-a: edited by Jane Doe; it is overwritten after a copy was kept.',
      'Note: dev-b: published by this OAuth client; it is overwritten after a copy was kept.',
      'Edited: old: edited by Ann; it is deleted after a copy was kept.',
      'Locked: old: Ann has it locked.',
    ]);
  });

  test('without changes is nothing but its notes', () => {
    expect(formatPlan(planOf(step('a', 'keep')), labelOf)).toEqual([]);
  });

  test.each<[string, Plan, string]>([
    ['creates', planOf(step('a', 'create'), step('b', 'move'), step('c', 'keep')), '2 to create'],
    [
      'changes',
      planOf(step('a', 'update'), step('b', 'replace'), step('c', 'use')),
      '1 to change, 1 to replace, 1 to use',
    ],
    [
      'deletes',
      { steps: [], removals: [removal('delete'), removal('keep'), removal('forget')] },
      '1 to delete, 1 to leave, 1 to forget',
    ],
    ['is in conflict', planOf(step('a', 'conflict'), step('b', 'create')), '1 to create, 1 in conflict'],
    ['only forgets', { steps: [], removals: [removal('forget')] }, '1 to forget'],
  ])('that %s is summarized', (_, plan, expected) => {
    expect(summarizePlan(plan)).toBe(expected);
  });
});

describe('before a yes a person hears', () => {
  const said = (plan: Plan, of: Settings = settings) => formatNotices(plan, of).join('\n');

  test.each<[string, PlannedStep[], RegExp | undefined]>([
    ['of a new number', [step('ivr', 'create')], /as the last step, calls to \+13175550100 are answered/],
    ['of a break', [step('ivr', 'replace')], /not answered while/],
    ['of a changed route', [step('ivr', 'update')], /is changed as the last step/],
    ['of another flow', [step('ivr', 'keep'), step('secure-flow', 'update')], /get the changed version/],
    ['nothing of logs', [step('ivr', 'keep'), step('pay-logs', 'update')], undefined],
    ['nothing where it cannot be done', [step('ivr', 'create'), step('pay-logs', 'conflict')], undefined],
  ])('what callers notice: %s', (_, steps, expected) => {
    if (expected) expect(said(planOf(...steps))).toMatch(expected);
    else expect(said(planOf(...steps))).toBe('');
  });

  test.each<[string, Settings, string]>([
    ['of one number', settings, 'each inbound call to +13175550100 starts it when it ends.'],
    ['of all', range, 'each inbound voice call of the whole organization starts it 60 s after it ended'],
  ])('which calls start the workflow: %s', (_, of, expected) => {
    expect(said(planOf(step('trigger', 'create')), of)).toContain(expected);
  });

  test('that it is not for real cards', () => {
    expect(said(planOf(step('secure-flow', 'create')))).toContain('Not for real cards');
  });
});

describe('after an installation', () => {
  const real = { isSandbox: false, again: (command: string) => `eo-setup ${command}` };
  const shown = (of: Partial<Settings>, place = real) => formatInstalled({ ...settings, ...of }, place).join('\n');

  test('a person sees the number, the bucket, both consoles and what to do next', () => {
    expect(formatInstalled(settings, real)).toEqual([
      '',
      'Installed.',
      '  Number to call  +13175550100',
      '  Bucket          payments',
      '  Genesys Cloud   https://apps.mypurecloud.com/architect/',
      '  AWS             https://eu-west-1.console.aws.amazon.com/s3/buckets/payments?region=eu-west-1',
      '',
      'Next:',
      '  eo-setup status     shows every object as it is now',
      '  eo-setup uninstall  takes everything away again',
    ]);
  });

  test.each([
    [{ awsRegion: 'cn-north-1' }, 'https://console.amazonaws.cn/s3/'],
    [{ awsRegion: 'us-gov-west-1' }, 'https://console.amazonaws-us-gov.com/s3/'],
    [{ didEnd: '+13175550109' }, '+13175550100 to +13175550109'],
  ])('with %o it says %s', (of, expected) => {
    expect(shown(of)).toContain(expected);
  });

  test('in the sandbox there is no console, and the next commands say where', () => {
    const said = shown({}, { isSandbox: true, again: (command) => `eo-setup ${command} --sandbox` });
    expect(said).not.toContain('https://');
    expect(said).toContain('eo-setup status --sandbox');
    expect(said).toContain('eo-setup call --sandbox');
  });
});

test('each setting is shown by its flag, with where it came from, and no more than there is', () => {
  const lines = formatSettings(settings, { awsRegion: 'AWS_REGION', bucket: 'default' });
  expect(lines).toContain('  aws-region           eu-west-1                             (AWS_REGION)');
  expect(lines).toContain('  trigger-delay        0');
  expect(lines.join('\n')).not.toMatch(/undefined|aws-profile|division|client-secret/);
  expect(lines).toHaveLength(Object.keys(settings).length);
});

test('the status is a table of words, with what is the matter', () => {
  const row = (state: StatusRow['state'], detail?: string): StatusRow => ({
    id: 'x',
    kind: 'genesys.ivr',
    name: 'dev-x',
    state,
    detail,
  });
  const rows = [
    row('ok'),
    row('changed', 'dnis'),
    row('missing'),
    row('settling', 'Pending'),
    row('broken', 'Failed'),
    row('foreign', 'it belongs to Sales'),
    row('kept', '3 objects'),
    row('unfinished'),
  ];
  expect(formatStatus(rows, labelOf)).toEqual([
    '  ok          ivr  dev-x',
    '  CHANGED     ivr  dev-x  (dnis)',
    '  MISSING     ivr  dev-x',
    '  settling    ivr  dev-x  (Pending)',
    '  BROKEN      ivr  dev-x  (Failed)',
    '  NOT OURS    ivr  dev-x  (it belongs to Sales)',
    '  kept        ivr  dev-x  (3 objects)',
    '  UNFINISHED  ivr  dev-x',
  ]);
});
