import { z } from "zod";
import { ServiceError } from "../domain/error.ts";
import type { BudgetOverride } from "../connector-api/budget.ts";
import { namesLoopback } from "../protocols/rest/base-url.ts";
import { isLoopbackAllowed } from "../protocols/rest/loopback-allowed.ts";
import { parseNetworks } from "../protocols/rest/network.ts";
import type { ConfigIssue } from "./issue.ts";
import { settingsMarked } from "./settings-marked.ts";
import { parseSettings } from "./parse-settings.ts";
import {
  identifier,
  isOpenTo,
  mayConnectAccount,
  NAMES_NO_ACCOUNT,
  type PlatformConfig,
  type Platforms,
  withShared,
} from "./platforms.ts";
import type { OwnComparisons } from "../sources/source.ts";
import type { SourceConfig } from "./settings-file.ts";
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

/** Settings of a source as a caller of the graph gives them. */
export interface ConnectedSourceInput {
  readonly id: string;
  readonly connector: string;
  /** Id of the platform whose settings it shares. Undefined: it has all settings itself. */
  readonly platform: string | undefined;
  /** Plain JSON of the connector's own settings, with the credentials. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** As in the settings file: `5m`. Undefined: the default. */
  readonly schedule: string | undefined;
  readonly budget: BudgetOverride | undefined;
  readonly networks: readonly string[] | undefined;
  /** As in the settings file: `{ every: "12h", days: 31 }`. Undefined: as all sources. */
  readonly reconcile: GivenComparisons | undefined;
}

/** When a source is compared, as it is given. */
export interface GivenComparisons {
  readonly every?: string | undefined;
  readonly days?: number | undefined;
}

/** Limits that the operator sets for sources that callers of the graph connect. */
export interface ConnectRules {
  /** Networks beyond the public ones that their addresses may be in. */
  readonly networks: readonly string[];
  readonly platforms: Platforms;
}

const MAX_SETTINGS_BYTES = 64 * 1024;

const inputSchema = z.object({
  id: identifier,
  connector: z.string(),
  settings: z
    .record(z.string(), z.unknown())
    .refine(
      (settings) => Buffer.byteLength(JSON.stringify(settings)) <= MAX_SETTINGS_BYTES,
      `must be at most ${MAX_SETTINGS_BYTES} bytes of JSON`,
    ),
  schedule: scheduleSchema.prefault(DEFAULT_SCHEDULE),
  budget: budgetSchema.optional(),
  networks: networksSchema.default([]),
  reconcile: comparisonsSchema.optional(),
});

/**
 * Checks the settings of a source by the rules of the settings file, and by those for callers of the graph, who must not
 * reach into the operator's network or file system.
 * @throws ServiceError INVALID_INPUT with the path of every mistake, and without any value
 */
export function parseConnectedSource(tenantId: string, input: ConnectedSourceInput, rules: ConnectRules): SourceConfig {
  const issues: ConfigIssue[] = [];
  const parsed = parseSettings(inputSchema, input, "input", issues);
  if (input.platform !== undefined) return parseOfPlatform(tenantId, { ...input, parsed }, rules, issues);
  const paths = serverPathsOf(input);
  issues.push(...paths);
  const config =
    paths.length > 0
      ? undefined // a file that a setting names is not read: not even whether it exists is told
      : parseConnectorSettings(
          { connector: input.connector, config: input.settings, budget: input.budget },
          { connector: "input.connector", config: "input.settings", rates: "input.budget.rates" },
          issues,
        );
  if (parsed !== undefined && config !== undefined) checkRules(input.connector, config, parsed.networks, rules, issues);
  if (parsed === undefined || issues.length > 0) throw invalidInput(issues);
  return {
    id: parsed.id,
    tenantId,
    connector: parsed.connector,
    config,
    scheduleMs: parsed.schedule,
    budget: parsed.budget as BudgetOverride | undefined, // zod's optional fields also allow undefined
    networks: parsed.networks,
    reconcile: parsed.reconcile,
  };
}

interface OfPlatformInput extends ConnectedSourceInput {
  /** Undefined: it has mistakes, which are among the issues. */
  readonly parsed: z.infer<typeof inputSchema> | undefined;
}

/** Its address, keys and limits are the platform's: a caller who could change the address would receive the keys. */
function parseOfPlatform(
  tenantId: string,
  { parsed, ...input }: OfPlatformInput,
  rules: ConnectRules,
  issues: ConfigIssue[],
): SourceConfig {
  const platform = usablePlatform(tenantId, input, rules.platforms, issues);
  if (platform === undefined) throw invalidInput(issues);
  const own = connectorOf(platform.connector)?.accountSettings ?? [];
  const foreign = Object.keys(input.settings).filter((name) => !own.includes(name));
  for (const name of foreign) {
    const only = `must not be set: a source of a platform has only ${own.join(", ")} of its own`;
    issues.push({ path: `input.settings.${name}`, expected: only });
  }
  const expected = "must not be set for a source of a platform, which has its own";
  if (input.budget !== undefined) issues.push({ path: "input.budget", expected });
  if ((input.networks ?? []).length > 0) issues.push({ path: "input.networks", expected });
  const config =
    issues.length > 0
      ? undefined
      : parseConnectorSettings(
          { connector: platform.connector, config: withShared(platform, input.settings) },
          { connector: "input.connector", config: "input.settings", rates: "" },
          issues,
        );
  const account = config === undefined ? undefined : connectorOf(platform.connector)?.accountOf?.(config);
  if (config !== undefined && account === undefined)
    issues.push({ path: "input.settings", expected: NAMES_NO_ACCOUNT });
  else if (account !== undefined && !mayConnectAccount(platform, tenantId, account))
    issues.push({
      path: "input.settings",
      expected: "must name an account that the settings file opens to the tenant",
    });
  if (parsed === undefined || issues.length > 0) throw invalidInput(issues);
  const { budget, networks } = platform;
  const { id, connector, schedule: scheduleMs, reconcile } = parsed;
  return { id, tenantId, connector, platform: platform.id, config, scheduleMs, reconcile, budget, networks };
}

