import { isMap, isScalar } from 'yaml';
import { nameOfType, type StaticType } from '../../expression/value.ts';
import { type Entry, nodeAt, textAt } from '../../model/entries.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Problem } from '../finding.ts';

/** What is written behind `lit` is of its variable's type, and a condition is true or false. */
export const literalTypes: Rule = {
  name: 'literal-types',
  check: (context) => context.entries.flatMap((entry) => problemOf(entry, context)),
};

const fits: Partial<Readonly<Record<StaticType, (text: string) => boolean>>> = {
  integer: (text) => /^[+-]?\d+$/.test(text),
  decimal: (text) => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text),
  boolean: (text) => /^(?:true|false)$/i.test(text),
};

function problemOf(entry: Entry, context: LintContext): readonly Problem[] {
  const { name, value } = entry;
  if (name !== 'lit' || !isScalar(value) || value.value === null) return [];
  const text = value.source ?? String(value.value);
  const wanted = wantedAt(entry, context);
  const isFitting = wanted && fits[wanted.type];
  if (!wanted || !isFitting || isFitting(text) || /\{\{|\$\{/.test(text)) return [];
  const message = `${wanted.what} is ${nameOfType(wanted.type)}, not ${JSON.stringify(text.slice(0, 60))}`;
  return [{ severity: 'error', message, offset: value.range?.[0] ?? entry.start }];
}

function wantedAt({ parent }: Entry, { variables }: LintContext) {
  if (parent?.name === 'condition') return { what: 'a condition', type: 'boolean' } as const;
  if (parent?.name === 'initialValue') {
    const variable = variables.all.find(({ body }) => body === parent.map);
    return variable && { what: variable.name, type: variable.type };
  }
  const statement = parent?.name === 'value' ? parent.parent : undefined;
  if (statement?.parent?.name !== 'statements' || !isMap(statement.value)) return undefined;
  const name = textAt(statement.value, 'variable');
  const variable = name === undefined ? undefined : variables.find(name, statement);
  return variable && nodeAt(statement.value, 'value') ? { what: variable.name, type: variable.type } : undefined;
}
