import { type BudgetOverride, withOverride } from "./connector-api/budget.ts";
import type { AnyConnector } from "./connector-api/connector.ts";
import { credentialName } from "./upstream/credential-name.ts";

/** What the settings say of one source's upstream. */
export interface UpstreamSettings {
  readonly id: string;
  /** Undefined: there is no such connector. */
  readonly connector: AnyConnector | undefined;
  /** As the connector's own schema gave it; undefined: it has not passed. */
  readonly config: unknown;
  readonly budget: BudgetOverride | undefined;
  readonly networks: readonly string[];
}

/** A setting that contradicts that of another source. */
export interface Contradiction {
  /** Place in the list. */
  readonly index: number;
  readonly setting: "budget" | "networks";
  /** The source before it that says otherwise. */
  readonly other: string;
}

/** Sources with the same address and credential have one upstream: where they say different things of it, one would be passed over in silence. */
export function findContradictions(sources: readonly UpstreamSettings[]): readonly Contradiction[] {
  const first = new Map<string, { readonly id: string; readonly limits: string; readonly networks: string }>();
  return sources.flatMap(({ id, connector, config, budget, networks }, index) => {
    if (connector === undefined || config === undefined) return [];
    const target = connector.target(config);
    if (target === undefined) return []; // it calls nobody
    const { buckets, maxConcurrent } = withOverride(connector.budget(config), budget);
    const own = {
      id,
      limits: JSON.stringify([buckets, maxConcurrent]),
      networks: JSON.stringify([...new Set(networks)].toSorted()),
    };
    const credential = credentialName(target);
    const held = first.get(credential);
    if (held === undefined) first.set(credential, own);
    const found: Contradiction[] = [];
    if (held !== undefined && held.limits !== own.limits) found.push({ index, setting: "budget", other: held.id });
    if (held !== undefined && held.networks !== own.networks)
      found.push({ index, setting: "networks", other: held.id });
    return found;
  });
}
