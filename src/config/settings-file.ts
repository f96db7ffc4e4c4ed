import { readFileSync } from "node:fs";
import { parseYaml } from "./parse-yaml.ts";
import { z } from "zod";
import type { BudgetOverride } from "../connector-api/budget.ts";
import { findContradictions } from "../sources/shared-credentials.ts";
import type { OwnComparisons } from "../sources/source.ts";
import { interpolate } from "./interpolate.ts";
import type { ConfigIssue } from "./issue.ts";
import { parseSettings } from "./parse-settings.ts";
import {
  checkAccount,
  type CheckedPlatform,
  checkPlatforms,
  identifier,
  type Platforms,
  platformsSchema,
  readablePlatforms,
  withShared,
} from "./platforms.ts";
import type { PayoutRoute } from "../domain/payout-route.ts";
import { payoutRoutesOf, payoutRoutesSchema } from "./payout-routes.ts";
import {
  budgetSchema,
  comparisonsSchema,
  connectorOf,
  DEFAULT_SCHEDULE,
  networksSchema,
  oneOf,
  parseConnectorSettings,
  scheduleSchema,
} from "./source-settings.ts";

/** The file named by SLUICE_CONFIG. */
export const fileSchema = z.strictObject({
  tenants: z.array(identifier).min(1, "must name at least one tenant"),
  platforms: platformsSchema,
  sources: z
    .array(
      z.strictObject({
        id: identifier.describe("Part of URLs and stored keys: it must not change, and is unique over all tenants."),
        tenant: identifier,
        connector: z.string(),
        platform: identifier
          .optional()
          .describe("Platform whose settings it shares; those of its own `config` are added to them."),
        config: z.unknown().optional().describe("Settings of the connector; see its README."),
        schedule: scheduleSchema
          .prefault(DEFAULT_SCHEDULE)
          .describe("Interval of polling: `30s`, `5m`, `1h`; `manual` for never."),
        reconcile: comparisonsSchema
          .optional()
          .describe(
            "When it is compared with what is stored, where that differs from RECONCILE_EVERY and RECONCILE_DAYS: `{ every: 12h, days: 31 }`; `every: off` for never.",
          ),
        budget: budgetSchema
          .optional()
          .describe(
            "Calls per second of each bucket, and concurrent calls, where they differ from the connector's defaults.",
          ),
        networks: networksSchema.optional().describe("Private networks that its address may be in: `10.20.0.0/16`."),
      }),
    )
    .default([]),
  payoutRoutes: payoutRoutesSchema.describe("Where payouts of a source arrive, and what is usual there."),
});

/** Parts that can still be read of a file whose shape is wrong, so that the other mistakes in it are reported too. */
const readableFile = z.object({
  tenants: z.array(z.string()).catch([]),
  platforms: readablePlatforms,
  sources: z
    .array(
      z
        .object({
          id: z.string().catch(""),
          tenant: z.string().catch(""),
          connector: z.string().catch(""),
          platform: z.string().optional().catch(undefined),
          config: z.unknown().optional(),
          budget: z
            .object({ rates: z.record(z.string(), z.unknown()).optional() })
            .optional()
            .catch(undefined),
        })
        .nullable()
        .catch(null),
    )
    .catch([]),
});
type ReadableFile = z.infer<typeof readableFile>;
type ReadableSource = NonNullable<ReadableFile["sources"][number]>;

export interface SourceConfig {
  readonly id: string;
  readonly tenantId: string;
  readonly connector: string;
  /** Platform whose settings it shares. */
  readonly platform?: string | undefined;
  /** Parsed by the connector's own schema, the platform's settings included. Holds secrets. */
  readonly config: unknown;
  readonly scheduleMs: number | undefined;
  readonly reconcile?: OwnComparisons | undefined;
  /** Overrides the connector's own budget. */
  readonly budget: BudgetOverride | undefined;
  /** Non-public networks in which its upstream may be. */
  readonly networks: readonly string[];
}

export interface FileConfig {
  readonly tenants: readonly string[];
  readonly platforms: Platforms;
  readonly sources: readonly SourceConfig[];
  /** Declared routes of payouts, by tenant. */
  readonly payoutRoutes: ReadonlyMap<string, readonly PayoutRoute[]>;
  /** Environment variables that the file refers to. */
  readonly variables: ReadonlySet<string>;
}

