import { type BudgetOverride, withOverride } from "../connector-api/budget.ts";
import type { AnyConnector } from "../connector-api/connector.ts";
import { credentialName } from "../upstream/credential-name.ts";

/** Configured settings of one source's upstream. */
export interface UpstreamSettings {
  readonly id: string;
  /** Undefined: there is no such connector. */
  readonly connector: AnyConnector | undefined;
  /** Parsed by the connector's own schema; undefined: it failed validation. */
  readonly config: unknown;
  readonly budget: BudgetOverride | undefined;
  readonly networks: readonly string[];
}

/** A setting that contradicts that of another source. */
export interface Contradiction {
  /** Index in the list. */
  readonly index: number;
  readonly setting: "budget" | "networks";
  /** Earlier source with the contradicting setting. */
  readonly other: string;
}

/**
 * Finds contradicting settings. Sources with the same address and credential share one upstream: if their settings
 * differ, one of them would be ignored silently.
 */
export function findContradictions(sources: readonly UpstreamSettings[]): readonly Contradiction[] {
  const first = new Map<string, { readonly id: string; readonly limits: string; readonly networks: string }>();
  return sources.flatMap(({ id, connector, config, budget, networks }, index) => {
    if (connector === undefined || config === undefined) return [];
    const target = connector.target(config);
    if (target === undefined) return []; // the source makes no calls
    const { buckets, maxConcurrent } = withOverride(connector.budget(config), budget);
    const own = {
      id,
      limits: JSON.stringify([buckets, maxConcurrent]),
      networks: JSON.stringify([...new Set(networks)].toSorted()),
    };
    const credential = credentialName(target);
    const existing = first.get(credential);
    if (existing === undefined) first.set(credential, own);
    const found: Contradiction[] = [];
    if (existing !== undefined && existing.limits !== own.limits)
      found.push({ index, setting: "budget", other: existing.id });
    if (existing !== undefined && existing.networks !== own.networks)
      found.push({ index, setting: "networks", other: existing.id });
    return found;
  });
}
