/** Yields the values of an iterable; while the caller works with one, the next one is made. */
export async function* oneAhead<Value>(values: AsyncGenerator<Value>): AsyncGenerator<Value> {
  let next = values.next();
  try {
    for (;;) {
      const result = await next;
      if (result.done === true) return;
      next = values.next();
      next.catch(() => undefined); // thrown when it is awaited
      yield result.value;
    }
  } finally {
    await next.catch(() => undefined); // nothing is read any more when the caller goes on
    await values.return(undefined);
  }
}
