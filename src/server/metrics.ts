import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { FairReads } from "../store/fair-reads.ts";
import type { Callbacks } from "./callback/open-callbacks.ts";
import type { Streams } from "./streams/open-streams.ts";
import type { WebSocketTransport } from "./websocket/open-websocket.ts";

/** Metrics of the server. */
export interface ServerMetrics {
  readonly observeRequest: (request: {
    readonly route: string;
    readonly status: number;
    readonly durationMs: number;
  }) => void;
  readonly countOperation: (operation: { readonly type: string; readonly failed: boolean }) => void;
  /** Reports the number of sockets and of operations on them, whenever the metrics are read. Once per registry. */
  readonly watchSockets: (transport: Pick<WebSocketTransport, "sockets" | "operations">) => void;
  /** Reports the number of streams likewise. */
  readonly watchStreams: (streams: Pick<Streams, "open">) => void;
  /** Reports the number of subscriptions by callback likewise. */
  readonly watchCallbacks: (callbacks: Pick<Callbacks, "open">) => void;
  /** Reports the number of waiting reads likewise. */
  readonly watchReads: (reads: Pick<FairReads, "waiting">) => void;
}

/** Range: from one store read on a socket to the deadline of a request. */
const BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Registers the server's metrics. No label contains a value sent by a caller, so the number of series is bounded. */
export function createServerMetrics(registry: Registry): ServerMetrics {
  const requests = new Histogram({
    name: "sluice_http_request_duration_seconds",
    help: "Time from a request's head to the end of its response.",
    labelNames: ["route", "status"],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  const operations = new Counter({
    name: "sluice_graphql_operations_total",
    help: "GraphQL operations answered over HTTP, by type and by whether any error was in the answer.",
    labelNames: ["type", "outcome"],
    registers: [registry],
  });
  function gauge(name: string, help: string, read: () => number): void {
    const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => made.set(read()) });
  }

  return {
    observeRequest: ({ route, status, durationMs }) => requests.observe({ route, status }, durationMs / 1_000),
    countOperation: ({ type, failed }) => operations.inc({ type, outcome: failed ? "error" : "ok" }),
    watchReads(reads) {
      gauge("sluice_graph_reads_waiting", "Reads of operations that wait for a database connection.", reads.waiting);
    },
    watchStreams(streams) {
      gauge("sluice_http_streams", "Open responses that are streams of events.", () => streams.open);
    },
    watchCallbacks(callbacks) {
      gauge(
        "sluice_callback_subscriptions",
        "Subscriptions that this process sends by callback.",
        () => callbacks.open,
      );
    },
    watchSockets(transport) {
      gauge("sluice_websocket_sockets", "Open WebSockets.", () => transport.sockets);
      gauge("sluice_websocket_operations", "Operations that run on WebSockets.", () => transport.operations);
    },
  };
}
