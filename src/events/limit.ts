/** Runs what it is given, so many at a time, the rest in order. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/** @param max works that run at the same time */
export function createLimit(max: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next(); // the place passes on
    }
  };
}
