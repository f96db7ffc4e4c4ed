import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { lockGap, reportGapRepair } from "../../src/ingest/feeds/feed-gap.ts";
import { createFeeds, type Feeds } from "../../src/ingest/feeds/feeds.ts";
import { openSyncEngine, type SyncEngine } from "../../src/ingest/polling/engine.ts";
import { createRefetcher } from "../../src/ingest/refetch/refetcher.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { registerSources } from "../../src/sources/register-sources.ts";
import { registryOf, type SourceRegistry } from "../../src/sources/source-registry.ts";
import type { Source } from "../../src/sources/source.ts";
import type { Database } from "../../src/store/database.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";
import { type TestStore, useStore } from "./store.ts";

/** The feeds and runs of one process. */
export interface FeedProcess {
  readonly feeds: Feeds;
  readonly engine: SyncEngine;
  /** Lines of its log. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  /** Closes it as at a shutdown. */
  close(): Promise<void>;
}

export interface OpenFeedsOptions {
  /** Wraps the database of the changes. */
  readonly wrap?: (db: Database) => Database;
  /** Whether objects are fetched again. Default: no. */
  readonly refetches?: boolean;
  /** Default: a registry of the sources. */
  readonly registry?: SourceRegistry;
}

/** A store, and processes that follow feeds on it. */
export interface FeedWorld extends AsyncDisposable {
  readonly store: TestStore;
  /** Folder for large transactions. */
  readonly folder: string;
  open(sources: readonly Source[], options?: OpenFeedsOptions): Promise<FeedProcess>;
  query<Row extends Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
    tenantId?: string,
  ): Promise<Row[]>;
  /** Ends the leases of a process that was killed, instead of waiting for their end. */
  expireLeases(): Promise<void>;
}

export async function useFeedWorld(): Promise<FeedWorld> {
  const store = await useStore();
  const folder = await mkdtemp(join(tmpdir(), "sluice-feeds-"));
  const open = new Set<FeedProcess>();
  return {
    store,
    folder,
    query: (text, values = [], tenantId = "acme") => store.db.read(tenantId, (tx) => tx.query(text, values)),
    async expireLeases() {
      await store.db.transaction("acme", async (tx) => {
        for (const table of ["change_feeds", "stream_states", "refetches"])
          await tx.query(`update ${table} set lease_until = now() - interval '1 second' where lease_until is not null`);
      });
    },
    async open(sources, { wrap = (db: Database) => db, registry = registryOf(sources), refetches = false } = {}) {
      await registerSources(store.db, sources);
      const logged: Record<string, unknown>[] = [];
      const log = pino({ level: "info" }, { write: (line: string) => void logged.push(JSON.parse(line)) });
      const wakeUps = createWakeUps();
      const shared = { db: store.db, sources: registry, log, wakeUps };
      const engine = openSyncEngine(shared);
      const feeds = createFeeds({
        ...shared,
        changesDb: wrap(store.db),
        // Each one once, as in the service, however many sources use it.
        connectors: new Map(sources.map(({ connector }) => [connector.name, connector])).values().toArray(),
        folder,
        nowMs: Date.now,
        random: () => 0.1,
      });
      const refetcher = createRefetcher({
        ...shared,
        owner: randomUUID(),
        random: () => 0.1,
        missing: { lock: lockGap, report: reportGapRepair },
      });
      if (refetches) refetcher.start();
      await feeds.start();
      const process: FeedProcess = {
        feeds,
        engine,
        logged,
        async close() {
          if (!open.delete(process)) return;
          await feeds.close(WAIT_LIMIT_MS);
          await engine.close();
          await refetcher.close(WAIT_LIMIT_MS);
        },
      };
      open.add(process);
      return process;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...open].map((each) => each.close()));
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
