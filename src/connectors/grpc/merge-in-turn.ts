/**
 * Returns the values of several sources as they come, each source at most one value ahead. The first failure ends all of
 * them. Without a source it waits until it is ended.
 * @param ending aborted at the end, so that sources stop waiting
 */
export async function* mergeInTurn<Value>(
  sources: readonly AsyncGenerator<Value, void>[],
  ending: AbortController,
): AsyncGenerator<Value, void> {
  const advance = async (source: AsyncGenerator<Value, void>) => ({ source, result: await source.next() });
  const waiting = new Map(sources.map((source) => [source, advance(source)]));
  try {
    while (waiting.size > 0) {
      const { source, result } = await Promise.race(waiting.values());
      waiting.delete(source); // to the end of the order, so that a busy source does not keep others waiting
      if (result.done === true) continue;
      yield result.value;
      waiting.set(source, advance(source));
    }
  } finally {
    ending.abort();
    await Promise.allSettled(waiting.values());
    await Promise.allSettled(sources.map((source) => source.return()));
  }
}
