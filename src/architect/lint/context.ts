import { isMap } from 'yaml';
import type { AnyFlow } from '../document.ts';
import { type Entry, entriesOf } from '../model/entries.ts';
import { type Model, modelOf } from '../model/model.ts';
import { type Ref, refsOf } from '../model/refs.ts';
import type { ActionContract } from './contracts.ts';
import { expressionsOf, type Placed } from './expressions.ts';
import type { Problem } from './finding.ts';
import { type Variables, variablesOf } from './variables.ts';

/** A flow as the rules see it. */
export interface LintContext {
  readonly text: string;
  /** The root key, as it is written. */
  readonly root: string;
  readonly flow: AnyFlow['flow'];
  readonly entries: readonly Entry[];
  readonly model: Model;
  readonly refs: readonly Ref[];
  readonly expressions: readonly Placed[];
  readonly variables: Variables;
  /** The data actions whose contracts are known. */
  readonly contracts: readonly ActionContract[];
}

/** One thing that a flow is checked for. */
export interface Rule {
  readonly name: string;
  readonly check: (context: LintContext) => readonly Problem[];
}

/** Looks through a flow once, for all rules. */
export function contextOf(flow: AnyFlow, text: string, contracts: readonly ActionContract[]): LintContext | undefined {
  const { document, root } = flow;
  if (!isMap(document.contents)) return undefined;
  const entries = entriesOf(document.contents);
  const expressions = expressionsOf(entries, text);
  return {
    text,
    root,
    flow: flow.flow,
    entries,
    model: modelOf(entries),
    refs: refsOf(entries, root),
    expressions,
    variables: variablesOf(entries, expressions),
    contracts,
  };
}
