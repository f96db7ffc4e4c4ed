import type { SourceConfig } from "../config.ts";
import type { ServiceError } from "../domain/error.ts";
import { endFeedOfSource } from "../ingest/feeds/register-feeds.ts";
import { announceClosure } from "../ingest/polling/announce-closure.ts";
import { endRunsOfSource } from "../ingest/polling/end-runs-of-source.ts";
import type { Metrics } from "../metrics.ts";
import type { Part } from "../runtime/parts.ts";
import { markUnconfigured } from "../sources/mark-unconfigured.ts";
import { shortenComparisonIntervals } from "../sources/reconcile-schedule.ts";
import { registerSources } from "../sources/register-sources.ts";
import { openSources, type OpenSources } from "../sources/open-sources.ts";
import { type AccountHash, loadAccountHash } from "../sources/connected/account-hash.ts";
import { createConnectedRegistry } from "../sources/connected/connected-registry.ts";
import { recordUnusable, refuseClashes, warnOfUnusable } from "../sources/connected/check-settings-file.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import { createFileSources, type ReloadableFile } from "../sources/file-sources.ts";
import type { ServedTenants } from "../runtime/served-tenants.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { Database } from "../store/database.ts";
import type { SharedBudgets } from "../upstream/budget/shared-budgets.ts";
import { collectCall } from "../statistics/collect-call.ts";
import type { Series } from "../statistics/series.ts";
import type { ClockOffsets } from "../upstream/clock-offsets.ts";
import type { Upstream } from "../upstream/upstream.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly db: Database;
  readonly budgets: SharedBudgets;
  readonly keyring: Keyring;
  readonly metrics: Metrics;
  readonly series: Series;
  readonly clockOffsets: ClockOffsets;
  readonly sourceConfigs: readonly SourceConfig[];
  readonly tenants: ServedTenants;
}

interface Sources {
  readonly sources: SourceRegistry;
  /** Sources and platforms of the settings file, or of the demo. */
  readonly fileSources: ReloadableFile;
  readonly accountHash: AccountHash;
  /** Upstreams by the name of their credential. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** Reads a source again: this process has changed it. */
  readonly reloadSource: (sourceId: string) => void;
  /** Reads the sources again that the settings file concerns: it has other platforms or tenants. */
  readonly reloadForFile: () => Promise<void>;
  readonly closeUpstreams: () => Promise<void>;
}

/** The configured sources, and the clients of their upstreams. No call is made yet. */
export const part: Part<Needs, Sources> = {
  name: "sources",
  async start(needs) {
    const { bind, upstreams, close } = open(needs);
    const { db, keyring, log, config, sourceConfigs } = needs;
    const { platforms } = config;
    const fileSources = createFileSources({ sources: sourceConfigs, platforms }, bind);
    const accountHash = await loadAccountHash(db);
    await refuseClashes(db, { sources: sourceConfigs, platforms, accountHash });
    const configured = [...fileSources.sources.values()];
    await registerSources(needs.db, configured);
    await shortenComparisonIntervals(needs.db, configured, config.reconcile.everyMs);
    await markUnconfigured(needs.db, configured);
    const byConnector = Object.fromEntries(
      [...Map.groupBy(configured, ({ connector }) => connector.name)].map(([name, own]) => [name, own.length]),
    );
    needs.log.info({ sources: configured.length, byConnector }, "sources registered");
    await warnOfUnusable(db, platforms, (about) =>
      log.warn(about, "sources are not read: the settings file does not let their tenant use their platform"),
    );
    const registry = createConnectedRegistry({
      db,
      keyring,
      file: fileSources,
      tenants: needs.tenants,
      accountHash,
      bind,
      onUnusable: (tenantId, sourceId, error) =>
        void endUnusable(db, tenantId, sourceId, error).catch((err: unknown) =>
          log.warn({ err, sourceId }, "the status of a source could not be changed"),
        ),
      onProblem: (err) => log.warn({ err }, "changes of connected sources could not be looked up, trying again"),
      random: Math.random,
    });
    const closeUpstreams = async (): Promise<void> => {
      await registry.close(PART_DRAIN_MS);
      await close();
    };
    const { reload: reloadSource, reloadForFile } = registry;
    return {
      sources: registry,
      fileSources,
      accountHash,
      upstreams,
      reloadSource,
      reloadForFile,
      closeUpstreams,
    };
  },
  close: ({ closeUpstreams }) => closeUpstreams(),
  describe: ({ fileSources }) => describeSources([...fileSources.sources.keys()]),
};

/** Its runs end first: one that is read by the settings of before would report the source as well again. */
async function endUnusable(db: Database, tenantId: string, sourceId: string, error: ServiceError): Promise<void> {
  await db.transaction(tenantId, async (tx) => {
    await endFeedOfSource(tx, sourceId);
    await endRunsOfSource(tx, sourceId, error.publicMessage);
  });
  await recordUnusable(db, tenantId, sourceId, error);
}

/** Number of sources that are named in the output. */
const MAX_NAMED = 10;

function describeSources(ids: readonly string[]): string {
  if (ids.length === 0) return "no sources";
  const named = ids.slice(0, MAX_NAMED).join(", ");
  return ids.length > MAX_NAMED ? `${ids.length} sources: ${named}, …` : `sources ${named}`;
}

function open({ db, log, budgets, metrics, series, clockOffsets, config }: Needs): OpenSources {
  return openSources([], {
    shared: budgets,
    traceHosts: config.traceHosts,
    onUse: ({ credential, tenantId, sourceId }) => clockOffsets.use(credential, { tenantId, sourceId }),
    onCall({ sourceId, connector, tenantId, credential }) {
      const count = metrics.upstreamCall(sourceId, connector);
      return (observation) => {
        count(observation);
        collectCall(series, { tenantId, sourceId }, observation);
        clockOffsets.add(credential, observation);
      };
    },
    onBreaker: metrics.breaker,
    onCapped: (sourceId) =>
      log.warn({ sourceId }, "the upstream asks for a pause of more than an hour; it is called again after an hour"),
    onClosed: (credential, closure) =>
      void announceClosure(db, credential, closure).catch((err: unknown) =>
        log.warn({ err }, "a closed budget could not be announced"),
      ),
  });
}
