/**
 * Merges the items of several generators, a few of them running at a time, each item as soon as it arrives. Further
 * generators start when a running one ends. The first failure ends all of them; so does leaving early, after a call of
 * `onLeave`.
 */
export async function* merged<Item>(
  generators: Iterable<AsyncGenerator<Item, void>>,
  { maxRunning, onLeave }: { readonly maxRunning: number; readonly onLeave: () => void },
): AsyncGenerator<Item, void> {
  const waiting = generators[Symbol.iterator]();
  const running = new Map<AsyncGenerator<Item, void>, Promise<Step<Item>>>();
  const employ = (): void => {
    while (running.size < maxRunning) {
      const next = waiting.next();
      if (next.done === true) return;
      running.set(next.value, stepOf(next.value));
    }
  };
  try {
    for (employ(); running.size > 0; employ()) {
      const { generator, result } = await Promise.race(running.values());
      running.delete(generator);
      if (result.done === true) continue;
      yield result.value; // its next item is requested once this one was consumed
      running.set(generator, stepOf(generator));
    }
  } finally {
    onLeave();
    await Promise.allSettled([...running.keys()].map((generator) => generator.return()));
  }
}

interface Step<Item> {
  readonly generator: AsyncGenerator<Item, void>;
  readonly result: IteratorResult<Item, void>;
}

function stepOf<Item>(generator: AsyncGenerator<Item, void>): Promise<Step<Item>> {
  const step = generator.next().then((result) => ({ generator, result }));
  step.catch(() => undefined); // reported when it is awaited; until then it must not count as unhandled
  return step;
}
