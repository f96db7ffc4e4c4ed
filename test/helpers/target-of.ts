import type { AnyConnector, UpstreamTarget } from "../../src/connector-api/connector.ts";

/** Where a source's calls go; of one that is known to call somebody. */
export function targetOf(connector: AnyConnector, config: unknown): UpstreamTarget {
  const target = connector.target(config);
  if (target === undefined) throw new Error(`a source of ${connector.name} that calls nobody`);
  return target;
}
