import { hasEvents } from "../world/api-version.ts";

/** A receiver of events. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  /** Each of them signs each delivery. */
  secrets: readonly string[];
  /** Requested types; `*` for all. */
  readonly enabledEvents: readonly string[];
  /** The version in which its events are written; undefined: the account's. */
  readonly apiVersion?: string | undefined;
  /** `thin`: an event only names the object. Default: it contains a snapshot of the object. */
  readonly payload?: "snapshot" | "thin" | undefined;
  /** True to receive the events of connected accounts, and only these; otherwise the platform's own. */
  readonly connect: boolean;
  /** Set when it was deleted: its pending deliveries are dropped. */
  removed: boolean;
}

/** The registered receivers. */
export interface Endpoints {
  add(endpoint: Omit<Endpoint, "removed">): Endpoint;
  find(id: string): Endpoint | undefined;
  remove(id: string): boolean;
  list(): readonly Endpoint[];
  /** Receivers that subscribed to events of this type, of connected accounts or of the platform itself. */
  subscribedTo(type: string, connect: boolean): readonly Endpoint[];
}

/** Creates an empty set of receivers. */
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
    subscribedTo: (type, isConnect) =>
      [...endpoints.values()].filter(
        ({ enabledEvents, apiVersion, connect }) =>
          connect === isConnect &&
          (enabledEvents.includes("*") || enabledEvents.includes(type)) &&
          (apiVersion === undefined || hasEvents(type, apiVersion)),
      ),
  };
}
