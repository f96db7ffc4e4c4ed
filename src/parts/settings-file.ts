import { recordConfiguration } from "../audit/record-configuration.ts";
import { ConfigError, type FileConfig } from "../config.ts";
import { connectors } from "../connectors/registry.generated.ts";
import { ServiceError } from "../domain/error.ts";
import { endFeedOfSource, registerFeeds } from "../ingest/feeds/register-feeds.ts";
import type { Files } from "../ingest/files/files.ts";
import { endRunsOfSource } from "../ingest/polling/end-runs-of-source.ts";
import type { Metrics } from "../metrics.ts";
import type { FileRoutes } from "../reconcile/payout-bank/file-routes.ts";
import { createLoop, type Loop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import type { ReplaceableTenants } from "../runtime/served-tenants.ts";
import type { AccountHash } from "../sources/connected/account-hash.ts";
import { refuseClashes, warnOfUnusable } from "../sources/connected/check-settings-file.ts";
import type { FileDifference, ReloadableFile } from "../sources/file-sources.ts";
import { markUnconfigured } from "../sources/mark-unconfigured.ts";
import { shortenComparisonIntervals } from "../sources/reconcile-schedule.ts";
import { registerSources } from "../sources/register-sources.ts";
import type { Database } from "../store/database.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly metrics: Metrics;
  readonly accountHash: AccountHash;
  readonly fileSources: ReloadableFile;
  readonly tenants: ReplaceableTenants;
  readonly fileRoutes: FileRoutes;
  readonly files: Files;
  readonly reloadForFile: () => Promise<void>;
  readonly refreshCredentials: () => void;
}

interface SettingsFile {
  readonly reloading: Loop;
  readonly endRequests: () => void;
}

/** Requests wake the loop: it has nothing else to look for. */
const IDLE_MS = 2_000_000_000;

/** Reads the settings file again on request, and uses what it has from then on. */
export const part: Part<Needs, SettingsFile> = {
  name: "settings file",
  start(needs) {
    const { reloads, metrics, log } = needs;
    const reload = createReload(needs);
    let done = 0;
    const reloading = createLoop({
      pollMs: IDLE_MS,
      random: Math.random,
      async round() {
        const requested = reloads.count();
        if (requested === done) return false;
        await reload();
        done = requested;
        return true;
      },
      onError(err, failures) {
        metrics.settingsFile("failed");
        if (failures === 1) log.warn({ err }, "the settings file could not be read again, trying again");
      },
    });
    const endRequests = reloads.on(reloading.wake);
    reloading.start();
    return { reloading, endRequests };
  },
  async close({ reloading, endRequests }) {
    endRequests();
    await reloading.close(PART_DRAIN_MS);
  },
};

/**
 * Returns the function that reads the file and uses it; one that is refused changes nothing.
 * @throws ServiceError STORE_UNAVAILABLE: then it must be called again
 */
function createReload(needs: Needs): () => Promise<void> {
  const { readSettingsFile, metrics, log, fileSources } = needs;
  /** Sources whose work must end, by their ids: kept until it has, also if the store is unavailable. */
  const unfinished = new Map<string, EndedWork>();
  return async () => {
    try {
      await applyFile(needs, readSettingsFile(), unfinished);
    } catch (reason) {
      if (ServiceError.from(reason).code === "STORE_UNAVAILABLE") throw reason;
      metrics.settingsFile("failed");
      const sources = fileSources.sources.size;
      if (reason instanceof ConfigError) {
        log.error({ issues: reason.issues, sources }, `the settings file is not used: ${reason.message}`);
      } else log.error({ err: reason, sources }, "the settings file is not used");
    }
  };
}

/** A source whose work by the settings of before must end. */
interface EndedWork {
  readonly tenantId: string;
  readonly sourceId: string;
  /** Why it is not read any more; undefined: it is, by other settings. */
  readonly reason: string | undefined;
}

const SOURCE_REMOVED = "the source was removed from the settings file";
const TENANT_REMOVED = "the tenant was removed from the settings file";

