import { isDeepStrictEqual } from 'node:util';

/** `kept`: nobody wants it any more, but it holds something that was not to be lost. */
type Status = 'reconciling' | 'ready' | 'deleting' | 'kept';

/** What is written down of one step, before and after every change to the world. */
export interface Entry {
  readonly kind: string;
  readonly key: { readonly name: string };
  readonly status: Status;
  /** `used`: somebody else's, never changed or deleted. */
  readonly origin: 'created' | 'adopted' | 'used';
  readonly needs: readonly string[];
  readonly after: readonly string[];
  /** Absent where the entry was rebuilt from the world. */
  readonly inputs?: object | undefined;
  readonly outputs?: object | undefined;
  readonly receipt?: object | undefined;
  /** A look before the first create found nothing, so an unmarked thing of exactly this key is ours. */
  readonly absent?: boolean | undefined;
  /** When this attempt began, in ms since the epoch: what it created may stay invisible for a while. */
  readonly since?: number | undefined;
}

export type Retired = Entry & { readonly id: string };

/** Whether both are recorded under the same name. */
export const sameKey = (a: Pick<Entry, 'key'>, b: Pick<Entry, 'key'>): boolean => isDeepStrictEqual(a.key, b.key);

/** A step as the last finished run left it: where a rollback goes. */
export type Settled = Pick<Entry, 'kind' | 'key' | 'needs' | 'after' | 'inputs' | 'outputs'>;

export interface State {
  readonly serial: number;
  /** The last run that was started, finished or not; settings without secrets. */
  readonly run?: { readonly settings: object; readonly startedAt: string } | undefined;
  readonly steps: Readonly<Record<string, Entry>>;
  /** Recorded things that no step wants any more, waiting to be deleted, or kept. */
  readonly retired: readonly Retired[];
  /** The last plan that finished. `null`: it is not known (the state was rebuilt from the world). */
  readonly settled: {
    readonly settings?: object | undefined;
    readonly steps: Readonly<Record<string, Settled>>;
  } | null;
}

/** Everything that is recorded, wanted or not; no two have the same id and key. */
export const recordsOf = ({ steps, retired }: State): readonly Retired[] => [
  ...Object.entries(steps).map(([id, entry]) => ({ ...entry, id })),
  ...retired,
];

export const emptyState: State = { serial: 0, steps: {}, retired: [], settled: { steps: {} } };

/** The port that `state/` implements. */
export interface StateStore {
  readonly load: () => Promise<State | undefined>;
  readonly save: (state: State) => Promise<void>;
}
