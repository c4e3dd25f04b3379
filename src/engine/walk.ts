export type Edges = ReadonlyMap<string, readonly string[]>;

export interface Limits {
  /** How many at a time. */
  readonly parallel: number;
  /** The lane of an id, and how many may be in it at a time. */
  readonly lane?: (id: string) => { readonly name: string; readonly limit: number } | undefined;
  readonly signal?: AbortSignal;
}

/** Runs `work` for each id as soon as its edges are done. After a failure or an abort nothing new starts; what runs finishes. */
export async function walk(edges: Edges, limits: Limits, work: (id: string) => Promise<void>): Promise<void> {
  const waiting = new Set(edges.keys());
  const done = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const errors: unknown[] = [];
  const isFree = (id: string) => {
    const lane = limits.lane?.(id);
    return !lane || [...running.keys()].filter((other) => limits.lane?.(other)?.name === lane.name).length < lane.limit;
  };
  const isReady = (id: string) => edges.get(id)?.every((edge) => !edges.has(edge) || done.has(edge)) === true;
  const mayStart = () => errors.length === 0 && !limits.signal?.aborted && running.size < limits.parallel;
  const start = (id: string) => {
    waiting.delete(id);
    const finished = work(id).then(
      () => void done.add(id),
      (error: unknown) => void errors.push(error),
    );
    running.set(
      id,
      finished.finally(() => running.delete(id)),
    );
  };
  for (;;) {
    while (mayStart()) {
      const id = [...waiting].find((candidate) => isReady(candidate) && isFree(candidate));
      if (id === undefined) break;
      start(id);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'Several steps failed.');
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
