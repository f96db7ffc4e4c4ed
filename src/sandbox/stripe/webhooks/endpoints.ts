/** A receiver of events. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  /** Every one signs each delivery. */
  secrets: readonly string[];
  /** Types that it wants; `*` for all. */
  readonly enabledEvents: readonly string[];
  /** Set when it was deleted: what was pending for it is dropped. */
  removed: boolean;
}

/** The registered receivers. */
export interface Endpoints {
  add(endpoint: Omit<Endpoint, "removed">): Endpoint;
  find(id: string): Endpoint | undefined;
  remove(id: string): boolean;
  list(): readonly Endpoint[];
  /** Those that want events of this type. */
  wanting(type: string): readonly Endpoint[];
}

/** No receivers. */
export function createEndpoints(): Endpoints {
  const endpoints = new Map<string, Endpoint>();
  return {
    add(input) {
      const endpoint = { ...input, removed: false };
      endpoints.set(endpoint.id, endpoint);
      return endpoint;
    },
    find: (id) => endpoints.get(id),
    remove(id) {
      const endpoint = endpoints.get(id);
      if (endpoint !== undefined) endpoint.removed = true;
      return endpoints.delete(id);
    },
    list: () => [...endpoints.values()],
    wanting: (type) =>
      [...endpoints.values()].filter(
        ({ enabledEvents }) => enabledEvents.includes("*") || enabledEvents.includes(type),
      ),
  };
}
