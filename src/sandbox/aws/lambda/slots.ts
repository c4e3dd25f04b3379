/** Lets so much work run at once, the rest in turn. */
export interface Slots {
  readonly use: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Makes `size` slots. */
export function createSlots(size: number): Slots {
  let free = size;
  const waiting: (() => void)[] = [];
  return {
    use: async (work) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