/** Only platforms that the tenant may use are named: it learns nothing about the others. */
function usablePlatform(
  tenantId: string,
  { platform: id, connector }: ConnectedSourceInput,
  platforms: Platforms,
  issues: ConfigIssue[],
): PlatformConfig | undefined {
  const usable = [...platforms.values()].filter((one) => one.connector === connector && isOpenTo(one, tenantId));
  const found = usable.find((one) => one.id === id);
  if (found !== undefined) return found;
  const expected =
    usable.length === 0
      ? "must not be set: the settings file has no platform of this connector that the tenant may use"
      : oneOf(
          id ?? "",
          usable.map((one) => one.id),
        );
  issues.push({ path: "input.platform", expected });
  return undefined;
}

/** Callers of the graph must not name files of the service's machine. */
function serverPathsOf({ connector, settings }: ConnectedSourceInput): readonly ConfigIssue[] {
  const expected = "must not be set: files of the service's machine can only be read by a source of the settings file";
  return settingsMarked(connector, "serverPath")
    .filter((setting) => Object.hasOwn(settings, setting))
    .map((setting) => ({ path: `input.settings.${setting}`, expected }));
}

function checkRules(
  name: string,
  config: unknown,
  networks: readonly string[],
  rules: ConnectRules,
  issues: ConfigIssue[],
): void {
  const connector = connectorOf(name);
  const foreign = networks.find((network) => !isWithin(network, rules.networks));
  if (foreign !== undefined) {
    issues.push({
      path: "input.networks",
      expected: `must be within the networks of CONNECT_NETWORKS, got ${foreign}`,
    });
  }
  const target = connector?.target(config);
  if (target === undefined || !namesLoopback(new URL(target.baseUrl).hostname)) return; // of any scheme
  if (!isLoopbackAllowed(new URL(target.baseUrl).hostname, rules.networks)) {
    const expected =
      "must not have an address of the service's machine, unless the operator lists it in CONNECT_NETWORKS";
    issues.push({ path: "input.settings", expected });
  }
}

function isWithin(network: string, allowed: readonly string[]): boolean {
  const [inner] = networksOf([network]);
  return networksOf(allowed).some(
    (outer) =>
      inner !== undefined &&
      inner.first.kind() === outer.first.kind() &&
      inner.prefix >= outer.prefix &&
      inner.first.match(outer.first, outer.prefix),
  );
}

function networksOf(texts: readonly string[]) {
  const parsed = parseNetworks(texts);
  return parsed.ok ? parsed.networks : [];
}

/** A source as it is stored, with its decrypted settings. */
export interface StoredInput {
  readonly id: string;
  readonly tenantId: string;
  readonly connector: string;
  readonly platform: string | undefined;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly scheduleMs: number | undefined;
  readonly budget: BudgetOverride | undefined;
  readonly networks: readonly string[];
  readonly reconcile: OwnComparisons | undefined;
}

/**
 * Completes the settings that are stored of a source.
 * @throws ServiceError INTERNAL if they are no longer valid for this version of the connector | UPSTREAM_UNAUTHORIZED if
 * the tenant may no longer use the platform of the source
 */
export function parseStoredSource(stored: StoredInput, platforms: Platforms): SourceConfig {
  const { settings, ...source } = stored;
  const platform = source.platform === undefined ? undefined : requirePlatform(stored, platforms);
  const issues: ConfigIssue[] = [];
  const paths = { connector: "connector", config: "settings", rates: "rates" };
  const given = { connector: source.connector, config: withShared(platform, settings) };
  const config = parseConnectorSettings(given, paths, issues);
  const account = config === undefined ? undefined : connectorOf(source.connector)?.accountOf?.(config);
  if (platform !== undefined && account !== undefined && !mayConnectAccount(platform, source.tenantId, account))
    throw notOpen(stored, "this account of");
  if (config !== undefined)
    return { ...source, config, ...(platform && { budget: platform.budget, networks: platform.networks }) };
  throw new ServiceError("INTERNAL", "the stored settings of the source are not valid in this version", {
    detail: `the stored settings of ${source.id} are not valid in this version: ${sentenceOf(issues)}`,
    sourceId: source.id,
  });
}

function requirePlatform(stored: StoredInput, platforms: Platforms): PlatformConfig {
  const { tenantId, platform, connector } = stored;
  const found = platforms.get(platform ?? "");
  if (found !== undefined && found.connector === connector && isOpenTo(found, tenantId)) return found;
  throw notOpen(stored, "");
}

function notOpen({ id, platform }: StoredInput, part: "" | "this account of"): ServiceError {
  const what = `${part === "" ? "" : `${part} `}the platform "${platform}", whose keys the source shares`;
  return new ServiceError("UPSTREAM_UNAUTHORIZED", `the settings file no longer lets the tenant use ${what}`, {
    sourceId: id,
  });
}

/** Returns the names of a connector's settings that are credentials. */
export function secretSettings(connector: string): readonly string[] {
  return settingsMarked(connector, "secret");
}

/** Returns the error for invalid input: every mistake, each with its path. */
export function invalidInput(issues: readonly ConfigIssue[]): ServiceError {
  return new ServiceError("INVALID_INPUT", sentenceOf(issues));
}

function sentenceOf(issues: readonly ConfigIssue[]): string {
  return issues.map(({ path, expected }) => `${path} ${expected}`).join("; ");
}
