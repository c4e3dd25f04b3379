import type { Shape } from '../engine/contract.ts';
import type { State } from '../engine/record.ts';
import { Unreadable } from './unreadable.ts';

/** What the entries of each kind are made of. */
export type Kinds = Readonly<Record<string, Shape>>;

interface Recorded {
  readonly kind: string;
  readonly key: { readonly name: string };
  readonly inputs?: object | undefined;
  readonly outputs?: object | undefined;
  readonly receipt?: object | undefined;
}

/** The state with every entry as its kind's schemas have it: members that are new since it was written get their defaults. */
export function checkKinds(state: State, kinds: Kinds): State {
  const { steps, retired, settled } = state;
  return {
    ...state,
    steps: checkAll(steps, 'steps', kinds),
    retired: retired.map((entry, n) => check(entry, `retired.${n}`, kinds)),
    settled: settled && { ...settled, steps: checkAll(settled.steps, 'settled.steps', kinds) },
  };
}

const checkAll = <E extends Recorded>(entries: Readonly<Record<string, E>>, at: string, kinds: Kinds) =>
  Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, check(entry, `${at}.${id}`, kinds)]));

function check<E extends Recorded>(entry: E, at: string, kinds: Kinds): E {
  const shape = Object.hasOwn(kinds, entry.kind) ? kinds[entry.kind] : undefined;
  if (!shape)
    throw new Unreadable(
      `it holds a ${entry.kind} (${at}), which this eo-setup does not know`,
      'Run the command with the eo-setup that wrote it, or a newer one.',
    );
  const part = (name: 'key' | 'inputs' | 'outputs' | 'receipt'): object => {
    if (entry[name] === undefined) return {};
    const parsed = shape[name]?.safeParse(entry[name]);
    if (parsed?.success === false) {
      const [issue] = parsed.error.issues;
      throw new Unreadable(`it is damaged (${[at, name, ...(issue?.path ?? [])].join('.')}: ${issue?.message})`);
    }
    return { [name]: parsed?.data };
  };
  return { ...entry, ...part('key'), ...part('inputs'), ...part('outputs'), ...part('receipt') };
}