/**
 * Registers the sources of the file before they are in use: a webhook of one that is not registered could not be
 * stored. What is written is the same at every call, so that it may be repeated.
 */
async function applyFile(needs: Needs, file: FileConfig, unfinished: Map<string, EndedWork>): Promise<void> {
  const { config, dbFor, accountHash, fileSources, tenants, files, metrics, log } = needs;
  const db = dbFor("settings file");
  await refuseClashes(db, { ...file, accountHash });
  const { sources, difference, use } = fileSources.prepare(file);
  await registerSources(db, sources.values());
  await shortenComparisonIntervals(db, sources.values(), config.reconcile.everyMs);
  await markUnconfigured(db, sources.values());
  const change = changeOfTenants(tenants.ids, file.tenants);
  const connected = await findConnectedOf(db, change.removedTenants);
  use();
  tenants.replace(file.tenants);
  const { added, changed, removed, platforms } = difference;
  for (const [id, ended] of unfinished)
    if (ended.reason === TENANT_REMOVED && tenants.has(ended.tenantId)) unfinished.delete(id);
  noteEndedWork(unfinished, difference, connected);
  files.followFolders(sources.values());
  if (platforms.length + change.addedTenants.length + change.removedTenants.length > 0) await needs.reloadForFile();
  await needs.fileRoutes.replace(file.payoutRoutes);
  if (added.length + changed.length > 0) await registerFeeds(db, Object.values(connectors));
  for (const [id, ended] of unfinished) {
    await endWork(db, ended);
    unfinished.delete(id);
  }
  needs.refreshCredentials();
  await recordConfiguration(db, fileSources.configs);
  const counts = { added: added.length, changed: changed.length, removed: removed.length, platforms, ...change };
  metrics.settingsFile("read");
  log.info({ ...counts, sources: sources.size }, "the settings file was read again");
  await warnOfUnusable(db, file.platforms, (about) =>
    log.warn(about, "sources are not read: the settings file does not let their tenant use their platform"),
  );
}

function changeOfTenants(before: readonly string[], after: readonly string[]) {
  const [known, next] = [new Set(before), new Set(after)];
  return {
    addedTenants: after.filter((tenantId) => !known.has(tenantId)),
    removedTenants: before.filter((tenantId) => !next.has(tenantId)),
  };
}

function noteEndedWork(
  unfinished: Map<string, EndedWork>,
  { added, changed, removed }: FileDifference,
  connected: readonly EndedWork[],
): void {
  for (const { id } of added) unfinished.delete(id);
  for (const { id, tenantId, connector } of changed) {
    unfinished.delete(id);
    // A feed that is followed would keep the settings of before as long as its connection lives.
    if (connector.feed !== undefined) unfinished.set(id, { tenantId, sourceId: id, reason: undefined });
  }
  for (const { id, tenantId } of removed) unfinished.set(id, { tenantId, sourceId: id, reason: SOURCE_REMOVED });
  for (const ended of connected) unfinished.set(ended.sourceId, ended);
}

/** Finds the connected sources of tenants that were removed: those of the file cannot be in it any more. */
async function findConnectedOf(db: Database, tenantIds: readonly string[]): Promise<readonly EndedWork[]> {
  if (tenantIds.length === 0) return [];
  const rows = await db.acrossTenants<{ tenantId: string; sourceId: string }>(
    `select tenant_id as "tenantId", id as "sourceId" from sources
     where tenant_id = any($1) and origin = 'CONNECTED' and disconnected_at is null`,
    [tenantIds],
  );
  return rows.map((row) => ({ ...row, reason: TENANT_REMOVED }));
}

async function endWork(db: Database, { tenantId, sourceId, reason }: EndedWork): Promise<void> {
  await db.transaction(tenantId, async (tx) => {
    await endFeedOfSource(tx, sourceId);
    if (reason !== undefined) await endRunsOfSource(tx, sourceId, reason);
  });
}
