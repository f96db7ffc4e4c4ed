/** Requests of an operator to read the settings file again. */
export interface ReloadRequests {
  /** Number of requests so far: those before anybody listens count too. */
  count(): number;
  request(): void;
  /** @returns a function that ends this */
  on(listener: () => void): () => void;
}

export function createReloadRequests(): ReloadRequests {
  const listeners = new Set<() => void>();
  let requested = 0;
  return {
    count: () => requested,
    request() {
      requested += 1;
      for (const listener of listeners) listener();
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
