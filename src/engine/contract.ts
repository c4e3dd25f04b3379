import type * as z from 'zod';

/** The data that a kind of resource speaks in, as zod schemas. */
export interface Shape {
  /** What it is called; known before anything exists. */
  readonly key: z.ZodType<{ readonly name: string }>;
  /** What it should be. */
  readonly inputs: z.ZodType<object>;
  /** Identifiers only: stable for the life of the object, never a secret. */
  readonly outputs: z.ZodType<object>;
  /** What we last sent, where it cannot be read back. */
  readonly receipt?: z.ZodType<object>;
}

export type Key<S extends Shape> = z.infer<S['key']>;
export type Inputs<S extends Shape> = z.infer<S['inputs']>;
export type Outputs<S extends Shape> = z.infer<S['outputs']>;
export type Receipt<S extends Shape> = S['receipt'] extends z.ZodType<infer R> ? R : undefined;

/** Whose mark an object carries: this installation's, nobody's, or another's (named for the message). */
export type Mark = 'ours' | 'none' | { readonly other: string };

/** What the state remembers of an object when it is looked at. */
export interface Known<S extends Shape> {
  readonly key: Key<S>;
  readonly outputs?: Outputs<S> | undefined;
  readonly receipt?: Receipt<S> | undefined;
}

/** What `read` found. `undefined` instead of this means that nothing is there. */
export interface Observed<S extends Shape> {
  readonly outputs: Outputs<S>;
  readonly mark: Mark;
  /** Names of the inputs whose live value differs from the wanted one; empty where nothing was wanted. */
  readonly drift: readonly (keyof Inputs<S> & string)[];
  /** Not usable yet (settling), or broken (not settling), and why. */
  readonly unready?: { readonly settling: boolean; readonly why: string } | undefined;
  /** What it holds that a delete would lose: "312 objects". */
  readonly holds?: string | undefined;
  /** Things a person should know that are not drift: "2 more numbers were added by hand". */
  readonly notes?: readonly string[] | undefined;
  /** It cannot become ours whatever its mark says, and why: "+1317… belongs to the IVR Sales". */
  readonly refusal?: string | undefined;
  /** What a change would overwrite, and a delete lose, that we did not make; a copy of it is kept first. */
  readonly overwrites?: Overwrites | undefined;
  /** Who has it locked, so that nobody else can change or delete it: "Jane Doe". */
  readonly locked?: string | undefined;
}

/** Something in an object that is not of our making. */
export interface Overwrites {
  /** Whose, since when: "edited by Jane Doe on 2026-11-20, version 4.0". */
  readonly what: string;
  /** Whether it is known to be somebody else's: then it takes a yes of its own. Else we may have made it and forgotten. */
  readonly isTheirs: boolean;
}

/** What the engine gives to a resource for one step of one run. */
export interface Run {
  /** The installation: 12 hex digits. */
  readonly installation: string;
  /** The step's id; installation and step together are the mark. */
  readonly step: string;
  /** Tell the person what is being waited for: "IAM propagation, usually about 10 s". */
  readonly note: (message: string) => void;
  readonly signal: AbortSignal;
  /** Sleeps `ms` milliseconds; rejects with the signal's reason when the run is stopped. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The bytes whose sha256 (hex) an input names. */
  readonly artifact: (sha256: string) => Promise<Uint8Array>;
}

/** What a reconcile has to show: the identifiers once they are known, the receipt once something was sent. */
export interface Made<S extends Shape> {
  readonly outputs?: Outputs<S> | undefined;
  readonly receipt?: Receipt<S> | undefined;
  /** What a person should know of how it was done; not recorded. */
  readonly aside?: string | undefined;
}

