import type { SourceConfig } from "../config.ts";
import { withOverride } from "../connector-api/budget.ts";
import type { UpstreamClient } from "../connector-api/client.ts";
import type { AnyConnector } from "../connector-api/connector.ts";
import { connectors } from "../connectors/registry.generated.ts";
import { ServiceError } from "../domain/error.ts";
import type { BreakerState } from "../upstream/breaker.ts";
import type { Closure } from "../upstream/budget/budget-store.ts";
import { credentialName } from "../upstream/credential-name.ts";
import type { CallObservation } from "../upstream/observe.ts";
import type { Source } from "./source.ts";
import type { SharedBudgets } from "../upstream/budget/shared-budgets.ts";
import { channelOf } from "../upstream/upstream-settings.ts";
import { createUpstream, type Upstream } from "../upstream/upstream.ts";
import { createPlatformBudgets, platformBudgetOf, type PlatformBudgets } from "../upstream/platform-budgets.ts";
import {
  createUpstreamPool,
  type MakeSettings,
  type UpstreamBinding,
  type UpstreamPool,
} from "../upstream/upstream-pool.ts";
import { configuredConnector } from "./configured-connector.ts";
import { registryOf, type SourceRegistry } from "./source-registry.ts";

export interface OpenSources {
  /** Configured sources by id. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly registry: SourceRegistry;
  /** Makes a source ready that was connected while the service runs. */
  readonly bind: (config: SourceConfig) => Source;
  /** Upstreams that are in use, by the name of their credential. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** Resolves when every call has ended and every socket is closed. */
  close(): Promise<void>;
}

export interface OpenSourcesOptions {
  readonly shared: SharedBudgets;
  /**
   * Called for every attempt of a call to a source's upstream, of this tenant. Sources that share a credential are counted under the
   * first one's id.
   */
  readonly onCall: (called: CalledSource) => (observation: CallObservation) => void;
  /** Called before every call of a source, with the source itself. Default: nothing is done. */
  readonly onUse?: (source: CalledSource) => void;
  readonly onBreaker: (sourceId: string, connector: string) => (state: BreakerState) => void;
  /** Called when the upstream of a source requested a longer pause than we follow. */
  readonly onCapped: (sourceId: string) => void;
  /** Called when a response to this process closed a bucket of the credential. */
  readonly onClosed: (credential: string, closure: Closure) => void;
  /** Hosts of upstreams that may learn the ids of our traces. Default: none. */
  readonly traceHosts?: readonly string[];
}

/** A source whose upstream is called. */
export interface CalledSource {
  readonly sourceId: string;
  readonly tenantId: string;
  /** Name of its connector. */
  readonly connector: string;
  /** Name of its credential, which other sources may share. */
  readonly credential: string;
}

/** Credential of a source that makes no calls: no budget has this name. */
const NO_CREDENTIAL = "";
const NO_CLIENT: UpstreamClient = {
  send: () => Promise.reject(noAddress()),
  call: () => Promise.reject(noAddress()),
  follow: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(noAddress()) }) }),
};

function noAddress(): ServiceError {
  return new ServiceError("UPSTREAM_REJECTED", "this source has no address");
}

/**
 * Binds configured sources to their connectors. Sources with the same address and credential share one budget; sources
 * without an address have none. No upstream is opened before its first call.
 */
export function openSources(configs: readonly SourceConfig[], options: OpenSourcesOptions): OpenSources {
  const pool = createUpstreamPool();
  const shared = { ...options, pool, platformBudgets: createPlatformBudgets() };
  const sources = new Map(configs.map((config) => [config.id, bind(config, shared)]));
  return {
    sources,
    registry: registryOf(sources.values()),
    bind: (config) => bind(config, shared),
    upstreams: pool.open,
    close: pool.close,
  };
}

interface BindOptions extends OpenSourcesOptions {
  readonly pool: UpstreamPool;
  readonly platformBudgets: PlatformBudgets;
}

function bind(source: SourceConfig, options: BindOptions): Source {
  const { id, tenantId, connector: name, platform, config, scheduleMs, reconcile } = source;
  const registered = Object.hasOwn(connectors, name) ? connectors[name] : undefined;
  // the settings were already validated for this
  if (registered === undefined) throw new TypeError(`there is no connector ${name}`);
  const connector = configuredConnector(registered, config);
  const target = connector.target(config);
  const about = { id, tenantId, connector, platform, config, scheduleMs, reconcile };
  if (target === undefined) return { ...about, credential: NO_CREDENTIAL, client: () => NO_CLIENT };
  const credential = credentialName(target);
  options.pool.set(credential, settingsOf(source, connector));
  return {
    ...about,
    credential,
    // Nothing of it is kept for a source that is not called: a process may have ten thousands of them.
    client: (lane) => options.pool.client(bindingOf(source, { connector, credential, options }), lane, tenantId),
  };
}

function settingsOf({ config, budget, networks }: SourceConfig, connector: AnyConnector): MakeSettings {
  return () => ({ budget: withOverride(connector.budget(config), budget), networks, ...channelOf(connector, config) });
}

interface BindingOptions {
  readonly connector: AnyConnector;
  readonly credential: string;
  readonly options: BindOptions;
}

function bindingOf(source: SourceConfig, { connector, credential, options }: BindingOptions): UpstreamBinding {
  const { id, tenantId, connector: name, config } = source;
  const called = { sourceId: id, tenantId, connector: name, credential };
  return {
    credential,
    settings: settingsOf(source, connector),
    create(settings) {
      const target = connector.target(config);
      if (target === undefined) throw noAddress();
      return createUpstream({
        target,
        ...settings,
        ...platformBudgetOf(connector, config, options),
        shared: options.shared,
        sendsTraces: options.traceHosts?.includes(new URL(target.baseUrl).hostname) ?? false,
        onCall: options.onCall(called),
        onCapped: () => options.onCapped(id),
        onBreaker: options.onBreaker(id, name),
        onClosed: (closure) => options.onClosed(credential, closure),
      });
    },
    onUse: () => options.onUse?.(called),
  };
}
