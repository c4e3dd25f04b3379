import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isPair, isScalar, visit } from 'yaml';
import { parseFlow } from '../../../src/architect/document.ts';
import { parseExpression } from '../../../src/architect/expression/expression.ts';

const folder = new URL('../../../flows/', import.meta.url);

/** The expressions of a flow's text. */
function expressionsIn(text: string): readonly string[] {
  const found: string[] = [];
  visit(parseFlow(text).document, {
    Pair: (_, pair) => {
      if (isPair(pair) && isScalar(pair.key) && pair.key.value === 'exp' && isScalar(pair.value))
        found.push(String(pair.value.value));
    },
  });
  return found;
}

test('every expression of the flows that are installed is read', () => {
  const texts = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const expressions = texts.flatMap(expressionsIn);
  expect(expressions).toContain('IsNotSetOrEmpty(Flow.conversationId)');
  for (const each of expressions)
    expect(parseExpression(each).check({ typeOf: () => 'unknown' }).problems, each).toEqual([]);
});
