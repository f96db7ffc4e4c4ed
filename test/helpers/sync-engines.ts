import { pino } from "pino";
import { openSyncEngine, type SyncEngine } from "../../src/sync/engine.ts";
import type { StartedSync, StartSyncInput } from "../../src/sync/start-sync.ts";
import type { Source } from "../../src/upstream/source.ts";
import { eventually } from "./eventually.ts";
import { type TestStore, useStore } from "./store.ts";

export const TENANT = "acme";

/** A store of its own, and the engines that a test opens on it. */
export interface SyncEngines extends AsyncDisposable {
  readonly store: TestStore;
  open(...sources: Source[]): Promise<SyncEngine>;
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
      const engine = await openSyncEngine({
        db: store.db,
        schedule: undefined,
        sources: new Map(sources.map((source) => [source.id, source])),
        log: pino({ level: "silent" }),
        onDoubts: () => undefined,
        random: () => 0,
      });
      engines.push(engine);
      return engine;
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

/** Starts a run of the source `main`, incremental and of all streams unless `input` says otherwise. */
export function startRun(engine: SyncEngine, input: Partial<StartSyncInput> = {}): Promise<StartedSync> {
  const base = { streams: undefined, mode: "INCREMENTAL", range: undefined, idempotencyKey: undefined } as const;
  return engine.startSync(TENANT, "main", { ...base, ...input });
}
