import { isMap, isScalar } from 'yaml';
import { canBecome } from '../../expression/coerce.ts';
import { ExpressionError } from '../../expression/expression-error.ts';
import { itemTypeOf, nameOfType, type StaticType, scalarTypes, type Type } from '../../expression/value.ts';
import { type Entry, nodeAt } from '../../model/entries.ts';
import type { LintContext, Rule } from '../context.ts';
import type { Placed } from '../expressions.ts';
import type { Problem } from '../finding.ts';

/** What an expression results in is what its place takes, where both are known. */
export const valueTypes: Rule = {
  name: 'value-types',
  check: (context) => context.expressions.flatMap((placed) => problemsOf(placed, context)),
};

function problemsOf(placed: Placed, context: LintContext): readonly Problem[] {
  const { entry, read, offsetOf } = placed;
  if (read instanceof ExpressionError) return [];
  const type = read.check({ typeOf: (name) => context.variables.typeOf(name, entry) }).type;
  const wanted = wantedAt(placed, context);
  if (wanted === undefined || type === 'unknown' || type === 'notSet') return [];
  // What is assigned to must be of the type itself: a string can hold a number, but is not one.
  if (canBecome(type, wanted.type) && (placed.use === 'read' || canBecome(wanted.type, type))) return [];
  const message = `${wanted.what} is ${nameOfType(wanted.type)}, not ${nameOfType(type)}`;
  return [{ severity: 'error', message, offset: offsetOf(0) }];
}

interface Wanted {
  readonly what: string;
  readonly type: Type;
}

/** What must stand at this place; undefined where that is not known. */
function wantedAt({ entry, use }: Placed, { variables }: LintContext): Wanted | undefined {
  const { parent } = entry;
  if (!parent) return undefined;
  if (use === 'read' && parent.name === 'condition') return { what: 'a condition', type: 'boolean' };
  if (use === 'write' && parent.name === 'inputData') return { what: 'what a caller enters', type: 'string' };
  if (use === 'read' && parent.name === 'initialValue') {
    const variable = variables.all.find(({ body }) => body === parent.map);
    return variable && wantedOf(variable.name, variable.type);
  }
  const statement = statementAround(entry);
  if (!statement) return undefined;
  if (use === 'write') return wantedOf(`what "${statement.name}" assigns to`, typeNamed(statement.name));
  const name = isMap(statement.value) ? nodeAt(statement.value, 'variable') : undefined;
  const declared = isScalar(name) ? variables.find(String(name.value), entry) : undefined;
  return declared && wantedOf(declared.name, declared.type);
}

const wantedOf = (what: string, type: StaticType | undefined): Wanted | undefined =>
  type === undefined || type === 'unknown' || type === 'notSet' || type.startsWith('object')
    ? undefined
    : { what, type };

/** `statements: - string: {variable, value: {exp}}`. */
function statementAround({ name, parent }: Entry): Entry | undefined {
  const statement = name === 'variable' ? parent : parent?.name === 'value' ? parent.parent : undefined;
  return statement?.parent?.name === 'statements' ? statement : undefined;
}

const typeNamed = (name: string): StaticType | undefined =>
  scalarTypes.find((type) => type === name) ??
  (itemTypeOf(name as StaticType) === undefined ? undefined : (name as StaticType));