/** Reads the settings file. Undefined after mistakes in its shape: all that can be found are in `issues`. */
export function loadFile(
  path: string | undefined,
  environment: Environment,
  issues: ConfigIssue[],
): FileConfig | undefined {
  const variables = new Set<string>();
  if (path === undefined)
    return { tenants: ["demo"], platforms: new Map(), sources: [], payoutRoutes: new Map(), variables };
  let document: unknown;
  try {
    document = parseYaml(readFileSync(path, "utf8"));
  } catch (reason) {
    issues.push({ path: "SLUICE_CONFIG", expected: `must name a readable YAML file: ${firstLine(reason)}` });
    return undefined;
  }
  const given = interpolate(document, { environment, variables, issues });
  const parsed = parseSettings(fileSchema, given, "", issues);
  if (parsed === undefined) {
    const readable = readableFile.safeParse(given).data;
    if (readable !== undefined) checkSources(readable, issues);
    return undefined;
  }
  const { tenants } = parsed;
  const configs = checkSources(parsed, issues);
  const platforms = platformsOf(parsed);
  const sources = parsed.sources.map((source, index) => ({
    id: source.id,
    tenantId: source.tenant,
    connector: source.connector,
    platform: source.platform,
    config: configs[index],
    scheduleMs: source.schedule,
    reconcile: source.reconcile,
    networks: source.networks ?? platforms.get(source.platform ?? "")?.networks ?? [],
    // zod's optional fields also allow undefined, with the same meaning
    budget: (source.budget as BudgetOverride | undefined) ?? platforms.get(source.platform ?? "")?.budget,
  }));
  const upstreams = sources.map((source) => ({ ...source, connector: connectorOf(source.connector) }));
  for (const { index, setting, other } of findContradictions(upstreams)) {
    const expected = `must be as at "${other}", which has the same address and credential`;
    issues.push({ path: `sources[${index}].${setting}`, expected });
  }
  const payoutRoutes = payoutRoutesOf(parsed.payoutRoutes, parsed.sources, issues);
  return { tenants, platforms, sources, payoutRoutes, variables };
}

function platformsOf({ platforms }: z.infer<typeof fileSchema>): Platforms {
  return new Map(
    platforms.map((platform) => [
      platform.id,
      { ...platform, budget: platform.budget as BudgetOverride | undefined }, // as for the sources
    ]),
  );
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the settings of each source's connector, parsed by its own schema; undefined after a mistake. */
function checkSources(file: ReadableFile, issues: ConfigIssue[]): readonly unknown[] {
  const tenants = new Set(file.tenants);
  const platforms = checkPlatforms(file.platforms, file.tenants, issues);
  const ids = new Set(platforms.keys());
  return file.sources.map((source, index) => {
    if (source === null) return undefined;
    const path = `sources[${index}]`;
    if (tenants.size > 0 && !tenants.has(source.tenant)) {
      issues.push({ path: `${path}.tenant`, expected: oneOf(source.tenant, file.tenants) });
    }
    if (ids.has(source.id)) {
      issues.push({ path: `${path}.id`, expected: `must be unique; "${source.id}" is there twice` });
    }
    ids.add(source.id);
    return checkConnector(source, path, platforms, issues);
  });
}

function checkConnector(
  source: ReadableSource,
  path: string,
  platforms: ReadonlyMap<string, CheckedPlatform>,
  issues: ConfigIssue[],
): unknown {
  const connector = connectorOf(source.connector);
  const platform = source.platform === undefined ? undefined : platforms.get(source.platform);
  if (connector !== undefined && source.platform !== undefined && platform?.connector !== source.connector) {
    const own = [...platforms].filter(([, each]) => each.connector === source.connector).map(([id]) => id);
    issues.push({ path: `${path}.platform`, expected: oneOf(source.platform, own) });
    return undefined;
  }
  // The budget of a platform that tenants may use was checked with its settings.
  const shared = source.budget === undefined && platform?.tenants.length === 0 ? platform : undefined;
  const config = parseConnectorSettings(
    {
      connector: source.connector,
      config: withShared(platform, source.config ?? {}),
      budget: source.budget ?? shared?.budget,
    },
    {
      connector: `${path}.connector`,
      config: `${path}.config`,
      rates: `${shared?.path ?? path}.budget.rates`,
    },
    issues,
  );
  if (config !== undefined && platform !== undefined)
    checkAccount(platform, connector?.accountOf?.(config), `${path}.config`, issues);
  return config;
}

function firstLine(reason: unknown): string {
  return (reason instanceof Error ? reason.message : String(reason)).split("\n", 1)[0] ?? "";
}
