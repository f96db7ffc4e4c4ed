import type { SourceConfig } from "./config.ts";
import { connectors } from "./connectors/registry.generated.ts";
import type { Source } from "./upstream/source.ts";
import { createUpstream, type Upstream } from "./upstream/upstream.ts";
import type { CallObservation } from "./upstream/observe.ts";

export interface OpenSources {
  /** By id. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Resolves when every call has ended and every socket is closed. */
  close(): Promise<void>;
}

/** Binds configured sources to their connectors. Those with the same address and credential share one budget. */
export function openSources(
  configs: readonly SourceConfig[],
  onCall: (sourceId: string) => (observation: CallObservation) => void,
): OpenSources {
  const upstreams = new Map<string, Upstream>();
  const sources = new Map<string, Source>();
  for (const { id, tenantId, connector: name, config, scheduleMs } of configs) {
    const connector = Object.hasOwn(connectors, name) ? connectors[name] : undefined;
    if (connector === undefined) throw new TypeError(`no connector ${name}`); // the settings were checked for this
    const target = connector.target(config);
    const key = `${target.baseUrl}\n${target.credential}`;
    const upstream =
      upstreams.get(key) ??
      createUpstream({ target, budget: { ...connector.budget, ...target.budget }, onCall: onCall(id) });
    upstreams.set(key, upstream);
    sources.set(id, { id, tenantId, connector, config, scheduleMs, client: (lane) => upstream.client(lane) });
  }
  return {
    sources,
    close: async () => void (await Promise.all([...upstreams.values()].map((upstream) => upstream.close()))),
  };
}