/** How one kind of thing is read, made so, and deleted. `C` is the context, a `Run` with the clients in it. */
// biome-ignore lint/suspicious/noExplicitAny: the one existential: the engine hands every kind the same context
export type Resource<S extends Shape, C = any> = S & {
  readonly kind: string;
  /** What a person calls it: "Lambda function". */
  readonly label: string;
  /** Inputs that only another object can have. */
  readonly immutable?: readonly (keyof Inputs<S> & string)[];
  /** `use`: a fitting one of somebody else's is used, never changed or deleted. */
  readonly foreign?: 'use';
  /** How long, in ms, a fresh object may stay invisible to look-ups by name. */
  readonly visibleWithin?: number;
  /** Serialises the kind: see `Deps.lanes`. */
  readonly lane?: string;
  /** Looks, and never judges. Without `wanted` (a delete), drift is empty. */
  readonly read: (ctx: C, known: Known<S>, wanted?: Inputs<S>) => Promise<Observed<S> | undefined>;
  /**
   * What must have been sent last, as far as the object itself tells, where no state does. Undefined where it does not:
   * then everything is sent again.
   */
  readonly presume?: (ctx: C, outputs: Outputs<S>, inputs: Inputs<S>) => Promise<Receipt<S> | undefined>;
  /**
   * Ensure, sync, return. What already is as wanted is not written. `made` saves at once: it is called straight after
   * a create, before any second call, and after starting anything that goes on by itself.
   */
  readonly reconcile: (
    ctx: C,
    key: Key<S>,
    inputs: Inputs<S>,
    observed: Observed<S> | undefined,
    made: (made: Made<S>) => Promise<void>,
  ) => Promise<Made<S> & { readonly outputs: Outputs<S> }>;
  /**
   * Called before it is changed or deleted where `read` found something to overwrite, or a lock: keeps copies, takes the
   * lock away, and says where the copies are.
   */
  readonly takeOver?: (ctx: C, key: Key<S>, observed: Observed<S>) => Promise<readonly string[]>;
  /** Absent is gone. `data` says whether what it holds may be lost. */
  readonly delete: (
    ctx: C,
    outputs: Outputs<S>,
    data: 'keep' | 'delete',
  ) => Promise<'gone' | { readonly kept: string }>;
};

// biome-ignore lint/suspicious/noExplicitAny: the one existential: resources of all kinds in one registry
export type AnyResource = Resource<any>;
// biome-ignore lint/suspicious/noExplicitAny: and steps of all kinds in one list
export type AnyStep = Step<any>;

/** Something that must hold before a step goes ahead, shown by trying it out. Throws where it does not. */
// biome-ignore lint/suspicious/noExplicitAny: as with `Resource`: the engine hands every check the same context
export interface Check<C = any> {
  /** What is the case where it holds: "the data action dev-pay returns a payment id". */
  readonly holds: string;
  readonly needs: Needs;
  readonly run: (context: C, outputs: never) => Promise<void>;
}

/** Declares a check: `run` gets the outputs of `needs`, which the step must come after. */
export const check = <C, const N extends Needs>(
  holds: string,
  needs: N,
  run: (context: C, outputs: OutputsOf<N>) => Promise<void>,
): Check<C> => ({ holds, needs, run });

/** One thing of the solution: which kind, what it is called, what it stands on, and what it should be. */
export interface Step<S extends Shape> {
  readonly id: string;
  readonly resource: Resource<S>;
  readonly key: Key<S>;
  readonly needs: Readonly<Record<string, AnyStep>>;
  readonly after: readonly AnyStep[];
  /** What must hold before the step is made so. */
  readonly checks: readonly Check[];
  readonly inputs: (needs: never) => Inputs<S>;
}

type Needs = Readonly<Record<string, AnyStep>>;
type OutputsOf<N extends Needs> = { readonly [K in keyof N]: N[K] extends Step<infer S> ? Outputs<S> : never };

/** Declares a step: `inputs` gets the outputs of `needs`; `after` is order only. */
export function step<S extends Shape, const N extends Needs = Record<never, never>>(
  id: string,
  resource: Resource<S>,
  spec: {
    key: NoInfer<Key<S>>;
    needs?: N;
    after?: readonly AnyStep[];
    checks?: readonly Check[];
    inputs: (needs: OutputsOf<N>) => NoInfer<Inputs<S>>;
  },
): Step<S> {
  const { key, needs = {}, after = [], checks = [], inputs } = spec;
  return { id, resource, key, needs, after, checks, inputs };
}
