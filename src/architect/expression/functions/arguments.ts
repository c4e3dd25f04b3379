import type { FunctionDefinition, Parameter } from './define.ts';

/** The parameter that takes the argument at an index; undefined for one too many. */
export function parameterAt({ parameters }: FunctionDefinition, index: number): Parameter<unknown> | undefined {
  const last = parameters.at(-1);
  return parameters[index] ?? (last?.arity === 'many' ? last : undefined);
}

/** What is wrong with a number of arguments; undefined if it is right. */
export function wrongCount({ name, parameters }: FunctionDefinition, count: number): string | undefined {
  const least = parameters.filter(({ arity }) => arity !== 'optional').length;
  const most = parameters.at(-1)?.arity === 'many' ? Number.POSITIVE_INFINITY : parameters.length;
  if (count >= least && count <= most) return undefined;
  return `${name} takes ${expected(least, most)}, not ${count}`;
}

function expected(least: number, most: number): string {
  if (most === 0) return 'no arguments';
  if (most === Number.POSITIVE_INFINITY) return `at least ${counted(least)}`;
  return least === most ? counted(least) : `${least} to ${counted(most)}`;
}

const counted = (count: number): string => (count === 1 ? '1 argument' : `${count} arguments`);
