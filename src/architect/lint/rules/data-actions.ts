import { isMap, isScalar, type Scalar, type YAMLMap } from 'yaml';
import { canBecome } from '../../expression/coerce.ts';
import { ExpressionError } from '../../expression/expression-error.ts';
import { nearestName } from '../../expression/nearest-name.ts';
import { nameOfType } from '../../expression/value.ts';
import { isNoValue, mapAt } from '../../model/entries.ts';
import type { Action } from '../../model/model.ts';
import type { LintContext, Rule } from '../context.ts';
import { type ActionContract, typeOfMember } from '../contracts.ts';
import type { Problem } from '../finding.ts';

/** A call of a data action is as its contract says, where that is known: its names, what goes in, what comes out. */
export const dataActions: Rule = {
  name: 'data-actions',
  check: (context) => context.model.actions.flatMap((action) => problemsOf(action, context)),
};

function problemsOf({ kind, body }: Action, context: LintContext): readonly Problem[] {
  if (kind !== 'callData' && kind !== 'callDataSecure') return [];
  const category = onlyPair(mapAt(body, 'category'));
  const action = category && onlyPair(mapAt(category.value, 'dataAction'));
  if (!category || !action || isLeftOver(category.key) || isLeftOver(action.key)) return [];
  const [inCategory, called] = [String(category.key.value), String(action.key.value)];
  const { contracts } = context;
  const contract = contracts.find((one) => isSame(one.category, inCategory) && isSame(one.name, called));
  if (contract) return againstContract(contract, action.value, action.key, context);
  const half =
    contracts.find((one) => isSame(one.name, called)) ?? contracts.find((one) => isSame(one.category, inCategory));
  if (half) return [wrongName(half, inCategory, called, category.key, action.key)];
  const message = `the data action "${called}" is not known here, and not looked into`;
  return [{ severity: 'note', message, offset: startOf(action.key) }];
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const isLeftOver = ({ value }: Scalar) => /\{\{|\$\{/.test(String(value));
const startOf = ({ range }: Scalar) => range?.[0] ?? 0;

function wrongName(
  half: ActionContract,
  category: string,
  name: string,
  categoryKey: Scalar,
  nameKey: Scalar,
): Problem {
  return isSame(half.name, name)
    ? {
        severity: 'error',
        message: `the data action "${name}" is in the category "${half.category}", not in "${category}"`,
        offset: startOf(categoryKey),
      }
    : {
        severity: 'error',
        message: `the category "${category}" has no data action "${name}": it has "${half.name}"`,
        offset: startOf(nameKey),
      };
}

interface Named {
  readonly key: Scalar;
  readonly value: YAMLMap;
}

function onlyPair(map: YAMLMap | undefined): Named | undefined {
  const [pair, another] = map?.items ?? [];
  return pair && !another && isScalar(pair.key) && isMap(pair.value) ? { key: pair.key, value: pair.value } : undefined;
}

function againstContract(
  contract: ActionContract,
  call: YAMLMap,
  key: Scalar,
  context: LintContext,
): readonly Problem[] {
  const { name, input, output } = contract;
  const inputs = mapAt(call, 'inputs');
  const given = membersOf(inputs);
  const lacking = input.required.filter((required) => {
    const value = given.find((member) => member.name === required)?.value;
    return value === undefined || isNoValue(value);
  });
  return [
    ...lacking.map((required): Problem => {
      const at = given.find((member) => member.name === required)?.key ?? key;
      return {
        severity: 'error',
        message: `the data action "${name}" needs the input "${required}"`,
        offset: startOf(at),
      };
    }),
    ...strangers(given, Object.keys(input.properties), `no input of the data action "${name}"`),
    ...strangers(
      membersOf(mapAt(call, 'successOutputs')),
      Object.keys(output.properties),
      `no output of the data action "${name}"`,
    ),
    ...wrongTypes(contract, call, context),
  ];
}

interface Member {
  readonly name: string;
  readonly key: Scalar;
  readonly value: unknown;
}

const membersOf = (map: YAMLMap | undefined): readonly Member[] =>
  (map?.items ?? []).flatMap(({ key, value }) => (isScalar(key) ? [{ name: String(key.value), key, value }] : []));

/** Architect flattens what is nested: `conversation.id`. */
const strangers = (members: readonly Member[], known: readonly string[], what: string): readonly Problem[] =>
  members
    .filter(({ name }) => !known.includes(name.split('.')[0] ?? name) && !known.includes(name))
    .map(({ name, key }) => {
      const meant = nearestName(name, known);
      return {
        severity: 'error',
        message: `"${name}" is ${what}${meant ? `: did you mean "${meant}"?` : ''}`,
        offset: startOf(key),
      };
    });

function wrongTypes(
  { input, output }: ActionContract,
  call: YAMLMap,
  { expressions, variables }: LintContext,
): readonly Problem[] {
  const [inputs, outputs] = [mapAt(call, 'inputs'), mapAt(call, 'successOutputs')];
  return expressions.flatMap(({ entry, read, use, offsetOf }): readonly Problem[] => {
    const member = entry.parent;
    if (!member || (member.map !== inputs && member.map !== outputs) || read instanceof ExpressionError) return [];
    const { type } = read.check({ typeOf: (name) => variables.typeOf(name, entry) });
    const wanted = typeOfMember(use === 'read' ? input : output, member.name);
    if (type === 'unknown' || type === 'notSet' || wanted === 'unknown' || wanted === 'notSet') return [];
    if (use === 'read' ? canBecome(type, wanted) : canBecome(wanted, type)) return [];
    return [
      {
        severity: 'error',
        message: `"${member.name}" is ${nameOfType(wanted)}, not ${nameOfType(type)}`,
        offset: offsetOf(0),
      },
    ];
  });
}
