import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { EventFeed } from "./events/feed.ts";
import type { Inbox } from "./inbox/inbox.ts";
import type { Refetcher } from "./sync/refetch/refetcher.ts";
import type { SyncEngine } from "./sync/engine.ts";
import type { CallObservation } from "./upstream/observe.ts";

/** What the process counts. Labels come from closed sets (sources, lanes, codes), never from the outside. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts the tries of calls to one source's upstream. */
  upstreamCall(sourceId: string): (observation: CallObservation) => void;
  /** Reads the parts' own counts whenever metrics are asked for. */
  watch(parts: {
    readonly inbox: Pick<Inbox, "stats">;
    readonly engine: Pick<SyncEngine, "activeStreams">;
    readonly refetcher: Pick<Refetcher, "stats">;
    readonly feed: Pick<EventFeed, "open">;
  }): void;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: "sluice_upstream_calls_total",
    help: "Tries of calls to upstreams, by outcome: an error code, or ok.",
    labelNames: ["source", "lane", "outcome"],
    registers: [registry],
  });
  const durations = new Histogram({
    name: "sluice_upstream_call_seconds",
    help: "Duration of tries that reached the upstream.",
    labelNames: ["source", "lane"],
    buckets: SECONDS,
    registers: [registry],
  });
  const waits = new Histogram({
    name: "sluice_upstream_wait_seconds",
    help: "Wait for a permit before a try.",
    labelNames: ["source", "lane"],
    buckets: SECONDS,
    registers: [registry],
  });
  return {
    registry,
    upstreamCall: (source) => (observation) => {
      const { lane } = observation;
      calls.inc({ source, lane, outcome: observation.code ?? "ok" });
      durations.observe({ source, lane }, observation.durationMs / 1_000);
      waits.observe({ source, lane }, observation.waitedMs / 1_000);
    },
    watch({ inbox, engine, refetcher, feed }) {
      gauge(
        registry,
        "sluice_inbox_waiting",
        "Verified deliveries whose commit has not begun.",
        () => inbox.stats().waiting,
      );
      gauge(registry, "sluice_streams_active", "Streams that this process is reading.", () => engine.activeStreams());
      gauge(registry, "sluice_subscriptions_open", "Subscriptions that are open now.", () => feed.open);
      counter(
        registry,
        "sluice_objects_refetched_total",
        "Objects fetched again to settle doubts.",
        () => refetcher.stats().refetched,
      );
      for (const result of ["stored", "duplicate", "conflicting", "refused", "applied", "parked"] as const) {
        counter(registry, `sluice_deliveries_${result}_total`, `Deliveries ${result}.`, () => inbox.stats()[result]);
      }
    },
  };
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

/** A count that is kept elsewhere. */
function counter(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}
