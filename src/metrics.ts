import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { EventFeed } from "./events/feed.ts";
import type { Feeds } from "./ingest/feeds/feeds.ts";
import type { Inbox } from "./ingest/webhooks/inbox.ts";
import type { Refetcher } from "./ingest/refetch/refetcher.ts";
import type { SyncEngine } from "./ingest/polling/engine.ts";
import type { BreakerState } from "./upstream/breaker.ts";
import type { CallObservation } from "./upstream/observe.ts";
import type { Upstream } from "./upstream/upstream.ts";

/**
 * Counters of the process. Labels come from closed sets (connectors, lanes, codes), never from external input. Sources
 * may be thousands: only the first ones that are opened have series of their own, and durations are by connector.
 */
export interface Metrics {
  readonly registry: Registry;
  /** Counts the attempts of calls to one source's upstream. */
  upstreamCall(sourceId: string, connector: string): (observation: CallObservation) => void;
  /** Reports whether the circuit to one source's upstream is open. */
  breaker(sourceId: string, connector: string): (state: BreakerState) => void;
  /** Counts a violated invariant of stored objects, by its kind: see src/reconcile/invariants/invariants.ts. */
  invariantBroken(kind: string): void;
  /** Counts a row of the audit trail. */
  auditRow(outcome: string): void;
  /** Records how reading the settings file has ended. */
  settingsFile(outcome: "read" | "failed"): void;
  /** Counts an evidence pack that has ended. */
  evidencePack(outcome: string): void;
  /** Reads the counts of the parts whenever metrics are requested. */
  watch(parts: {
    readonly inbox: Pick<Inbox, "stats">;
    readonly engine: Pick<SyncEngine, "activeStreams">;
    readonly refetcher: Pick<Refetcher, "stats">;
    readonly feed: Pick<EventFeed, "open">;
    readonly feeds: Pick<Feeds, "stats">;
    readonly upstreams: ReadonlyMap<string, Pick<Upstream, "budget">>;
  }): void;
}

const CIRCUIT = { CLOSED: 0, HALF_OPEN: 0.5, OPEN: 1 } as const;
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Label of the sources without series of their own. */
const OTHER_SOURCES = "other";

export interface MetricsOptions {
  /** Number of sources, and of credentials, that have series of their own. */
  readonly sources: number;
}

export function createMetrics({ sources }: MetricsOptions): Metrics {
  const labelOf = limitLabels(sources);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: "sluice_upstream_calls_total",
    help: "Attempts of upstream calls, by outcome: an error code, or ok.",
    labelNames: ["connector", "source", "lane", "outcome"],
    registers: [registry],
  });
  const durations = new Histogram({
    name: "sluice_upstream_call_seconds",
    help: "Duration of attempts that reached the upstream.",
    labelNames: ["connector", "lane"],
    buckets: SECONDS,
    registers: [registry],
  });
  const waits = new Histogram({
    name: "sluice_upstream_wait_seconds",
    help: "Wait for a permit before an attempt.",
    labelNames: ["connector", "lane"],
    buckets: SECONDS,
    registers: [registry],
  });
  const breaker = watchCircuits(registry, labelOf);
  const broken = new Counter({
    name: "sluice_invariants_broken_total",
    help: "Violations of invariants that were confirmed and opened a finding, by kind.",
    labelNames: ["kind"],
    registers: [registry],
  });
  const auditRows = new Counter({
    name: "sluice_audit_rows_total",
    help: "Rows of the audit trail that this process has written, by outcome: SUCCEEDED, FAILED, REFUSED, or STARTED.",
    labelNames: ["outcome"],
    registers: [registry],
  });
  const packs = new Counter({
    name: "sluice_evidence_packs_total",
    help: "Evidence packs that this process has written, by outcome: READY or FAILED.",
    labelNames: ["outcome"],
    registers: [registry],
  });
  return {
    registry,
    settingsFile: watchSettingsFile(registry),
    evidencePack: (outcome) => packs.inc({ outcome }),
    auditRow: (outcome) => auditRows.inc({ outcome }),
    invariantBroken: (kind) => broken.inc({ kind }),
    breaker,
    upstreamCall(sourceId, connector) {
      const source = labelOf(sourceId);
      return ({ lane, code, durationMs, waitedMs }) => {
        calls.inc({ connector, source, lane, outcome: code ?? "ok" });
        durations.observe({ connector, lane }, durationMs / 1_000);
        waits.observe({ connector, lane }, waitedMs / 1_000);
      };
    },
    watch({ inbox, engine, refetcher, feed, feeds, upstreams }) {
      watchBudgets(registry, upstreams, sources);
      watchFeeds(registry, feeds);
      gauge(
        registry,
        "sluice_inbox_waiting",
        "Verified deliveries whose commit has not begun.",
        () => inbox.stats().waiting,
      );
      gauge(registry, "sluice_streams_active", "Streams that this replica is reading.", () => engine.activeStreams());
      gauge(registry, "sluice_subscriptions_open", "Open subscriptions.", () => feed.open);
      counter(
        registry,
        "sluice_objects_refetched_total",
        "Objects fetched again because observations of them could not be ordered.",
        () => refetcher.stats().refetched,
      );
      for (const result of ["stored", "duplicate", "conflicting", "refused", "applied", "parked"] as const) {
        counter(registry, `sluice_deliveries_${result}_total`, `Deliveries ${result}.`, () => inbox.stats()[result]);
      }
    },
  };
}

