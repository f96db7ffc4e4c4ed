import type { UpstreamClient } from "../connector-api/client.ts";
import type { AnyConnector } from "../connector-api/connector.ts";
import type { Lane } from "./lane.ts";

/** One configured use of a connector, ready to be called. */
export interface Source {
  readonly tenantId: string;
  /** In URLs and stored keys. */
  readonly id: string;
  readonly connector: AnyConnector;
  /** Parsed by the connector's own schema. Holds secrets: never logged. */
  readonly config: unknown;
  /** Pause between polls; undefined: polled only when asked. */
  readonly scheduleMs: number | undefined;
  /** Names the credential whose budget it draws on, without showing it. */
  readonly credential: string;
  /** The way out, in the given class of work. */
  client(lane: Lane): UpstreamClient;
}
