import type { AnyResource, AnyStep } from './contract.ts';
import type { Settled } from './record.ts';

/** A step reduced to what the engine works with; edges are ids. */
export interface Target {
  readonly id: string;
  readonly resource: AnyResource;
  readonly key: { readonly name: string };
  readonly needs: readonly string[];
  readonly after: readonly string[];
  readonly inputs: (outputs: (id: string) => object) => object;
  /** What must hold before it is made so. */
  readonly checks?: readonly TargetCheck[];
}

/** A check reduced to what the engine works with. */
export interface TargetCheck {
  readonly holds: string;
  readonly run: (context: object, outputs: (id: string) => object) => Promise<void>;
}

/** Stands for every output that only the run will tell. */
export const UNKNOWN = '(known after the run)';
export const unknownOutputs: object = new Proxy({}, { get: () => UNKNOWN });

export const edgesOf = (all: readonly Pick<Target, 'id' | 'needs' | 'after'>[]) =>
  new Map(all.map(({ id, needs, after }) => [id, [...needs, ...after]]));

export function targetOf(step: AnyStep): Target {
  const { id, resource, key, after } = step;
  return {
    id,
    resource,
    key,
    inputs: (outputs) => step.inputs(outputsOf(step.needs, outputs)),
    checks: step.checks.map(({ holds, needs, run }) => ({
      holds,
      run: (context, outputs) => run(context, outputsOf(needs, outputs)),
    })),
    needs: Object.values<AnyStep>(step.needs).map((need) => need.id),
    after: after.map((other) => other.id),
  };
}

/** The steps' own types say what each has for outputs; from here on that is known no more. */
const outputsOf = (needs: Readonly<Record<string, AnyStep>>, outputs: (id: string) => object) =>
  Object.fromEntries(Object.entries(needs).map(([name, need]) => [name, outputs(need.id)])) as never;

/** The targets of a rollback: what the last finished run left, standing on whatever takes its place now. */
export function settledTargets(
  settled: Readonly<Record<string, Settled>>,
  resources: Readonly<Record<string, AnyResource>>,
): readonly Target[] {
  return Object.entries(settled).map(([id, { kind, key, needs, after, inputs = {} }]) => {
    const resource = resources[kind];
    if (!resource) throw new Error(`Unknown kind of resource in the state: ${kind}.`);
    const rewired: Target['inputs'] = (outputs) =>
      needs.reduce<object>((value, need) => rewire(value, settled[need]?.outputs ?? {}, outputs(need)), inputs);
    return { id, resource, key, needs, after, inputs: rewired };
  });
}

/** Where a need had to be made anew, its new identifiers take the place of the recorded ones. */
function rewire(inputs: object, from: object, to: object): object {
  const now = new Map(Object.entries(to));
  const isUnknown = to === unknownOutputs;
  const swaps = new Map<unknown, unknown>(
    Object.entries(from).map(([name, old]) => [old, isUnknown ? UNKNOWN : now.get(name)]),
  );
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn);
    if (value && typeof value === 'object') return turnAll(value);
    return swaps.has(value) ? swaps.get(value) : value;
  };
  const turnAll = (value: object): object =>
    Object.fromEntries(Object.entries(value).map(([name, member]) => [name, turn(member)]));
  return turnAll(inputs);
}
