import { z } from "zod";
import type { BudgetOverride } from "../connector-api/budget.ts";
import { connectors } from "../connectors/registry.generated.ts";
import { SOURCE_ID } from "../domain/ids.ts";
import { didYouMean } from "../domain/did-you-mean.ts";
import type { ConfigIssue } from "./issue.ts";
import { parseSettings } from "./parse-settings.ts";
import { budgetSchema, checkRates, connectorOf, networksSchema, oneOf } from "./source-settings.ts";

export const identifier = z
  .string()
  .regex(SOURCE_ID, "must be 1 to 64 characters of a-z, 0-9 and -, not - at the ends");

/** Accounts of one tenant that a platform names. */
const MAX_ACCOUNTS = 10_000;

/** `platforms` of the settings file. */
export const platformsSchema = z
  .array(
    z.strictObject({
      id: identifier.describe("Part of the URL of its webhooks: unique over all platforms and sources."),
      connector: z.string(),
      config: z
        .record(z.string(), z.unknown())
        .nullish()
        .transform((config) => config ?? {})
        .describe("Settings that all its sources share, such as the keys."),
      tenants: z
        .union([z.literal("*"), z.array(identifier)], { error: 'must be a list of tenants, or "*" for all' })
        .default([])
        .describe("Tenants that may connect sources of it while the service runs."),
      accounts: z
        .record(identifier, z.array(z.string().min(1)).max(MAX_ACCOUNTS))
        .default({})
        .describe(
          "Accounts that a tenant may connect, by tenant: `{ acme: [acct_1] }`. A tenant that is not named may connect every account.",
        ),
      budget: budgetSchema.optional().describe("Budget of its sources that state none."),
      networks: networksSchema.default([]).describe("Networks of its sources that state none."),
    }),
  )
  .default([])
  .describe("Accounts at a provider that many sources share: a Plaid client, or a Stripe Connect platform.");

/** Parts of a platform that can still be read of a file whose shape is wrong. */
export const readablePlatforms = z
  .array(
    z.object({
      id: z.string().catch(""),
      connector: z.string().catch(""),
      config: z.record(z.string(), z.unknown()).catch({}),
      tenants: z.union([z.literal("*"), z.array(z.string())]).catch([]),
      accounts: z.record(z.string(), z.unknown()).catch({}),
      budget: z
        .object({ rates: z.record(z.string(), z.unknown()).optional() })
        .optional()
        .catch(undefined),
    }),
  )
  .catch([]);

/** Account at a provider whose settings many sources share. */
export interface PlatformConfig {
  readonly id: string;
  readonly connector: string;
  /** Settings of the connector as given, without those of a single account. Holds secrets. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Tenants that may connect sources of it while the service runs; `*`: all. */
  readonly tenants: readonly string[] | "*";
  /** Accounts that a tenant may connect; a tenant that is not named here: every account. Undefined: nobody is limited. */
  readonly accounts?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Of its sources that state none. */
  readonly budget: BudgetOverride | undefined;
  readonly networks: readonly string[];
}

/** Platforms by their ids. */
export type Platforms = ReadonlyMap<string, PlatformConfig>;

type ReadablePlatform = z.infer<typeof readablePlatforms>[number];

/** A platform in the file, with the accounts of its sources in the file so far. */
export interface CheckedPlatform extends ReadablePlatform {
  /** Path of it in the file. */
  readonly path: string;
  readonly readAccounts: Set<string>;
}

