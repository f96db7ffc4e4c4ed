import { LRUCache } from "lru-cache";
import type { SourceConfig } from "../../config.ts";
import { ServiceError } from "../../domain/error.ts";
import { SOURCE_ID } from "../../domain/ids.ts";
import { createLoop } from "../../runtime/loop.ts";
import type { ServedTenants } from "../../runtime/served-tenants.ts";
import type { Database } from "../../store/database.ts";
import type { Keyring } from "../secrets/keyring.ts";
import type { FileSources } from "../file-sources.ts";
import type { SourceRegistry } from "../source-registry.ts";
import type { Source } from "../source.ts";
import type { AccountHash } from "./account-hash.ts";
import { createPlatformSources } from "./platform-sources.ts";
import { readStoredSource } from "./read-stored-source.ts";

export interface ConnectedRegistryOptions {
  readonly db: Pick<Database, "read" | "acrossTenants">;
  readonly keyring: Keyring;
  readonly accountHash: AccountHash;
  /** Sources and platforms of the settings file, or of the demo. */
  readonly file: FileSources;
  /** Sources of other tenants are not worked on. */
  readonly tenants: Pick<ServedTenants, "has">;
  /** Makes a source ready to be called. */
  readonly bind: (config: SourceConfig) => Source;
  /**
   * Called when a source is not worked on, because the settings file no longer lets its tenant use its platform; the
   * error says so.
   */
  readonly onUnusable: (tenantId: string, sourceId: string, error: ServiceError) => void;
  /** Called when changes could not be looked up; the sources are used as they were. */
  readonly onProblem: (reason: unknown) => void;
  readonly random: () => number;
}

/** The sources of the settings file, and those that are connected while the service runs. */
export interface ConnectedRegistry extends SourceRegistry {
  /** Reads a source again: this process has changed it. */
  reload(sourceId: string): void;
  /**
   * Reads the sources again that the settings file concerns, because it was read again: those of platforms, those that
   * could not be used, and those of tenants that are no longer served. Resolves when those that are in use have the new
   * settings.
   */
  reloadForFile(): Promise<void>;
  close(deadlineMs: number): Promise<void>;
}

/** What is known of an id. */
interface Entry {
  /** Version of the source's schedule; undefined: no source has this id. */
  readonly version: bigint | undefined;
  /** Undefined: it is not connected. */
  readonly source: Source | undefined;
}

/** Sources kept in memory: those that are worked on, and ids that somebody has called in vain. */
const MAX_ENTRIES = 2_000;
/** Time without use after which a source is no longer kept. */
const IDLE_MS = 60_000;
/** A change is effective in every process after this time, and the time of one query. */
const REFRESH_MS = 1_000;

/**
 * Opens a source when it is needed, and keeps it while it is in use. One query a second finds which of the kept ones
 * have changed; a process that uses none sends none.
 */
export function createConnectedRegistry(options: ConnectedRegistryOptions): ConnectedRegistry {
  const { db, file, tenants, onProblem, random } = options;
  const entries = new LRUCache<string, Promise<Entry>>({ max: MAX_ENTRIES, ttl: IDLE_MS, updateAgeOnGet: true });
  const known = new Map<string, Entry>();

  function open(sourceId: string): Promise<Entry> {
    const existing = entries.get(sourceId);
    if (existing !== undefined) return existing;
    const loading = load(options, sourceId);
    entries.set(sourceId, loading);
    loading.then(
      (entry) => entries.peek(sourceId) === loading && known.set(sourceId, entry),
      () => entries.peek(sourceId) === loading && forget(sourceId), // the next call tries again
    );
    return loading;
  }

  function forget(sourceId: string): void {
    entries.delete(sourceId);
    known.delete(sourceId);
  }

  /** A source that is in use is opened at once: its upstream gets the changed budget, and may be in use for hours. */
  function reload(sourceId: string): void {
    const isInUse = known.get(sourceId)?.source !== undefined;
    forget(sourceId);
    if (isInUse) open(sourceId).catch(() => undefined); // its next use tries again
  }

  /** One after the other: thousands at once would take every connection. */
  async function reloadForFile(): Promise<void> {
    const sourceIds = [...entries.keys()]; // each is deleted and set again below
    for (const sourceId of sourceIds) {
      const source = known.get(sourceId)?.source;
      if (source !== undefined && source.platform === undefined && tenants.has(source.tenantId)) continue;
      forget(sourceId); // also one that is being read, with the platforms of before
      if (source !== undefined) await open(sourceId).catch(() => undefined); // its next use tries again
    }
  }

  async function refresh(): Promise<void> {
    entries.purgeStale();
    for (const sourceId of known.keys()) if (!entries.has(sourceId)) known.delete(sourceId);
    if (known.size === 0) return;
    const before = new Map(known);
    const rows = await db.acrossTenants<{ id: string; version: bigint }>(
      "select source_id as id, version from source_schedules where source_id = any($1)",
      [[...before.keys()]],
    );
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    for (const [sourceId, entry] of before)
      if (known.get(sourceId) === entry && entry.version !== versions.get(sourceId)) reload(sourceId);
  }

  const ofPlatforms = createPlatformSources({
    ...options,
    find: async (sourceId) => (await open(sourceId)).source,
    forget,
    nowMs: () => performance.now(),
  });
  const loop = createLoop({
    pollMs: REFRESH_MS,
    random,
    onError: onProblem,
    round: async () => {
      await refresh();
      return false;
    },
  });
  loop.start();
  return {
    async find(sourceId) {
      const existing = file.sources.get(sourceId);
      if (existing !== undefined || !SOURCE_ID.test(sourceId)) return existing;
      return (await open(sourceId)).source;
    },
    findOfPlatform: ofPlatforms.findOfPlatform,
    findByAccount: ofPlatforms.findByAccount,
    reload,
    reloadForFile,
    close: (deadlineMs) => loop.close(deadlineMs),
  };
}

/** The version is read before the source: a change between the two is found by the next refresh. */
async function load(options: ConnectedRegistryOptions, sourceId: string): Promise<Entry> {
  const { db, file, tenants, keyring, bind, onUnusable } = options;
  const [place] = await db.acrossTenants<{ tenantId: string; version: bigint }>(
    `select tenant_id as "tenantId", version from source_schedules where source_id = $1`,
    [sourceId],
  );
  if (place === undefined) return { version: undefined, source: undefined };
  if (!tenants.has(place.tenantId)) return { version: place.version, source: undefined };
  try {
    const stored = await readStoredSource(db, { keyring, platforms: file.platforms }, place.tenantId, sourceId);
    return { version: place.version, source: stored && bind(stored) };
  } catch (reason) {
    const error = ServiceError.from(reason);
    if (error.code !== "UPSTREAM_UNAUTHORIZED") throw reason;
    onUnusable(place.tenantId, sourceId, error);
    return { version: place.version, source: undefined };
  }
}
