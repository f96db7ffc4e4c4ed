import type { SourceConfig } from "../config.ts";
import { announceClosure } from "../ingest/polling/announce-closure.ts";
import type { Metrics } from "../metrics.ts";
import type { Part } from "../runtime/parts.ts";
import { markUnconfigured } from "../sources/mark-unconfigured.ts";
import { registerSources } from "../sources/register-sources.ts";
import { openSources, type OpenSources } from "../sources/open-sources.ts";
import { type AccountHash, loadAccountHash } from "../sources/connected/account-hash.ts";
import { createConnectedRegistry } from "../sources/connected/connected-registry.ts";
import { recordUnusable, refuseClashes, warnOfUnusable } from "../sources/connected/check-settings-file.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { Source } from "../sources/source.ts";
import type { Database } from "../store/database.ts";
import type { SharedBudgets } from "../upstream/budget/shared-budgets.ts";
import { collectCall } from "../statistics/collect-call.ts";
import type { Series } from "../statistics/series.ts";
import type { Upstream } from "../upstream/upstream.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly db: Database;
  readonly budgets: SharedBudgets;
  readonly keyring: Keyring;
  readonly metrics: Metrics;
  readonly series: Series;
  readonly sourceConfigs: readonly SourceConfig[];
}

interface Sources {
  readonly sources: SourceRegistry;
  /** Sources of the settings file, or of the demo. */
  readonly configured: readonly Source[];
  readonly accountHash: AccountHash;
  /** Upstreams by the name of their credential. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** Reads a source again: this process has changed it. */
  readonly reloadSource: (sourceId: string) => void;
  readonly closeUpstreams: () => Promise<void>;
}

/** The configured sources, and the clients of their upstreams. No call is made yet. */
export const part: Part<Needs, Sources> = {
  name: "sources",
  async start(needs) {
    const { sources, bind, upstreams, close } = open(needs);
    const { db, keyring, log, config, sourceConfigs } = needs;
    const { platforms } = config;
    const accountHash = await loadAccountHash(db);
    await refuseClashes(db, { sources: sourceConfigs, platforms, accountHash });
    const configured = [...sources.values()];
    await registerSources(needs.db, configured);
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
      platforms,
      accountHash,
      configured: sources,
      bind,
      onUnusable: (tenantId, sourceId, error) =>
        void recordUnusable(db, tenantId, sourceId, error).catch((err: unknown) =>
          log.warn({ err, sourceId }, "the status of a source could not be changed"),
        ),
      onProblem: (err) => log.warn({ err }, "changes of connected sources could not be looked up, trying again"),
      random: Math.random,
    });
    const closeUpstreams = async (): Promise<void> => {
      await registry.close(PART_DRAIN_MS);
      await close();
    };
    return { sources: registry, configured, accountHash, upstreams, reloadSource: registry.reload, closeUpstreams };
  },
  close: ({ closeUpstreams }) => closeUpstreams(),
  describe: ({ configured }) => describeSources(configured.map(({ id }) => id)),
};

/** Number of sources that are named in the output. */
const MAX_NAMED = 10;

function describeSources(ids: readonly string[]): string {
  if (ids.length === 0) return "no sources";
  const named = ids.slice(0, MAX_NAMED).join(", ");
  return ids.length > MAX_NAMED ? `${ids.length} sources: ${named}, …` : `sources ${named}`;
}

function open({ db, log, budgets, metrics, series, sourceConfigs, config }: Needs): OpenSources {
  return openSources(sourceConfigs, {
    shared: budgets,
    traceHosts: config.traceHosts,
    onCall(sourceId, connector, tenantId) {
      const count = metrics.upstreamCall(sourceId, connector);
      return (observation) => {
        count(observation);
        collectCall(series, { tenantId, sourceId }, observation);
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
