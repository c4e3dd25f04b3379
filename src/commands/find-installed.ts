import { isDeepStrictEqual } from 'node:util';
import type { Deps } from '../engine/deps.ts';
import type { Plan } from '../engine/plan.ts';
import { type Entry, type Retired, sameKey } from '../engine/record.ts';
import { type Target, unknownOutputs } from '../engine/target.ts';
import { type FormerNames, formerNames } from '../resources/former-names.ts';
import type { Settings } from '../settings/settings.ts';
import type { Invocation } from './command.ts';
import type { Session } from './session.ts';

/** What carries this installation's mark, as entries of a state that nobody has. */
async function findMarked(targets: readonly Target[], deps: Deps): Promise<Readonly<Record<string, Entry>>> {
  const found = await Promise.all(
    targets.map(async ({ id, resource, key, needs, after }) => {
      const observed = await resource.read(
        deps.context(id, () => undefined),
        { key },
      );
      if (observed?.mark !== 'ours') return [];
      const { kind } = resource;
      const entry: Entry = { kind, key, status: 'ready', origin: 'created', needs, after, outputs: observed.outputs };
      return [[id, entry] as const];
    }),
  );
  return withReceipts(Object.fromEntries(found.flat()), targets, deps);
}

/** What was sent last is not known either; where the objects tell, it need not be sent again. */
async function withReceipts(
  found: Readonly<Record<string, Entry>>,
  targets: readonly Target[],
  deps: Deps,
): Promise<Readonly<Record<string, Entry>>> {
  const outputs = (id: string) => found[id]?.outputs ?? unknownOutputs;
  const whole = await Promise.all(
    Object.entries(found).map(async ([id, entry]) => {
      const target = targets.find((one) => one.id === id);
      const context = deps.context(id, () => undefined);
      const receipt = await target?.resource.presume?.(context, outputs(id), target.inputs(outputs));
      return [id, { ...entry, receipt }] as const;
    }),
  );
  return Object.fromEntries(whole);
}

/** Of these targets, the ones that would not have to be created: a plan without a state shows whose mark is there. */
export function markedIn({ steps }: Plan, targets: readonly Target[]): readonly Target[] {
  const there = steps.filter(({ action }) => action === 'update' || action === 'replace' || action === 'keep');
  return targets.filter(({ id }) => there.some((step) => step.id === id));
}

/** Everything of this installation that was found: of a step that was made under several names, one goes for the others. */
export interface Recovered {
  readonly steps: Readonly<Record<string, Entry>>;
  /** What else there is of the same steps. */
  readonly others: readonly Retired[];
}

/** What carries the mark of this installation: among these targets, and under names that it had before. */
export async function findInstalled(
  session: Session,
  { reporter }: Invocation,
  targets: readonly Target[],
): Promise<Recovered> {
  const { deps, settings } = session;
  const contextOf = (step: string) => deps.context(step, () => undefined);
  const former = await formerNames({ contextOf, environment: settings.environment, say: reporter.say });
  const all: Retired[] = [];
  for (const wanted of [settings, ...variantsOf(settings, former)]) {
    const found = await findMarked(wanted === settings ? targets : await session.targets(wanted), deps);
    for (const [id, entry] of Object.entries(found))
      if (!all.some((one) => one.id === id && sameKey(one, entry))) all.push({ ...entry, id });
  }
  const steps = new Map<string, Entry>();
  const others: Retired[] = [];
  for (const { id, ...entry } of all) {
    if (steps.has(id)) others.push({ ...entry, id });
    else steps.set(id, entry);
  }
  return { steps: Object.fromEntries(steps), others };
}

/** The settings with one name changed to what it was before, for each that is another one. */
function variantsOf(settings: Settings, former: FormerNames): readonly Settings[] {
  const { paymentPrefixes, savePrefixes, buckets, ranges } = former;
  const all: readonly Partial<Settings>[] = [
    ...paymentPrefixes.map((paymentPrefix) => ({ paymentPrefix })),
    ...savePrefixes.map((savePrefix) => ({ savePrefix })),
    ...buckets.map((bucket) => ({ bucket })),
    ...ranges.map(({ first, last }) => ({ didStart: first, didEnd: last })),
  ];
  const variants = all.map((other) => ({ ...settings, ...other }));
  return variants.filter((variant) => !isDeepStrictEqual(variant, settings));
}
