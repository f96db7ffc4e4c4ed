import { z } from "zod";
import type { AnyConnector } from "../connector-api/connector.ts";
import { connectors } from "../connectors/registry.generated.ts";
import { parseNetworks } from "../protocols/rest/network.ts";
import { didYouMean } from "../domain/did-you-mean.ts";
import type { ConfigIssue } from "./issue.ts";
import { parseSettings } from "./parse-settings.ts";

/** Days that one comparison by the schedule covers at most. */
export const MAX_COMPARED_DAYS = 366;

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const MAX_SCHEDULE_MS = 30 * UNIT_MS.d;

/** Schema of an interval in milliseconds, such as `5m`; undefined for the word that means never. */
const intervalSchema = (never: string, example: string) =>
  z
    .string({ error: `must be "${never}" or a number with s, m, h or d, such as "${example}"` })
    .regex(new RegExp(`^(${never}|[1-9]\\d{0,5}[smhd])$`), {
      error: ({ input }) =>
        `must be "${never}" or a number with s, m, h or d, such as "${example}"${didYouMean(input, [never])}`,
    })
    .transform((text) => {
      if (text === never) return undefined;
      // The pattern above allows only these four letters.
      return Number(text.slice(0, -1)) * UNIT_MS[text.slice(-1) as keyof typeof UNIT_MS];
    })
    .refine((ms) => ms === undefined || ms <= MAX_SCHEDULE_MS, "must be 30 days at most");

/** Interval of polling in milliseconds; undefined: never. */
export const scheduleSchema = intervalSchema("manual", "5m");

/** When a source is compared by the schedule, where it differs from RECONCILE_EVERY and RECONCILE_DAYS. */
export const comparisonsSchema = z
  .strictObject({
    every: intervalSchema("off", "12h")
      .transform((ms) => ms ?? ("off" as const))
      .optional(),
    days: z
      .int({ error: `must be a whole number from 1 to ${MAX_COMPARED_DAYS}` })
      .min(1)
      .max(MAX_COMPARED_DAYS)
      .optional(),
  })
  .transform(({ every: everyMs, days }) => ({ everyMs, days }));

/** Schedule of a source that states none. */
export const DEFAULT_SCHEDULE = "5m";

export const networksSchema = z
  .array(z.string())
  .max(100)
  .superRefine((texts, context) => {
    const parsed = parseNetworks(texts);
    if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.issue });
  });

export const budgetSchema = z.strictObject({
  rates: z.record(z.string(), z.number().positive().max(100_000)).optional(),
  maxConcurrent: z.int().min(1).max(1_000).optional(),
});

/** The settings of a source that its connector checks, as given. */
export interface GivenSettings {
  readonly connector: string;
  readonly config?: unknown;
  readonly budget?: { readonly rates?: Readonly<Record<string, unknown>> | undefined } | undefined;
}

/** Paths of these settings, by which mistakes are reported. */
export interface SettingsPaths {
  readonly connector: string;
  readonly config: string;
  readonly rates: string;
}

/** Returns the settings of a source's connector, parsed by its own schema; undefined after a mistake. */
export function parseConnectorSettings(given: GivenSettings, paths: SettingsPaths, issues: ConfigIssue[]): unknown {
  const connector = connectorOf(given.connector);
  if (connector === undefined) {
    issues.push({ path: paths.connector, expected: oneOf(given.connector, Object.keys(connectors)) });
    return undefined;
  }
  const schema: z.ZodType<unknown> = connector.config;
  const config = parseSettings(schema, given.config ?? {}, paths.config, issues);
  if (config !== undefined) checkRates(given, connector, config, paths.rates, issues);
  return config;
}

/** Most values that a message lists: a file may have thousands of tenants. */
const MAX_LISTED = 20;

export function oneOf(given: string, allowed: readonly string[]): string {
  const more = allowed.length > MAX_LISTED ? ` and ${allowed.length - MAX_LISTED} more` : "";
  return `must be one of ${allowed.slice(0, MAX_LISTED).join(", ")}${more}${didYouMean(given, allowed)}`;
}

export function connectorOf(name: string): AnyConnector | undefined {
  return Object.hasOwn(connectors, name) ? connectors[name] : undefined;
}

/** A rate for a bucket that does not exist would be ignored silently. */
export function checkRates(
  { budget }: GivenSettings,
  connector: AnyConnector,
  config: unknown,
  path: string,
  issues: ConfigIssue[],
): void {
  if (budget?.rates === undefined) return;
  const names = Object.keys(connector.budget(config).buckets);
  for (const name of Object.keys(budget.rates)) {
    if (!names.includes(name)) issues.push({ path: `${path}.${name}`, expected: oneOf(name, names) });
  }
}
