import { type AnyFlow, FlowSyntaxError, parseAnyFlow } from '../document.ts';
import { contextOf, type LintContext } from './context.ts';
import type { ActionContract } from './contracts.ts';
import type { Finding, Problem } from './finding.ts';
import { positionsIn } from './positions.ts';
import { placeholdersIn } from './rules/placeholders.ts';
import { rules } from './rules/rules.ts';

interface Known {
  readonly actions?: readonly ActionContract[] | undefined;
}

/** Checks a flow of any type. Never throws for what is wrong with the flow: that is what it returns. */
export function lintFlow(text: string, file: string, { actions = [] }: Known = {}): readonly Finding[] {
  const parsed = tryParse(text, file);
  if (parsed instanceof FlowSyntaxError) return syntaxFindings(parsed, text, file);
  const context = contextOf(parsed, text, actions);
  if (!context) return [];
  const place = placer(context, file);
  const found = rules.flatMap(({ name, check }) => check(context).map((problem) => place(name, problem)));
  return found.sort((one, other) => one.line - other.line || one.column - other.column);
}

function tryParse(text: string, file: string): AnyFlow | FlowSyntaxError {
  try {
    return parseAnyFlow(text, file, (root): root is string => root !== '', 'no type of a flow');
  } catch (error) {
    if (error instanceof FlowSyntaxError) return error;
    throw error;
  }
}

/** To a YAML parser `{{ x }}` is a map in a map: what it says of that helps nobody. */
function syntaxFindings({ where, what }: FlowSyntaxError, text: string, file: string): readonly Finding[] {
  const positionOf = positionsIn(text);
  const left = placeholdersIn(text).map(({ severity, message, offset }) => {
    return { severity, rule: 'placeholders', message, file, ...positionOf(offset), path: '/' };
  });
  if (left.length > 0) return left;
  const [, line, column] = /:(\d+):(\d+)$/.exec(where) ?? [];
  const position = { line: Number(line ?? 1), column: Number(column ?? 1) };
  return [{ severity: 'error', rule: 'syntax', message: what, file, ...position, path: '/' }];
}

function placer({ entries, text }: LintContext, file: string) {
  const positionOf = positionsIn(text);
  // Outer before inner: the last that holds the place is the nearest.
  const pathAt = (offset: number) =>
    entries.findLast(({ start, end }) => start <= offset && offset < Math.max(end, start + 1))?.path ?? '/';
  return (rule: string, { severity, message, offset }: Problem): Finding => ({
    severity,
    rule,
    message,
    file,
    ...positionOf(offset),
    path: pathAt(offset),
  });
}
