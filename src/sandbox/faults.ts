import * as z from 'zod';

/** Something that goes wrong, on purpose, with the requests it matches. */
export const faultSchema = z.strictObject({
  /** Which requests; an absent member matches all. `nth` counts them from 1, from when the fault was set. */
  match: z
    .strictObject({
      service: z.string().optional(),
      operation: z.string().optional(),
      nth: z.int().min(1).optional(),
    })
    .default({}),
  /** Before anything was done, or once it was done and written down, so that only the answer suffers. */
  when: z.enum(['before', 'after']),
  /**
   * `refuse` answers with `status`; `drop` destroys the connection; `hold` waits to be released;
   * `stall` sends half of the answer and no more; `garble` spoils its body, as `as` says.
   */
  then: z.enum(['refuse', 'drop', 'hold', 'stall', 'garble']),
  status: z.int().min(200).max(599).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  as: z.enum(['cut', 'html', 'empty']).optional(),
  /** How often it strikes; by default once with `nth`, and always without. */
  times: z.int().min(1).optional(),
});
export type Fault = z.infer<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;

/** A fault that was set, with how many requests matched and how many it struck. */
type StandingFault = Fault & { readonly seen: number; readonly struck: number };

export interface Faults {
  /** Replaces all faults; counting starts again. */
  readonly set: (faults: readonly FaultInput[]) => void;
  readonly list: () => readonly StandingFault[];
  /** The numbers (in the history) of the requests being held. */
  readonly held: () => readonly number[];
  /** Lets the held requests go on, all of them or one; says how many. */
  readonly release: (n?: number) => number;
}

export interface KeptFaults extends Faults {
  /** What strikes this request. Every fault that matches it counts it. */
  readonly draw: (service: string, operation: string) => { before?: Fault | undefined; after?: Fault | undefined };
  /** Aborted when the request is released. */
  readonly hold: (n: number) => AbortSignal;
  /** The request is no longer waiting, released or not. */
  readonly letGo: (n: number) => void;
}

/** Makes a set of faults, empty at first. */
export function createFaults(): KeptFaults {
  let standing: StandingFault[] = [];
  const held = new Map<number, AbortController>();

  const strike = (fault: StandingFault): StandingFault => {
    const seen = fault.seen + 1;
    return { ...fault, seen, struck: fault.struck + (isDue(fault, seen) ? 1 : 0) };
  };
  return {
    set: (faults) => {
      standing = z
        .array(faultSchema)
        .parse(faults)
        .map((fault) => ({ ...fault, seen: 0, struck: 0 }));
    },
    list: () => standing,
    held: () => [...held.keys()],
    release: (n) => {
      const chosen = [...held].filter(([number]) => n === undefined || number === n);
      for (const [number, controller] of chosen) {
        held.delete(number);
        controller.abort();
      }
      return chosen.length;
    },
    draw: (service, operation) => {
      const due: Fault[] = [];
      standing = standing.map((fault) => {
        if (!fits(fault, service, operation)) return fault;
        const after = strike(fault);
        if (after.struck > fault.struck) due.push(fault);
        return after;
      });
      return { before: due.find(({ when }) => when === 'before'), after: due.find(({ when }) => when === 'after') };
    },
    hold: (n) => {
      const controller = new AbortController();
      held.set(n, controller);
      return controller.signal;
    },
    letGo: (n) => {
      held.delete(n);
    },
  };
}

const fits = ({ match }: Fault, service: string, operation: string): boolean =>
  (match.service === undefined || match.service === service) &&
  (match.operation === undefined || match.operation === operation);

function isDue({ match: { nth }, times }: Fault, seen: number): boolean {
  const first = nth ?? 1;
  const often = times ?? (nth === undefined ? Number.POSITIVE_INFINITY : 1);
  return seen >= first && seen < first + often;
}
