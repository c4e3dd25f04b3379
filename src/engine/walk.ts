import { ownSignal } from './own-signal.ts';

export type Edges = ReadonlyMap<string, readonly string[]>;

export interface Limits {
  /** How many at a time. */
  readonly parallel: number;
  /** The lane of an id, and how many may be in it at a time. */
  readonly lane?: (id: string) => { readonly name: string; readonly limit: number } | undefined;
  readonly signal?: AbortSignal;
}

/** Why a step was stopped that had not failed itself. */
class StoppedError extends Error {
  override readonly name = 'StoppedError';
  constructor() {
    super('Stopped, because another step failed.');
  }
}

/**
 * Runs `work` for each id as soon as its edges are done. After a failure or an abort nothing new starts, and what runs is
 * told by its signal to wait for nothing any more.
 */
export async function walk(
  edges: Edges,
  limits: Limits,
  work: (id: string, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  if (edges.size === 0) return limits.signal?.throwIfAborted();
  const waiting = new Set(edges.keys());
  const done = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const errors = new Set<unknown>();
  const { signal, stop } = ownSignal(limits.signal);
  const isFree = (id: string) => {
    const lane = limits.lane?.(id);
    return !lane || [...running.keys()].filter((other) => limits.lane?.(other)?.name === lane.name).length < lane.limit;
  };
  const isReady = (id: string) => edges.get(id)?.every((edge) => !edges.has(edge) || done.has(edge)) === true;
  const fail = (error: unknown) => {
    if (!(error instanceof StoppedError)) errors.add(error);
    stop(new StoppedError());
  };
  const start = (id: string) => {
    waiting.delete(id);
    const finished = work(id, signal).then(() => void done.add(id), fail);
    running.set(
      id,
      finished.finally(() => running.delete(id)),
    );
  };
  for (;;) {
    while (!signal.aborted && running.size < limits.parallel) {
      const id = [...waiting].find((candidate) => isReady(candidate) && isFree(candidate));
      if (id === undefined) break;
      start(id);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  const [first, ...others] = errors;
  if (errors.size > 0) throw others.length === 0 ? first : new AggregateError(errors, 'Several steps failed.');
  limits.signal?.throwIfAborted();
  if (waiting.size > 0) throw new Error(`These steps wait for each other: ${[...waiting].join(', ')}.`);
}

/** The same edges, turned round: who must be gone before me. */
export function reversed(edges: Edges): Edges {
  return new Map(
    [...edges.keys()].map((id) => [id, [...edges].filter(([, to]) => to.includes(id)).map(([other]) => other)]),
  );
}

/** The ids so that each comes after its edges. */
export function inOrder(edges: Edges): readonly string[] {
  const order: string[] = [];
  const visit = (id: string, path: readonly string[]) => {
    if (path.includes(id)) throw new Error(`These steps wait for each other: ${[...path, id].join(' → ')}.`);
    if (order.includes(id) || !edges.has(id)) return;
    for (const edge of edges.get(id) ?? []) visit(edge, [...path, id]);
    order.push(id);
  };
  for (const id of edges.keys()) visit(id, []);
  return order;
}
