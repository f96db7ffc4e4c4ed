import { WAIT_LIMIT_MS } from "./eventually.ts";

/** Rejects when the promise has not settled in time, with the name of the awaited condition. */
export async function within<T>(deadlineMs: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${deadlineMs} ms`)), deadlineMs);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** The next `count` values; fails when they do not arrive within the deadline or the iterator ends before. */
export async function take<T>(iterator: AsyncIterator<T>, count: number, deadlineMs = WAIT_LIMIT_MS): Promise<T[]> {
  const values: T[] = [];
  const read = async (): Promise<T[]> => {
    while (values.length < count) {
      const { done, value } = await iterator.next();
      if (done === true) throw new Error(`ended after ${values.length} of ${count} values`);
      values.push(value);
    }
    return values;
  };
  return await within(deadlineMs, `value ${count}`, read());
}
