import { describe, expect, test } from 'vitest';
import type { Node } from '../../../src/architect/expression/ast.ts';
import { ExpressionError } from '../../../src/architect/expression/expression-error.ts';
import { parse } from '../../../src/architect/expression/parse.ts';

/** The tree with every operator in brackets and before its operands. */
function shape(node: Node): string {
  switch (node.kind) {
    case 'literal':
      return node.value.type === 'notSet' ? 'NOT_SET' : JSON.stringify('value' in node.value ? node.value.value : null);
    case 'variable':
      return node.name;
    case 'member':
      return `(. ${shape(node.object)} ${node.name})`;
    case 'index':
      return `([] ${shape(node.object)} ${shape(node.index)})`;
    case 'call':
      return `${node.name}(${node.arguments.map(shape).join(', ')})`;
    case 'unary':
      return `(${node.operator} ${shape(node.operand)})`;
    case 'binary':
      return `(${node.operator} ${shape(node.left)} ${shape(node.right)})`;
  }
}

describe('what is read', () => {
  test.each([
    ['"a"', '"a"'],
    ['"say \\"hi\\" \\\\ \\n\\t\\r"', '"say \\"hi\\" \\\\ \\n\\t\\r"'],
    ['"two\nlines"', '"two\\nlines"'],
    ['"été 😀"', '"été 😀"'],
    ['12', '12'],
    ['1.50', '1.5'],
    ['TRUE', 'true'],
    ['False', 'false'],
    ['not_set', 'NOT_SET'],
    ['Flow.x', 'Flow.x'],
    ['flow . x', 'flow.x'],
    ['caller', 'caller'],
    ['Prompt.Welcome_1', 'Prompt.Welcome_1'],
    ['Task.json.a.b', '(. (. Task.json a) b)'],
    ['ToPhoneNumber(Flow.ani).e164', '(. ToPhoneNumber(Flow.ani) e164)'],
    ['Flow.ids[0][i + 1]', '([] ([] Flow.ids 0) (+ i 1))'],
    ['GetCurrentDateTimeUtc()', 'GetCurrentDateTimeUtc()'],
    [' If(\n  IsSet(Flow.x),\n  Flow.x,\n  0\n) ', 'If(IsSet(Flow.x), Flow.x, 0)'],
  ])('%s', (text, tree) => {
    expect(shape(parse(text))).toBe(tree);
  });
});

describe('what binds first', () => {
  test.each([
    ['1 + 2 * 3', '(+ 1 (* 2 3))'],
    ['(1 + 2) * 3', '(* (+ 1 2) 3)'],
    ['8 - 4 - 2', '(- (- 8 4) 2)'],
    ['8 / 4 % 2', '(% (/ 8 4) 2)'],
    ['2 * 3 ^ 2', '(* 2 (^ 3 2))'],
    ['-2 ^ 2', '(^ (- 2) 2)'],
    ['a or b and c', '(or a (and b c))'],
    ['a AND b Or c', '(or (and a b) c)'],
    ['not a and b', '(and (not a) b)'],
    ['not a == b', '(not (== a b))'],
    ['!a == b', '(== (! a) b)'],
    ['Not(a)', '(not a)'],
    ['a == not b', '(== a (not b))'],
    ['a + 1 < b == c > 2', '(== (< (+ a 1) b) (> c 2))'],
    ['a <= b != c >= d', '(!= (<= a b) (>= c d))'],
    ['a & 4 == 4', '(& a (== 4 4))'],
    ['a | b & c', '(| a (& b c))'],
    ['~a - -b', '(- (~ a) (- b))'],
    ['-a.b[0]', '(- ([] (. a b) 0))'],
  ])('%s', (text, tree) => {
    expect(shape(parse(text))).toBe(tree);
  });
});

describe('what cannot be read is refused, with its place', () => {
  test.each([
    ['', 0, 'the expression is empty'],
    ['  \n ', 0, 'the expression is empty'],
    ['1 +', 3, 'a value is missing before the end'],
    ['* 2', 0, 'a value is missing before "*"'],
    ['a and or b', 6, 'a value is missing before "or"'],
    ['a b', 2, 'an operator is missing before "b"'],
    ['a "b"', 2, 'an operator is missing before this string'],
    ['a)', 1, 'an operator is missing before ")"'],
    ['(a', 0, '")" is missing for what is opened here'],
    ['f(a, (b)', 1, '")" is missing for what is opened here'],
    ['f(a b)', 4, 'an operator or ")" is missing before "b"'],
    ['f(a,)', 4, 'a value is missing before ")"'],
    ['a[0', 1, '"]" is missing for what is opened here'],
    ['a[]', 2, 'a value is missing before "]"'],
    ['Flow.', 5, 'a name is missing after "."'],
    ['Flow.1', 5, 'a name is missing after "."'],
    ['"abc', 0, 'this string does not end: a double quote is missing'],
    ['"a\\', 2, 'after a backslash comes one of " \\ n r t: write \\\\ for a backslash'],
    ['"\\d+"', 1, 'after a backslash comes one of " \\ n r t: write \\\\ for a backslash'],
    ["a == 'x'", 5, 'a string stands in straight double quotes'],
    ['“x”', 0, 'a string stands in straight double quotes'],
    ['a = 1', 2, '"=" is no operator: write "==" to compare'],
    ['a && b', 2, '"&&" is no operator: write "and"'],
    ['a || b', 2, '"||" is no operator: write "or"'],
    ['a <> b', 2, '"<>" is no operator: write "!="'],
    ['a # b', 2, '"#" has no meaning in an expression'],
    ['a 😀', 2, '"😀" has no meaning in an expression'],
    ['a \u0007', 2, 'an invisible character has no meaning in an expression'],
    ['{{x}}', 0, '"{" has no meaning in an expression'],
    ['12abc', 0, 'a number ends in letters here'],
    ['1.', 2, 'a name is missing after "."'],
    ['1000000000000000', 0, 'an integer is at most 999999999999999'],
  ])('%j', (text, offset, message) => {
    const failure = failureOf(text);
    expect(failure.message).toBe(message);
    expect(failure.offset).toBe(offset);
  });
});

describe('too much is refused', () => {
  test.each([
    ['a text', `"${'x'.repeat(40_000)}"`, 'an expression has at most 32768 characters'],
    ['brackets', `${'('.repeat(5_000)}1${')'.repeat(5_000)}`, 'the expression is nested too deeply'],
    ['signs', `${'-'.repeat(5_000)}1`, 'the expression is nested too deeply'],
    ['calls', `${'f('.repeat(5_000)}1${')'.repeat(5_000)}`, 'the expression is nested too deeply'],
    ['indexes', `a${'[a'.repeat(5_000)}${']'.repeat(5_000)}`, 'the expression is nested too deeply'],
    ['terms', `1${'+1'.repeat(5_000)}`, 'the expression is too long'],
    ['members', `a${'.a'.repeat(5_000)}`, 'the expression is too long'],
    ['arguments', `f(1${',1'.repeat(5_000)})`, 'the expression is too long'],
  ])('of %s', (_, text, message) => {
    expect(failureOf(text).message).toBe(message);
  });

  test('but not what is merely long', () => {
    expect(parse(`1${'+1'.repeat(900)}`)).toMatchObject({ kind: 'binary' });
    expect(parse(`${'('.repeat(90)}1${')'.repeat(90)}`)).toMatchObject({ kind: 'literal' });
  });
});

function failureOf(text: string): ExpressionError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error('it was read');
}
