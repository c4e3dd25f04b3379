import { isMap, isScalar, isSeq } from 'yaml';
import { nodeAt, textAt } from '../../model/entries.ts';
import { assign, targetVariable } from '../assign.ts';
import { NEXT, type Perform } from '../step.ts';
import { valueAt } from '../values.ts';
import { shownValue } from './shown-value.ts';

/** Puts values into variables. */
export const updateData: Perform = (step) => {
  const statements = nodeAt(step.body, 'statements');
  const done: string[] = [];
  for (const statement of isSeq(statements) ? statements.items : []) {
    const [pair] = isMap(statement) ? statement.items : [];
    if (!pair || !isScalar(pair.key) || !isMap(pair.value)) continue;
    const target = nodeAt(pair.value, 'variable');
    const written = nodeAt(pair.value, 'value');
    const { type, isSecure = false } = targetVariable(step, target) ?? {};
    const value = valueAt(isSecure ? { ...step, maySeeSecrets: true } : step, written, type);
    assign(step, target, value);
    done.push(`${textAt(pair.value, 'variable') ?? ''} = ${isSecure ? '•' : shownValue(step, written, value)}`);
  }
  return { ...NEXT, detail: done.join(', ') };
};
