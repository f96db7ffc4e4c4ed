import { Counter, Gauge, type Registry } from "prom-client";
import { FAILURE_CAUSES } from "../domain/error.ts";
import { HEALTH_STATES, type HealthState } from "../domain/health.ts";
import type { Database, PoolUse } from "../store/database.ts";
import { type InstanceState, readInstanceState } from "./instance-state.ts";

export interface InstanceGaugesOptions {
  readonly registry: Registry;
  readonly db: Database;
  /** Number of sources that have series of their own. */
  readonly sources: number;
  readonly version: string;
  /** Pools of connections, by name. */
  readonly pools: Readonly<Record<string, () => PoolUse>>;
  /** Called when the rows cannot be read: the gauges then keep no values. */
  readonly onProblem: (reason: unknown) => void;
}

/** The rows are read at most once in this time, however often metrics are requested, and by however many gauges. */
const CACHED_MS = 10_000;
const LEVEL: Readonly<Record<HealthState, number>> = { IN_STEP: 0, CATCHING_UP: 1, UNKNOWN: 2, OUT_OF_STEP: 3 };

/**
 * Registers the state of the whole service. It is read from the store when metrics are requested, so that it costs
 * nothing otherwise; every replica reports the same.
 */
export function registerInstanceGauges(options: InstanceGaugesOptions): void {
  const { registry, db, sources, version, pools, onProblem } = options;
  const read = cached(() => readInstanceState(db, sources), onProblem);
  const gauge = (
    name: string,
    help: string,
    labelNames: readonly string[],
    set: (own: Gauge, state: InstanceState) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const state = await read();
        this.reset();
        if (state !== undefined) set(this, state);
      },
    });
  gauge("sluice_sources", "Connected sources, by whether they are in step.", ["state"], (own, state) => {
    for (const each of HEALTH_STATES) own.set({ state: each }, 0);
    for (const { state: name, count } of state.sources) own.set({ state: name }, count);
  });
  gauge("sluice_findings_open", "Open findings, by cause.", ["cause"], (own, { findings }) => {
    for (const cause of FAILURE_CAUSES) own.set({ cause }, 0);
    for (const { cause, count } of findings) own.set({ cause }, count);
  });
  gauge(
    "sluice_deliveries_waiting",
    "Deliveries that are not applied, by status.",
    ["status"],
    (own, { deliveries }) => {
      for (const { status, count } of deliveries) own.set({ status }, count);
    },
  );
  gauge("sluice_alerts_pending", "Alerts that wait to be sent.", [], (own, { alertsPending }) =>
    own.set(alertsPending),
  );
  gauge(
    "sluice_alert_endpoints_ended",
    "Alert endpoints to which nothing is sent any more, because they answered 410 or accepted nothing for days.",
    [],
    (own, { alertEndpointsEnded }) => own.set(alertEndpointsEnded),
  );
  gauge("sluice_event_log_lag", "Events that the evaluation of sources has not seen.", [], (own, state) =>
    own.set(state.unevaluatedEvents),
  );
  gauge(
    "sluice_source_health",
    "0: in step, 1: catching up, 2: unknown, 3: out of step.",
    ["source"],
    (own, { named }) => {
      for (const { sourceId: source, state } of named) own.set({ source }, LEVEL[state]);
    },
  );
  const ages = "Time since every stream of a source was last read to its end.";
  gauge("sluice_source_last_success_age_seconds", ages, ["source"], (own, { named }) => {
    for (const { sourceId: source, ageSeconds } of named) if (ageSeconds !== null) own.set({ source }, ageSeconds);
  });
  registerPools(registry, pools);
  new Gauge({
    name: "sluice_build_info",
    help: "1; the labels name the version.",
    labelNames: ["version", "node"],
    registers: [registry],
  }).set({ version, node: process.version }, 1);
}

function registerPools(registry: Registry, pools: InstanceGaugesOptions["pools"]): void {
  new Gauge({
    name: "sluice_database_connections",
    help: "Connections to PostgreSQL by pool and state; waiting: requests for one.",
    labelNames: ["pool", "state"],
    registers: [registry],
    collect() {
      for (const [pool, use] of Object.entries(pools))
        for (const [state, count] of Object.entries(use())) this.set({ pool, state }, count);
    },
  });
}

/** Counts the records of runs that have ended, by outcome. */
export type RecordCounter = (counts: Readonly<Record<"records" | "changed" | "quarantined", number>>) => void;

/** Registers the counter of records. */
export function createRecordCounter(registry: Registry): RecordCounter {
  const counter = new Counter({
    name: "sluice_records_total",
    help: "Records of runs that ended, by outcome: changed, unchanged or quarantined.",
    labelNames: ["outcome"],
    registers: [registry],
  });
  for (const outcome of ["changed", "unchanged", "quarantined"]) counter.inc({ outcome }, 0);
  return ({ records, changed, quarantined }) => {
    counter.inc({ outcome: "changed" }, changed);
    counter.inc({ outcome: "quarantined" }, quarantined);
    counter.inc({ outcome: "unchanged" }, Math.max(0, records - changed - quarantined));
  };
}

/** Returns a reader that keeps its result for a while, shares a read in progress, and returns undefined for a failure. */
function cached<T>(read: () => Promise<T>, onProblem: (reason: unknown) => void): () => Promise<T | undefined> {
  let last: { readonly atMs: number; readonly result: Promise<T | undefined> } | undefined;
  return () => {
    const nowMs = performance.now();
    if (last === undefined || nowMs - last.atMs > CACHED_MS) {
      const result = read().catch((reason: unknown) => {
        onProblem(reason);
        return undefined;
      });
      last = { atMs: nowMs, result };
    }
    return last.result;
  };
}
