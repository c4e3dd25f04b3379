import { describe, expect, test } from 'vitest';
import { readFlow } from '../../../src/sandbox/genesys/flow-document.ts';
import { inboundYaml, secureYaml, transferYaml } from './flow-yaml.ts';

const read = (yaml: string) => readFlow(Buffer.from(yaml));
const problemsOf = (yaml: string) => {
  const flow = read(yaml);
  return 'problems' in flow ? flow.problems.join('\n') : 'none';
};
const documentOf = (yaml: string) => {
  const flow = read(yaml);
  return 'document' in flow ? flow.document : flow.problems;
};

describe('a flow document', () => {
  test('says type, name, description and division', () => {
    expect(documentOf('workflow: {name: "W", description: saves, division: Sales}')).toEqual({
      type: 'WORKFLOW',
      root: 'workflow',
      name: 'W',
      description: 'saves',
      division: 'Sales',
      references: [],
    });
    expect(documentOf(inboundYaml())).toMatchObject({ type: 'INBOUNDCALL', description: '', division: undefined });
  });

  test('names the data actions it calls, wherever they stand, and where', () => {
    const path = '/secureCall/tasks/task[Task_10]/actions/callData[_^_archy_callData_3__]';
    expect(documentOf(secureYaml())).toMatchObject({
      references: [
        {
          kind: 'action',
          category: 'LAMBDA',
          name: 'Pay',
          secure: false,
          inputs: ['cardNumber'],
          successOutputs: ['paymentId'],
          path,
        },
      ],
    });
    expect(documentOf(secureYaml({ call: 'callDataSecure' }))).toMatchObject({ references: [{ secure: true }] });
  });

  test('names the secure flows it transfers to, from tasks and from menus', () => {
    expect(documentOf(transferYaml('Secure Flow'))).toMatchObject({
      references: [{ kind: 'flow', name: 'Secure Flow' }],
    });
    const menu =
      'inboundCall: {name: M, menus: [{menu: {choices: [{menuTransferFlowSecure: {targetFlow: {name: S}}}]}}]}';
    expect(documentOf(menu)).toMatchObject({ references: [{ kind: 'flow', name: 'S' }] });
  });

  test('keeps yes and no as words, as YAML 1.2 does', () => {
    const yaml = 'workflow: {name: no, states: [{state: {actions: [{decision: {outputs: {yes: {}, no: {}}}}]}}]}';
    expect(documentOf(yaml)).toMatchObject({ name: 'no' });
  });

  test.each([
    ['nothing', '', /expected a object but got null/],
    ['a text', 'hello', /expected a object but got string/],
    ['a list', '- a', /expected a object but got array/],
    [
      'two roots',
      'workflow: {name: a}\ninboundCall: {name: b}',
      /exactly one flow .* found 2: 'workflow', 'inboundCall'/,
    ],
    ['an empty map', '{}', /exactly one flow .* found 0$/],
    ['an unknown root', 'inboundChat: {name: a}', /'inboundChat' is not a flow type/],
    ['an empty root', 'workflow:', /expected a object but got null \('\/workflow'\)/],
    ['no name', 'workflow: {description: a}', /expected a string \('name'\) '\/workflow'/],
    ['a number as its name', 'workflow: {name: 5}', /expected a string \('name'\)/],
    ['a slash in its name', 'workflow: {name: a/b}', /contains\.slash/],
    ['a name that ends in -debug', 'workflow: {name: a-debug}', /contains\.debug/],
    ['a name without letters', 'workflow: {name: "-- !"}', /no\.alpha/],
    ['a blank name', 'workflow: {name: " "}', /missing\.name/],
    ['the same key twice', 'workflow: {name: a}\nworkflow: {name: b}', /keys must be unique/i],
    ['a tag of its own', 'workflow: !foo {name: a}', /tag/i],
    ['two documents', 'workflow: {name: a}\n---\nworkflow: {name: b}', /multiple documents/],
    ['bad indentation', 'workflow:\n\tname: a', /tab/i],
    ['an alias to nothing', 'workflow: {name: *a}', /alias/i],
    [
      'a placeholder',
      'workflow: {name: "{{env}}-W"}',
      /key of '\{\{env\}\}' was found in the flow YAML, but was not found/,
    ],
    ['an unquoted placeholder', 'workflow: {name: {{ flow_name }}}', /key of '\{\{ flow_name \}\}'/],
    ['a placeholder without an end', 'workflow: {name: "{{env"}', /key of '\{\{env"\}'/],
    ['a call without a category', 'workflow: {name: a, s: [{callData: {name: c}}]}', /exactly one category/],
    [
      'a call without an action',
      'workflow: {name: a, s: [{callData: {category: {c: {}}}}]}',
      /exactly one data action/,
    ],
    [
      'a call of two actions',
      'workflow: {name: a, s: [{callData: {category: {c: {dataAction: {d: {}, e: {}}}}}}]}',
      /exactly one data action/,
    ],
    [
      'an unknown failure output',
      'workflow: {name: a, s: [{callData: {category: {c: {dataAction: {d: {failureOutputs: {oops: {}}}}}}}}]}',
      /unknown failure output 'oops'/,
    ],
    ['a transfer to nowhere', 'inboundCall: {name: a, s: [{transferToFlowSecure: {name: x}}]}', /targetFlow/],
    [
      'a transfer in a workflow',
      'workflow: {name: a, s: [{transferToFlowSecure: {targetFlow: {name: x}}}]}',
      /unknown action/,
    ],
    ['a secure call elsewhere', 'workflow: {name: a, s: [{callDataSecure: {}}]}', /unknown action 'callDataSecure'/],
  ])('with %s is refused', (_what, yaml, problem) => expect(problemsOf(yaml)).toMatch(problem));

  test('that is no text is refused', () => {
    expect(readFlow(Uint8Array.of(0xff, 0xfe, 0x00))).toEqual({ problems: ['the flow file is not text in UTF-8'] });
  });

  test('that is too large is refused', () => {
    expect(problemsOf(`workflow: {name: a}\n#${'x'.repeat(5 * 1024 * 1024)}`)).toMatch(/larger than/);
  });

  test('with aliases of aliases, of itself, or nested without end is refused', () => {
    const bomb = [
      'a: &a [x]',
      ...[...'bcdefghij'].map((key, n) => `${key}: &${key} [${`*${'abcdefghi'[n]},`.repeat(9)}]`),
    ];
    expect(problemsOf(`workflow: {name: a}\n${bomb.join('\n')}`)).toMatch(/alias/i);
    expect(problemsOf('workflow: &w {name: a, s: [*w, *w], t: {u: *w}}')).toMatch(/nested too deep/);
    expect(problemsOf(`workflow: ${'['.repeat(100_000)}`)).not.toBe('none');
    expect(problemsOf(`workflow: {name: a, s: ${'['.repeat(600)}${']'.repeat(600)}}`)).not.toBe('none');
    expect(problemsOf(`workflow: {name: a, s: ${'['.repeat(100)}${']'.repeat(100)}}`)).toBe('none');
  });

  test('with __proto__ in it changes nothing but itself', () => {
    expect(documentOf('workflow: {name: a, __proto__: {name: b}}')).toMatchObject({ name: 'a' });
    expect(Object.hasOwn(Object.prototype, 'name')).toBe(false);
  });
});
