/**
 * Returns the result of `work`, or that of `onTimeout` if the work takes longer than `ms`. The work is not stopped: what
 * becomes of it afterwards is ignored, including its failure.
 * @throws what `work` or `onTimeout` throws
 */
export async function withTimeout<T>(ms: number, work: Promise<T>, onTimeout: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  try {
    return await Promise.race([work, late.then(onTimeout)]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when `work` has ended, after `ms` at the latest. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  await withTimeout<unknown>(ms, work, () => undefined);
}