/** Returns the label of a source: its id, or one label for all that come after the first `max`. */
function limitLabels(max: number): (sourceId: string) => string {
  const own = new Set<string>();
  return (sourceId) => {
    if (own.size < max) own.add(sourceId);
    return own.has(sourceId) ? sourceId : OTHER_SOURCES;
  };
}

function watchSettingsFile(registry: Registry): Metrics["settingsFile"] {
  const failed = new Gauge({
    name: "sluice_settings_file_failed",
    help: "1 while the settings file as it was read last is not used, because of a mistake or a missing database.",
    registers: [registry],
  });
  const readAt = new Gauge({
    name: "sluice_settings_file_read_timestamp_seconds",
    help: "Time at which the settings file in use was read.",
    registers: [registry],
  });
  readAt.setToCurrentTime();
  return (outcome) => {
    failed.set(outcome === "failed" ? 1 : 0);
    if (outcome === "read") readAt.setToCurrentTime();
  };
}

function watchCircuits(registry: Registry, labelOf: (sourceId: string) => string): Metrics["breaker"] {
  const circuits = new Gauge({
    name: "sluice_upstream_circuit_open",
    help: "1 while the circuit is open and calls are refused; 0.5 while one trial call is allowed.",
    labelNames: ["connector", "source"],
    registers: [registry],
  });
  /** Connectors of the sources whose circuit is not closed. */
  const open = new Map<string, string>();
  const connectors = new Set<string>();
  new Gauge({
    name: "sluice_upstream_circuits_open",
    help: "Sources whose circuit is not closed.",
    labelNames: ["connector"],
    registers: [registry],
    collect() {
      for (const connector of connectors) this.set({ connector }, 0);
      for (const connector of open.values()) this.inc({ connector });
    },
  });
  return (sourceId, connector) => {
    const source = labelOf(sourceId);
    const set = (state: BreakerState): void => {
      if (state === "CLOSED") open.delete(sourceId);
      else open.set(sourceId, connector);
      if (source !== OTHER_SOURCES) circuits.set({ connector, source }, CIRCUIT[state]);
    };
    connectors.add(connector);
    set("CLOSED");
    return set;
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

/** Registers budgets by credential, because sources may share one; as many as sources have series of their own. */
function watchBudgets(registry: Registry, upstreams: ReadonlyMap<string, Pick<Upstream, "budget">>, max: number): void {
  const names = ["credential", "bucket"] as const;
  const all = () =>
    [...upstreams].flatMap(([credential, { budget }]) =>
      budget.buckets().map((bucket) => ({ labels: { credential, bucket: bucket.name }, ...bucket })),
    );
  const labelOf = limitLabels(max);
  const own = () => all().filter(({ labels }) => labelOf(labels.credential) !== OTHER_SOURCES);
  new Gauge({
    name: "sluice_budget_rate",
    help: "Calls per second that a bucket allows over all replicas, as this replica last read it.",
    labelNames: names,
    registers: [registry],
    collect() {
      this.reset(); // a credential that is no longer open
      for (const { labels, rate } of own()) this.set(labels, rate ?? 0);
    },
  });
  new Gauge({
    name: "sluice_budget_closed_seconds",
    help: "Time until a bucket opens that the upstream closed by a rate limit; 0 while it is open.",
    labelNames: names,
    registers: [registry],
    collect() {
      this.reset();
      for (const { labels, closedForMs } of own()) this.set(labels, closedForMs / 1_000);
    },
  });
  gauge(
    registry,
    "sluice_budgets_closed",
    "Buckets of all credentials that the upstream closed by a rate limit.",
    () => all().filter(({ closedForMs }) => closedForMs > 0).length,
  );
  counter(registry, "sluice_budget_store_calls_total", "Calls to the store for permits.", () =>
    [...upstreams.values()].reduce((sum, { budget }) => sum + budget.storeCalls, 0),
  );
}

/** Registers change feeds by connector: a connection for each source, but labels of a closed set. */
function watchFeeds(registry: Registry, { stats }: Pick<Feeds, "stats">): void {
  const ofConnector = { labelNames: ["connector"] as const, registers: [registry] };
  new Gauge({
    ...ofConnector,
    name: "sluice_feeds_followed",
    help: "Change feeds that this replica follows.",
    collect() {
      this.reset();
      for (const { connector } of stats().following) this.inc({ connector });
    },
  });
  new Gauge({
    ...ofConnector,
    name: "sluice_feed_lag_seconds",
    help: "Greatest lag of the change feeds that this replica follows, as far as their upstreams state it.",
    collect() {
      this.reset();
      for (const [connector, own] of Map.groupBy(stats().following, (each) => each.connector))
        this.set({ connector }, Math.max(0, ...own.map(({ lagMs }) => lagMs ?? 0)) / 1_000);
    },
  });
  const counts = [
    ["sluice_feed_changes_total", "Changes of change feeds that were committed.", "changes"],
    ["sluice_feed_failures_total", "Attempts to follow a change feed that failed.", "failures"],
  ] as const;
  for (const [name, help, key] of counts)
    new Counter({
      ...ofConnector,
      name,
      help,
      collect() {
        this.reset();
        for (const [connector, count] of stats()[key]) this.inc({ connector }, count);
      },
    });
}

/** Registers a counter whose value is kept elsewhere. */
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