/** Checks the platforms of a file, and returns them by their ids. */
export function checkPlatforms(
  platforms: readonly ReadablePlatform[],
  tenants: readonly string[],
  issues: ConfigIssue[],
): ReadonlyMap<string, CheckedPlatform> {
  const able = Object.keys(connectors).filter((name) => connectors[name]?.accountOf !== undefined);
  const checked = new Map<string, CheckedPlatform>();
  for (const [index, platform] of platforms.entries()) {
    const path = `platforms[${index}]`;
    if (!able.includes(platform.connector))
      issues.push({ path: `${path}.connector`, expected: oneOf(platform.connector, able) });
    if (checked.has(platform.id))
      issues.push({ path: `${path}.id`, expected: `must be unique; "${platform.id}" is there twice` });
    checkTenants(platform.tenants, tenants, path, issues);
    const open = platform.tenants === "*" ? tenants : platform.tenants;
    for (const tenant of Object.keys(platform.accounts)) {
      if (!open.includes(tenant))
        issues.push({ path: `${path}.accounts.${tenant}`, expected: mustBeOpen(tenant, open) });
    }
    checkSharedSettings(platform, path, issues);
    checked.set(platform.id, { ...platform, path, readAccounts: new Set() });
  }
  return checked;
}

/** A name that is misspelt would leave its tenant without limits. */
function mustBeOpen(tenant: string, open: readonly string[]): string {
  return `must be a tenant that the platform is open to${didYouMean(tenant, open)}`;
}

function checkTenants(
  given: readonly string[] | "*",
  tenants: readonly string[],
  path: string,
  issues: ConfigIssue[],
): void {
  if (given === "*" || tenants.length === 0) return;
  for (const [index, tenant] of given.entries()) {
    if (!tenants.includes(tenant)) issues.push({ path: `${path}.tenants[${index}]`, expected: oneOf(tenant, tenants) });
  }
}

/**
 * Checks the settings of a platform whose sources callers of the graph may connect: they can set none of them, so it must
 * have all that its sources need. The settings of any other platform are checked together with those of each source.
 */
function checkSharedSettings(
  { connector: name, config, tenants, budget }: ReadablePlatform,
  path: string,
  issues: ConfigIssue[],
): void {
  const connector = connectorOf(name);
  const schema: unknown = connector?.config;
  if (connector?.accountSettings === undefined || tenants.length === 0 || !(schema instanceof z.ZodObject)) return;
  const own = connector.accountSettings;
  const shape = Object.fromEntries(Object.entries(schema.shape).filter(([setting]) => !own.includes(setting)));
  const parsed = parseSettings(z.strictObject(shape), config, `${path}.config`, issues);
  if (parsed !== undefined) checkRates({ connector: name, budget }, connector, parsed, `${path}.budget.rates`, issues);
}

/** Returns the settings of a source of a platform, which may override what the platform says. */
export function withShared(platform: Pick<PlatformConfig, "config"> | undefined, config: unknown): unknown {
  const areObjects = platform !== undefined && typeof config === "object" && config !== null;
  return areObjects ? { ...platform.config, ...config } : config;
}

/** Checks the account of a source: webhooks at the platform's address are assigned to its sources by it. */
export function checkAccount(
  { readAccounts }: CheckedPlatform,
  account: string | undefined,
  path: string,
  issues: ConfigIssue[],
): void {
  if (account === undefined) issues.push({ path, expected: NAMES_NO_ACCOUNT });
  else if (readAccounts.has(account))
    issues.push({ path, expected: `must name an account that no other source reads; "${account}" is there twice` });
  else readAccounts.add(account);
}

/** Expectation of the settings of a source of a platform. */
export const NAMES_NO_ACCOUNT = "must name the account at the platform that the source reads: `itemId`, `account`";

/** Returns true if a tenant may connect sources of a platform, and use the secrets that they share. */
export function isOpenTo({ tenants }: PlatformConfig, tenantId: string): boolean {
  return tenants === "*" || tenants.includes(tenantId);
}

/** Returns true if a tenant that a platform is open to may connect an account of it. */
export function mayConnectAccount({ accounts = {} }: PlatformConfig, tenantId: string, account: string): boolean {
  const own = Object.hasOwn(accounts, tenantId) ? accounts[tenantId] : undefined;
  return own === undefined || own.includes(account);
}
