import { isDeepStrictEqual } from "node:util";
import { recordConfiguration } from "../audit/record-configuration.ts";
import { ConfigError, type ConfigIssue, type FileConfig } from "../config.ts";
import { connectors } from "../connectors/registry.generated.ts";
import { ServiceError } from "../domain/error.ts";
import { endFeedOfSource, registerFeeds } from "../ingest/feeds/register-feeds.ts";
import type { Files } from "../ingest/files/files.ts";
import { endRunsOfSource } from "../ingest/polling/end-runs-of-source.ts";
import type { Metrics } from "../metrics.ts";
import { createLoop, type Loop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import type { AccountHash } from "../sources/connected/account-hash.ts";
import { refuseClashes, warnOfUnusable } from "../sources/connected/check-settings-file.ts";
import type { ReloadableFile } from "../sources/file-sources.ts";
import { markUnconfigured } from "../sources/mark-unconfigured.ts";
import { shortenComparisonIntervals } from "../sources/reconcile-schedule.ts";
import { registerSources } from "../sources/register-sources.ts";
import type { Source } from "../sources/source.ts";
import type { Database } from "../store/database.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly metrics: Metrics;
  readonly accountHash: AccountHash;
  readonly fileSources: ReloadableFile;
  readonly files: Files;
  readonly reloadOfPlatforms: () => Promise<void>;
}

interface SettingsFile {
  readonly reloading: Loop;
  readonly endRequests: () => void;
}

/** Requests wake the loop: it has nothing else to look for. */
const IDLE_MS = 2_000_000_000;

/** Reads the settings file again on request, and uses its sources and platforms from then on. */
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
  const { config, readSettingsFile, metrics, log, fileSources } = needs;
  /** Sources whose work must end, by their ids: kept until it has, also if the store is unavailable. */
  const unfinished = new Map<string, EndedWork>();
  return async () => {
    try {
      const file = readSettingsFile();
      refuseFixed(config, file);
      await applyFile(needs, file, unfinished);
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

/** @throws ConfigError for what only a start can change */
function refuseFixed(
  before: Pick<FileConfig, "tenants" | "payoutRoutes">,
  { tenants, payoutRoutes }: FileConfig,
): void {
  const issues: ConfigIssue[] = [];
  const expected = "must be as at the start of the process: restart it to change them";
  if (!isDeepStrictEqual(new Set(tenants), new Set(before.tenants))) issues.push({ path: "tenants", expected });
  if (!isDeepStrictEqual(payoutRoutes, before.payoutRoutes)) issues.push({ path: "payoutRoutes", expected });
  if (issues.length > 0) throw new ConfigError(issues);
}

interface EndedWork {
  readonly source: Source;
  readonly isRemoved: boolean;
}

/**
 * Registers the sources of the file before they are in use: a webhook of one that is not registered could not be
 * stored. What is written is the same at every call, so that it may be repeated.
 */
async function applyFile(needs: Needs, file: FileConfig, unfinished: Map<string, EndedWork>): Promise<void> {
  const { config, dbFor, accountHash, fileSources, files, reloadOfPlatforms, metrics, log } = needs;
  const db = dbFor("settings file");
  await refuseClashes(db, { ...file, accountHash });
  const { sources, difference, use } = fileSources.prepare(file);
  await registerSources(db, sources.values());
  await shortenComparisonIntervals(db, sources.values(), config.reconcile.everyMs);
  await markUnconfigured(db, sources.values());
  use();
  const { added, changed, removed, platforms } = difference;
  for (const source of [...added, ...changed]) unfinished.delete(source.id);
  for (const source of changed) unfinished.set(source.id, { source, isRemoved: false });
  for (const source of removed) unfinished.set(source.id, { source, isRemoved: true });
  files.followFolders(sources.values());
  if (platforms.length > 0) await reloadOfPlatforms();
  if (added.length + changed.length > 0) await registerFeeds(db, Object.values(connectors));
  for (const [id, ended] of unfinished) {
    await endWork(db, ended);
    unfinished.delete(id);
  }
  await recordConfiguration(db, fileSources.configs);
  const counts = { added: added.length, changed: changed.length, removed: removed.length, platforms };
  metrics.settingsFile("read");
  log.info({ ...counts, sources: sources.size }, "the settings file was read again");
  await warnOfUnusable(db, file.platforms, (about) =>
    log.warn(about, "sources are not read: the settings file does not let their tenant use their platform"),
  );
}

/** A feed that is followed would keep the settings of before as long as its connection lives. */
async function endWork(db: Database, { source, isRemoved }: EndedWork): Promise<void> {
  if (!isRemoved && source.connector.feed === undefined) return;
  await db.transaction(source.tenantId, async (tx) => {
    await endFeedOfSource(tx, source.id);
    if (isRemoved) await endRunsOfSource(tx, source.id, "the source was removed from the settings file");
  });
}
