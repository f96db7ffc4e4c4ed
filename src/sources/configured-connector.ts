import type { AnyConnector } from "../connector-api/connector.ts";

/** Returns a connector with what a source with these settings has of its streams, of what it can fetch, and of its feed. */
export function configuredConnector(connector: AnyConnector, config: unknown): AnyConnector {
  const configured = connector.configured?.(config);
  if (configured === undefined) return connector;
  const { feed: _, ...others } = connector;
  const { streams, fetch, feed } = configured;
  return { ...others, streams, fetch, ...(feed !== undefined && { feed }) };
}
