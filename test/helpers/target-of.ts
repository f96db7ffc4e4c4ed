import type { AnyConnector } from "../../src/connector-api/connector.ts";
import type { UpstreamTarget } from "../../src/connector-api/upstream-target.ts";

/** Upstream target of a source that is known to have one. */
export function targetOf(connector: AnyConnector, config: unknown): UpstreamTarget {
  const target = connector.target(config);
  if (target === undefined) throw new Error(`a source of ${connector.name} that calls nobody`);
  return target;
}
