import type { UpstreamClient } from "../connector-api/client.ts";
import type { AnyConnector } from "../connector-api/connector.ts";
import type { Lane } from "../upstream/budget/lane.ts";

/** When a source is compared by the schedule, where it differs from the settings of all sources. */
export interface OwnComparisons {
  /** Interval between two comparisons. */
  readonly everyMs?: number | "off" | undefined;
  /** Number of days that are compared each time, with today. */
  readonly days?: number | undefined;
}

/** One configured instance of a connector, ready to be called. */
export interface Source {
  readonly tenantId: string;
  /** Part of URLs and stored keys. */
  readonly id: string;
  readonly connector: AnyConnector;
  /** Platform whose settings it shares, and at whose address its webhooks may arrive. */
  readonly platform?: string | undefined;
  /** Parsed by the connector's own schema. Holds secrets: never logged. */
  readonly config: unknown;
  /** Pause between polls; undefined: polled only on request. */
  readonly scheduleMs: number | undefined;
  readonly reconcile?: OwnComparisons | undefined;
  /** Identifies the credential whose budget the source uses, without revealing it. */
  readonly credential: string;
  /** Returns the client for calls to the upstream in the given lane. */
  client(lane: Lane): UpstreamClient;
}
