import type { SourceConfig } from "../config.ts";
import { announceClosure } from "../ingest/polling/announce-closure.ts";
import type { Metrics } from "../metrics.ts";
import type { Part } from "../runtime/parts.ts";
import { openSources, type OpenSources } from "../sources/open-sources.ts";
import type { Source } from "../sources/source.ts";
import type { Database } from "../store/database.ts";
import type { SharedBudgets } from "../upstream/budget/shared-budgets.ts";
import type { Upstream } from "../upstream/upstream.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly db: Database;
  readonly budgets: SharedBudgets;
  readonly metrics: Metrics;
  readonly sourceConfigs: readonly SourceConfig[];
}

interface Sources {
  /** Sources by id. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Upstreams by the name of their credential. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly closeUpstreams: () => Promise<void>;
}

/** The configured sources, and the clients of their upstreams. No call is made yet. */
export const part: Part<Needs, Sources> = {
  name: "sources",
  start(needs) {
    const { sources, upstreams, close } = open(needs);
    for (const { id, tenantId, connector, scheduleMs } of sources.values())
      needs.log.info({ sourceId: id, tenantId, connector: connector.name, scheduleMs }, "source opened");
    return { sources, upstreams, closeUpstreams: close };
  },
  close: ({ closeUpstreams }) => closeUpstreams(),
  describe: ({ sources }) => (sources.size === 0 ? "no sources" : `sources ${[...sources.keys()].join(", ")}`),
};

function open({ db, log, budgets, metrics, sourceConfigs }: Needs): OpenSources {
  const opened: OpenSources = openSources(sourceConfigs, {
    shared: budgets,
    onCall: metrics.upstreamCall,
    onBreaker: metrics.breaker,
    onCapped: (sourceId) =>
      log.warn({ sourceId }, "the upstream asks for a pause of more than an hour; it is called again after an hour"),
    onClosed: (credential, closure) =>
      void announceClosure(db, opened.sources.values(), credential, closure).catch((err: unknown) =>
        log.warn({ err }, "a closed budget could not be announced"),
      ),
  });
  return opened;
}
