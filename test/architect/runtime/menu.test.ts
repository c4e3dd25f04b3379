import { describe, expect, test } from 'vitest';
import { rehearse } from './rehearse.ts';

const menu = (refId: string, choices: readonly object[], more: object = {}) => ({
  menu: { name: refId, refId, audio: { tts: `menu ${refId}` }, choices, ...more },
});
const task = (refId: string) => ({
  task: { name: refId, refId, actions: [{ playAudio: { name: 'Say', audio: { tts: `task ${refId}` } } }] },
});
const flow = (menus: readonly object[], more: object = {}) => ({
  inboundCall: { name: 'A Flow', startUpRef: './menus/menu[first]', menus, tasks: [task('help')], ...more },
});

const sub = { name: 'Sub', dtmf: 'digit_5', audio: { tts: 'menu below' } };
const choices = [
  { menuDisconnect: { name: 'Bye', dtmf: 'digit_0' } },
  { menuJumpToTask: { name: 'Help', dtmf: 'digit_1', targetTaskRef: './tasks/task[help]' } },
  { menuJumpToMenu: { name: 'Other', dtmf: 'digit_2', targetMenuRef: '/inboundCall/menus/menu[second]' } },
  { menuTransferToAcd: { name: 'Sales', dtmf: 'digit_3', targetQueue: { lit: { name: 'Sales' } } } },
  { menuRepeatMenu: { name: 'Again', dtmf: 'digit_*' } },
  { menuPreviousMenu: { name: 'Back', dtmf: 'digit_pound' } },
  { menuSubMenu: { ...sub, choices: [{ menuDisconnect: { name: 'Bye', dtmf: 'digit_8' } }] } },
  { menuTransferFlowSecure: { name: 'Pay', dtmf: 'digit_6', targetFlow: { name: 'Secure' } } },
  { menuTransferToUser: { name: 'Somebody', dtmf: 'digit_7', targetUser: { lit: { name: 'Ann' } } } },
];
const second = menu('second', [
  { menuPreviousMenu: { name: 'Back', dtmf: 'digit_#' } },
  { menuDisconnect: { name: 'Bye', dtmf: 'digit_0' } },
]);

test.each([
  ['0', { kind: 'disconnect' }, ['menu first']],
  ['1', { kind: 'disconnect' }, ['menu first', 'task help']],
  ['20', { kind: 'disconnect' }, ['menu first', 'menu second']],
  ['3', { kind: 'left', where: 'queue Sales' }, ['menu first']],
  ['**0', { kind: 'disconnect' }, ['menu first', 'menu first', 'menu first']],
  ['2#0', { kind: 'disconnect' }, ['menu first', 'menu second', 'menu first']],
  ['#0', { kind: 'disconnect' }, ['menu first', 'menu first']],
  ['58', { kind: 'disconnect' }, ['menu first', 'menu below']],
  ['6', { kind: 'transferred', to: 'Secure' }, ['menu first']],
  ['7', { kind: 'left', where: 'user Ann' }, ['menu first']],
])('the keys %s lead to the choices that they are written at', async (keys, ending, heard) => {
  const seen = await rehearse(flow([menu('first', choices), second]), { keys });
  expect(seen.ending).toEqual(ending);
  expect(seen.heard).toEqual(heard);
});

describe('what is not said is as Architect has it', () => {
  test('ten seconds, and three repeats', async () => {
    const { waits } = await rehearse(flow([menu('first', choices)]));
    expect(waits).toEqual([10_000, 10_000, 10_000, 10_000]);
  });

  test('or as the flow has it, or the menu', async () => {
    const settingsMenu = { menuSelectionTimeout: { lit: { seconds: 4 } }, repeatCount: { lit: 1 } };
    const ofFlow = await rehearse(flow([menu('first', choices)], { settingsMenu }));
    expect(ofFlow.waits).toEqual([4_000, 4_000]);
    const own = { settingsMenu: { menuSelectionTimeout: { noValue: true }, repeatCount: { lit: 0 } } };
    const ofMenu = await rehearse(flow([menu('first', choices, own)], { settingsMenu }));
    expect(ofMenu.waits).toEqual([4_000]);
  });
});

test('without a default choice the flow goes to its error handling, and the menu is named', async () => {
  const { ending, trace } = await rehearse(flow([menu('first', choices)]), { keys: '9999' });
  expect(ending).toEqual({
    kind: 'error',
    message: 'nothing was chosen in the menu "first", and it has no default choice',
    where: 'f.yaml:5:7 /inboundCall/menus/menu[first]',
  });
  expect(trace.at(-1)).toMatchObject({ action: 'errorHandling', name: 'disconnect' });
});

test('a choice that holds everywhere holds in other menus too, unless they have the key themselves', async () => {
  const help = {
    menuJumpToTask: { name: 'Help', dtmf: 'digit_0', globalDtmf: true, targetTaskRef: './tasks/task[help]' },
  };
  const start = menu('first', [{ menuDisconnect: { name: 'Bye', dtmf: 'digit_1' } }]);
  const other = menu('second', [help]);
  expect((await rehearse(flow([start, other]), { keys: '0' })).heard).toEqual(['menu first', 'task help']);
  const own = menu('first', [{ menuDisconnect: { name: 'Bye', dtmf: 'digit_0' } }]);
  expect((await rehearse(flow([own, other]), { keys: '0' })).heard).toEqual(['menu first']);
});

test('the flow can ask what the last entry was', async () => {
  const tell = {
    playAudio: { name: 'Tell', audio: { exp: 'ToAudioTTS(ToString(Menu.LastCollectionNoInput))' } },
  };
  const named = { menuTask: { name: 'Tell', refId: 'tell', dtmf: 'digit_1', task: { actions: [tell] } } };
  const asking = menu('first', [named], { defaultChildMenuRef: './choices/menuTask[tell]' });
  expect((await rehearse(flow([asking]), { keys: '1' })).heard.at(-1)).toBe('false');
  expect((await rehearse(flow([asking]))).heard.at(-1)).toBe('true');
});

test('going back and forth between menus has an end', async () => {
  const { ending } = await rehearse(flow([menu('first', choices)]), { keys: '*'.repeat(11_000) });
  expect(ending).toMatchObject({ kind: 'error', message: expect.stringContaining('10,000 actions') });
});
