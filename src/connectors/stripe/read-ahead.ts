/**
 * Reads several sequences one after the other, in order, while the first values of up to `width - 1` later ones are
 * being fetched: calls that would wait for each other run concurrently. The very first value is fetched alone, so that
 * a failing upstream gets only one call. At most one value per sequence is kept in memory. The first failure ends the
 * reading. Leaving the iteration early closes every sequence that was opened.
 */
export async function* readAhead<Item, Value>(
  items: Iterable<Item>,
  width: number,
  open: (item: Item) => AsyncGenerator<Value, void>,
): AsyncGenerator<Value, void> {
  const waiting = [...items];
  const opened: {
    readonly sequence: AsyncGenerator<Value, void>;
    readonly first: Promise<IteratorResult<Value, void>>;
  }[] = [];
  const fill = (size: number): void => {
    for (const item of waiting.splice(0, size - opened.length)) {
      const sequence = open(item);
      const first = sequence.next();
      first.catch(() => undefined); // reported when its turn comes, or not at all when an earlier one has failed
      opened.push({ sequence, first });
    }
  };
  try {
    fill(1);
    for (let current = opened[0]; current !== undefined; current = opened[0]) {
      let step = await current.first;
      fill(width);
      for (; step.done !== true; step = await current.sequence.next()) yield step.value;
      opened.shift();
      fill(width);
    }
  } finally {
    await Promise.allSettled(opened.map(({ sequence }) => sequence.return(undefined)));
  }
}
