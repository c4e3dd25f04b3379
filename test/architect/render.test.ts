import { describe, expect, test } from 'vitest';
import { parseFlow } from '../../src/architect/document.ts';
import { type FlowValues, renderFlow } from '../../src/architect/render.ts';
import { assets, packageRoot } from '../../src/assets.ts';

const { flow } = assets(packageRoot(import.meta.url));
const secure = await flow('secure-call');
const inbound = await flow('inbound-call');

const VALUES = {
  name: 'dev-EventOrchestrator Secure Flow',
  description: 'Event orchestration [eo-setup 0123456789ab secure-flow]',
  division: 'Home',
  dataAction: { category: 'dev-pay-Lambda', name: 'dev-pay-data-action' },
};

const js = (text: string) => parseFlow(text).document.toJS();

describe('rendering', () => {
  test('sets name, description, division and both names of the data action, and nothing else', () => {
    const before = js(secure).secureCall;
    const after = js(renderFlow(secure, VALUES)).secureCall;
    expect(after).toMatchObject({ name: VALUES.name, description: VALUES.description, division: 'Home' });
    const call = after.tasks[0].task.actions[1].callData;
    expect(Object.keys(call.category)).toEqual(['dev-pay-Lambda']);
    expect(Object.keys(call.category['dev-pay-Lambda'].dataAction)).toEqual(['dev-pay-data-action']);
    const { name: _, description: __, division: ___, ...rest } = after;
    const restore = JSON.stringify(rest)
      .replace('"dev-pay-Lambda":', '"PaymentCategory":')
      .replace('"dev-pay-data-action":', '"PaymentAction":');
    const { name: ____, description: _____, ...template } = before;
    expect(JSON.parse(restore)).toEqual(template);
  });

  test('sets the flow that is transferred to', () => {
    const text = renderFlow(inbound, { name: 'dev-Main', targetFlow: 'dev-Secure' });
    const [pay] = js(text).inboundCall.menus[0].menu.choices;
    expect(pay.menuTask.task.actions[0].transferToFlowSecure.targetFlow).toEqual({ name: 'dev-Secure' });
  });

  test('leaves description and division as they are where none is given', () => {
    const { inboundCall } = js(renderFlow(inbound, { name: 'dev-Main', targetFlow: 'dev-Secure' }));
    expect(inboundCall.description).toBe(js(inbound).inboundCall.description);
    expect(inboundCall).not.toHaveProperty('division');
  });

  test('gives the same text for the same values', () => {
    expect(renderFlow(secure, VALUES)).toBe(renderFlow(secure, { ...VALUES }));
    // Rendered again it stays what it is: nothing in it depends on how the template was written.
    expect(renderFlow(renderFlow(secure, VALUES), VALUES)).toBe(renderFlow(secure, VALUES));
  });

  test('quotes every name, also one that another reader of YAML would take for something else', () => {
    const text = renderFlow(secure, { ...VALUES, name: 'yes', dataAction: { category: '1e3', name: '2026-11-24' } });
    expect(text).toContain('name: "yes"');
    expect(text).toContain('"1e3":');
    expect(text).toContain('"2026-11-24":');
  });

  test('keeps "yes" and "no" of decisions quoted', () => {
    expect(renderFlow(secure, VALUES)).not.toMatch(/^\s*(yes|no):/m);
  });

  test('leaves comments out: another comment does not make another flow', () => {
    const text = renderFlow(secure, VALUES);
    expect(secure).toContain('#');
    expect(text).not.toContain('#');
    expect(renderFlow(`# one more\n${secure}# at the end\n`, VALUES)).toBe(text);
  });
});

const harmless = [
  '"',
  "'",
  ' #',
  'a # b',
  '*a',
  '&a',
  '- ',
  '- a',
  '? a',
  'a: b',
  '{a}',
  '[a',
  '!!set',
  '%YAML',
  '|',
  '>',
  '@a',
  '`a`',
  '~',
  'null',
  '0123',
  '\\n',
  '"""',
  '__proto__',
  '<<',
  '😀',
  'München',
  'x'.repeat(200),
];

describe('a hostile value', () => {
  test.each(harmless)('%j is only a text, wherever it stands', (text) => {
    const values: FlowValues = {
      ...VALUES,
      name: `a${text}`,
      division: text,
      dataAction: { category: text, name: text },
    };
    const { secureCall } = js(renderFlow(secure, values));
    expect(secureCall).toMatchObject({ name: `a${text}`, division: text });
    const { category } = secureCall.tasks[0].task.actions[1].callData;
    expect(Object.getOwnPropertyNames(category)).toEqual([text]);
    const [action] = Object.entries(Object.getOwnPropertyDescriptor(category, text)?.value.dataAction);
    expect(action).toEqual([text, expect.objectContaining({ inputs: { cardNumber: { exp: 'Task.cardNumber' } } })]);
    expect(Object.keys(secureCall)).toEqual([...Object.keys(js(secure).secureCall), 'division']);
  });

  test.each([
    'dev-x:\n  y: z',
    '{{x}}',
    `\${7*7}`,
    'a\tb',
    'a\rb',
    'a\u0000b',
    'a\u001b[31mb',
    'a\u0085b',
    'a\u2028b',
    'a\u202eb',
    'a\ud800b',
    '',
    '  ',
    'x'.repeat(300),
  ])('%j is refused, wherever it stands', (text) => {
    const message = /cannot be a name in a flow\.$/;
    const action = VALUES.dataAction;
    expect(() => renderFlow(secure, { ...VALUES, name: text })).toThrow(message);
    expect(() => renderFlow(secure, { ...VALUES, description: text })).toThrow(message);
    expect(() => renderFlow(secure, { ...VALUES, division: text })).toThrow(message);
    expect(() => renderFlow(secure, { ...VALUES, dataAction: { ...action, category: text } })).toThrow(message);
    expect(() => renderFlow(secure, { ...VALUES, dataAction: { ...action, name: text } })).toThrow(message);
    expect(() => renderFlow(inbound, { name: 'dev-Main', targetFlow: text })).toThrow(message);
  });
});

describe('a flow is refused', () => {
  test.each([
    ['needs a data action and gets none', secure, { name: 'A' }, /^flow:\d+:\d+ needs the name of a data action$/],
    ['needs a flow and gets none', inbound, { name: 'A' }, /^flow:\d+:\d+ needs the name of a flow to transfer to$/],
    [
      'has no place for a data action',
      inbound,
      { ...VALUES, targetFlow: 'B' },
      /^flow:\d+:\d+ has no place for a data action$/,
    ],
    [
      'has no place for a flow',
      secure,
      { ...VALUES, targetFlow: 'B' },
      /^flow:\d+:\d+ has no place for a flow to transfer to$/,
    ],
    [
      'has a placeholder of its own left',
      'workflow:\n  name: A\n  description: "for {{env}}"',
      { name: 'A' },
      /^flow:3:16 "for \{\{env\}\}" is a placeholder left over$/,
    ],
    [
      'has one in a key',
      `workflow:\n  name: A\n  \${dataAction}-Lambda: 1`,
      { name: 'A' },
      /^flow:3:3 "\$\{dataAction\}-Lambda" is a placeholder left over$/,
    ],
    [
      'calls a data action without a name',
      'workflow: {name: A, callData: {category: {C: {dataAction: {}}}}}',
      { name: 'A', dataAction: VALUES.dataAction },
      /^flow:1:\d+ a data action has exactly one name under "dataAction"$/,
    ],
  ])('that %s', (_, text, values, message) => {
    expect(() => renderFlow(text, values)).toThrow(message);
  });
});
