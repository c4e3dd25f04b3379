import { describe, expect, test } from 'vitest';
import { isMap } from 'yaml';
import { FlowSyntaxError, offsetOf, parseFlow } from '../../src/architect/document.ts';

const FLOW = `# a comment
workflow:
  name: My Workflow
  states:
    - state:
        name: First
`;

describe('a flow', () => {
  test.each([
    ['inboundCall', 'inboundcall'],
    ['secureCall', 'securecall'],
    ['workflow', 'workflow'],
  ])('with the root %s is of type %s', (root, type) => {
    expect(parseFlow(`${root}: {name: A Flow}`)).toMatchObject({ root, type, name: 'A Flow' });
  });

  test('keeps positions: every node can be told by line and column', () => {
    const { flow, at } = parseFlow(FLOW, 'flows/mine.yaml');
    expect(at(offsetOf(flow.get('name', true)))).toBe('flows/mine.yaml:3:9');
    expect(at(offsetOf(flow.get('states', true)))).toBe('flows/mine.yaml:5:5');
    expect(at()).toBe('flows/mine.yaml:1:1');
  });

  test('keeps comments', () => {
    expect(parseFlow(FLOW).document.toString()).toBe(FLOW);
  });

  test('is YAML 1.2: yes, no, on and 0o17 are what they are there', () => {
    const { document } = parseFlow('workflow: {name: on, outputs: {yes: 1, no: 017}}');
    expect(document.toJS()).toEqual({ workflow: { name: 'on', outputs: { yes: 1, no: 17 } } });
  });

  test('may be called __proto__ without harm', () => {
    const { name, flow } = parseFlow('workflow: {name: __proto__, __proto__: {polluted: true}}');
    expect(name).toBe('__proto__');
    expect(isMap(flow.get('__proto__'))).toBe(true);
    expect({}).not.toHaveProperty('polluted');
  });

  test('may use a few aliases', () => {
    expect(parseFlow('workflow: {name: &n A, description: *n}').document.toJS().workflow.description).toBe('A');
  });
});

const bomb = `workflow:
  name: Bomb
  a: &a [x, x, x, x, x, x, x, x, x, x]
  b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
  c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
  d: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
`;

test.each([
  ['nothing', '', /^f.yaml:1:1 a flow has exactly one root key: its type$/],
  ['a text', 'hello', /^f.yaml:1:1 a flow has exactly one root key: its type$/],
  ['a list', '- workflow: {name: A}', /^f.yaml:1:1 a flow has exactly one root key: its type$/],
  ['two roots', 'workflow: {name: A}\nsecureCall: {name: B}', /^f.yaml:2:1 a flow has exactly one root key: its type$/],
  ['an unknown type', '\nbot: {name: A}', /^f.yaml:2:1 "bot" is none of inboundCall, secureCall, workflow$/],
  ['a member of every object', 'toString: {name: A}', /^f.yaml:1:1 "toString" is none of /],
  ['no name', 'workflow: {description: A}', /^f.yaml:1:1 the flow has no name$/],
  ['an empty name', 'workflow: {name: " "}', /^f.yaml:1:1 the flow has no name$/],
  ['no body', 'workflow:', /^f.yaml:1:1 the flow has no name$/],
  ['a key twice', 'workflow:\n  name: A\n  name: B', /^f.yaml:3:3 "name" is there twice, first at f.yaml:2:3$/],
  ['a key twice, once quoted', 'workflow:\n  name: A\n  "1": a\n  1: b', /^f.yaml:4:3 "1" is there twice/],
  ['a tab', 'workflow:\n\tname: A', /^f.yaml:2:1 Tabs are not allowed/],
  ['an open quote', 'workflow:\n  name: "A', /^f.yaml:2:\d+ Missing closing "quote$/],
  ['two documents', 'workflow: {name: A}\n---\nworkflow: {name: B}', /^f.yaml:2:1 Source contains multiple documents/],
  ['an unknown tag', 'workflow:\n  name: !env HOME', /^f.yaml:2:9 Unresolved tag: !env$/],
  [
    'a tag of a richer schema',
    'workflow:\n  name: A\n  x: !!set {a, b}',
    /^f.yaml:3:\d+ has the tag tag:yaml.org,2002:set$/,
  ],
  ['another version of YAML', '%YAML 1.1\n---\nworkflow: {name: yes}', /^f.yaml:1:1 YAML 1.1 is not read, only 1.2$/],
  ['a placeholder', 'workflow:\n  name: {{name}}', /^f.yaml:2:10 a key must be a name: is a \{\{…\}\} left over\?$/],
  ['an alias without an anchor', 'workflow: {name: *a}', /^f.yaml:1:1 Unresolved alias/],
  ['an alias bomb', bomb, /^f.yaml:1:1 Excessive alias count/],
  ['many aliases', `workflow: {name: &a A, x: [${'*a ,'.repeat(101)}]}`, /^f.yaml:1:\d+ more than 100 aliases$/],
  ['deep nesting', `workflow: {name: ${'['.repeat(50_000)}`, /^f.yaml:1:\d+ is nested too deeply$/],
  ['too long a text', `workflow: {name: A}\n#${'x'.repeat(2 ** 21)}`, /^f.yaml:1:1 is longer than 2097152 characters$/],
])('%s is refused, and the place is named', (_, text, message) => {
  const failure = catchOf(() => parseFlow(text, 'f.yaml'));
  expect(failure).toBeInstanceOf(FlowSyntaxError);
  expect(failure).toMatchObject({ exit: 2, message: expect.stringMatching(message) });
});

test('a hundred thousand keys are read in a moment', () => {
  const keys = Array.from({ length: 100_000 }, (_, index) => `  k${index}: 1`).join('\n');
  expect(parseFlow(`workflow:\n  name: Large\n${keys}`).flow.items).toHaveLength(100_001);
});

function catchOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
