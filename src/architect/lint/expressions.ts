import { isScalar, type Scalar } from 'yaml';
import { type Expression, parseExpression } from '../expression/expression.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import type { Entry } from '../model/entries.ts';

/** An expression as it stands in a flow: behind `exp`, or a variable behind `var` or `variable`. */
export interface Placed {
  readonly entry: Entry;
  readonly use: 'read' | 'write';
  readonly read: Expression | ExpressionError;
  /** The offset into the flow's text of an offset into the expression's. */
  readonly offsetOf: (offset: number) => number;
}

const uses: Readonly<Record<string, Placed['use']>> = { exp: 'read', var: 'write', variable: 'write' };

/** Every expression of a flow that has no placeholder in it. */
export const expressionsOf = (entries: readonly Entry[], text: string): readonly Placed[] =>
  entries.flatMap((entry) => {
    const { name, value } = entry;
    const use = Object.hasOwn(uses, name) ? uses[name] : undefined;
    if (!use || !isScalar(value) || value.value === null) return [];
    const written = typeof value.value === 'string' ? value.value : (value.source ?? String(value.value));
    if (/\{\{|\$\{/.test(written)) return [];
    return [{ entry, use, read: tryParse(written), offsetOf: offsetsOf(value, text) }];
  });

function tryParse(text: string): Expression | ExpressionError {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

/** In a plain or quoted scalar of one line every character is found; in others the beginning has to do. */
function offsetsOf({ range, type, value }: Scalar, text: string): (offset: number) => number {
  const [start = 0, end = 0] = range ?? [];
  const source = text.slice(start, end);
  if (type === 'PLAIN' && source === value) return (offset) => start + offset;
  if (type === 'QUOTE_SINGLE' && source.slice(1, -1) === value) return (offset) => start + 1 + offset;
  if (type !== 'QUOTE_DOUBLE' || /\n|\\[^"\\/nrt]/.test(source)) return () => start;
  return (offset) => {
    let at = start + 1;
    for (let seen = 0; seen < offset && at < end; seen += 1) at += text[at] === '\\' ? 2 : 1;
    return at;
  };
}
