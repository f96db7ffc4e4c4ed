import { pino } from "pino";
import { openSyncEngine, type SyncEngine } from "../../src/ingest/polling/engine.ts";
import type { StartedSync, StartSyncInput } from "../../src/ingest/runs/start-sync.ts";
import type { Source } from "../../src/sources/source.ts";
import { createWakeUps, type WakeUps } from "../../src/runtime/wake-ups.ts";
import { eventually } from "./eventually.ts";
import { type TestStore, useStore } from "./store.ts";
import { registryOf } from "../../src/sources/source-registry.ts";
import { registerSources } from "../../src/sources/register-sources.ts";

export const TENANT = "acme";

/** An engine, and the wake-ups of its process. */
export interface OpenEngine extends SyncEngine {
  readonly wakeUps: WakeUps;
}

/** A separate store, and the engines that a test opens on it. */
export interface SyncEngines extends AsyncDisposable {
  readonly store: TestStore;
  /** Opens one as a process of its own, with wake-ups of its own. */
  open(...sources: Source[]): Promise<OpenEngine>;
  query<Row extends Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Status of a run once it has ended. */
  finished(runId: string): Promise<string>;
}

export async function useSyncEngines(): Promise<SyncEngines> {
  const store = await useStore();
  const engines: SyncEngine[] = [];
  const query = <Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []) =>
    store.db.transaction(TENANT, (tx) => tx.query<Row>(text, values));
  return {
    store,
    query,
    async open(...sources) {
      const wakeUps = createWakeUps();
      await registerSources(store.db, sources);
      const engine = openSyncEngine({
        db: store.db,
        sources: registryOf(sources),
        log: pino({ level: "silent" }),
        wakeUps,
        random: () => 0,
      });
      engines.push(engine);
      return { ...engine, wakeUps };
    },
    finished: (runId) =>
      eventually(`run ${runId} to finish`, async () => {
        const rows = await query<{ status: string }>(
          "select status from sync_runs where id = $1 and finished_at is not null",
          [runId],
        );
        return rows[0]?.status;
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all(engines.map((engine) => engine.close()));
      await store[Symbol.asyncDispose]();
    },
  };
}

/** Starts a run of the source `main`, incremental and of all streams unless `input` differs. */
export function startRun(engine: SyncEngine, input: Partial<StartSyncInput> = {}): Promise<StartedSync> {
  const base = { streams: undefined, mode: "INCREMENTAL", range: undefined, idempotencyKey: undefined } as const;
  return engine.startSync(TENANT, "main", { ...base, ...input });
}
