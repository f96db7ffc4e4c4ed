import { readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import type { BudgetOverride } from "./connector-api/budget.ts";
import type { AnyConnector } from "./connector-api/connector.ts";
import { connectors } from "./connectors/registry.generated.ts";
import { SOURCE_ID } from "./domain/ids.ts";
import { parseNetworks } from "./protocols/rest/network.ts";
import { findContradictions } from "./shared-credentials.ts";

/** One thing that is wrong with the settings. */
export interface ConfigIssue {
  /** `PORT`, or a path in the file: `sources[0].config.apiKey`. */
  readonly path: string;
  /** What was expected, and the type of what came; never the value of a secret. */
  readonly expected: string;
}

/** All that is wrong with the settings, at once. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly issues: readonly ConfigIssue[];

  constructor(found: readonly ConfigIssue[]) {
    // One per path: what follows from a first mistake (a variable that is not set is also too short) is noise.
    const issues = [...new Map(found.toReversed().map((issue) => [issue.path, issue])).values()].toReversed();
    const lines = issues.map((issue) => `  ${issue.path}: ${issue.expected}`);
    super(`${issues.length} ${issues.length === 1 ? "setting is" : "settings are"} wrong\n${lines.join("\n")}`);
    this.issues = issues;
  }
}

const LOOPBACK = /^(127(?:\.\d{1,3}){3}|::1|localhost)$/;

function isPlainUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false;
  return url.username === "" && url.password === "" && !/[?#\s]/.test(text);
}

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

/** Settings from the environment. Their descriptions are the README's table; a test holds the two together. */
export const environmentSchema = z.object({
  SLUICE_CONFIG: z
    .string()
    .min(1)
    .optional()
    .describe("YAML file with tenants and sources. Without it a demo runs: one tenant, sandbox systems."),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be a postgres:// URL")
    .optional()
    .describe("PostgreSQL 15 or newer instead of the embedded one. Its role must be able to create schemas and roles."),
  PORT: wholeNumber(0, 65_535).default(4000).describe("Port to listen on; 0 picks a free one."),
  HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("Address to listen on. Anything but loopback needs an AUTH setting."),
  PUBLIC_URL: z
    .string()
    .refine(isPlainUrl, "must be an http or https URL without credentials, query and fragment")
    .transform((text) => text.replace(/\/+$/, ""))
    .optional()
    .describe("Address as providers reach it: what `Source.webhooks { url }` begins with. Default: as it listens."),
  DATA_DIR: z
    .string()
    .min(1)
    .default(".sluice")
    .describe("Folder of the embedded PostgreSQL and the sandboxes' worlds, and of files while they come in."),
  AUTH_JWKS_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .optional()
    .describe("Where the keys of the tokens' issuer are."),
  AUTH_ISSUER: z.string().min(1).optional().describe("Required `iss` of a token."),
  AUTH_AUDIENCE: z.string().min(1).optional().describe("Required `aud` of a token."),
  AUTH_JWT_SECRET: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe("Shared secret of HS256 tokens, instead of AUTH_JWKS_URL."),
  DELIVERY_RETENTION_DAYS: wholeNumber(1, 36_500)
    .default(90)
    .describe(
      "Days for which the bodies of webhooks are kept. What is not yet applied or is parked keeps its body; that a delivery came is known for ever.",
    ),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "silent"])
    .optional()
    .describe("How much is logged, as JSON lines on stderr. Default: `info`, in the demo `warn`."),
});

const identifier = z.string().regex(SOURCE_ID, "must be 1 to 64 characters of a-z, 0-9 and -, not - at the ends");

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const MAX_SCHEDULE_MS = 30 * UNIT_MS.d;
const schedule = z
  .string()
  .regex(/^(manual|[1-9]\d{0,5}[smhd])$/, 'must be "manual" or a number with s, m, h or d, such as "5m"')
  .transform((text) => {
    if (text === "manual") return undefined;
    // The pattern above leaves nothing but these four letters.
    return Number(text.slice(0, -1)) * UNIT_MS[text.slice(-1) as keyof typeof UNIT_MS];
  })
  .refine((ms) => ms === undefined || ms <= MAX_SCHEDULE_MS, "must be 30 days at most");

const networks = z
  .array(z.string())
  .max(100)
  .superRefine((texts, context) => {
    const parsed = parseNetworks(texts);
    if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.issue });
  });

/** The file named by SLUICE_CONFIG. */
export const fileSchema = z.strictObject({
  tenants: z.array(identifier).min(1, "must name at least one tenant"),
  sources: z
    .array(
      z.strictObject({
        id: identifier.describe("In URLs and stored keys; stable, unique over all tenants."),
        tenant: identifier,
        connector: z.string(),
        config: z.unknown().optional().describe("Settings of the connector; see its README."),
        schedule: schedule.prefault("5m").describe("How often it is polled: `30s`, `5m`, `1h`; `manual` for never."),
        budget: z
          .strictObject({
            rates: z.record(z.string(), z.number().positive().max(100_000)).optional(),
            maxConcurrent: z.int().min(1).max(1_000).optional(),
          })
          .optional()
          .describe("Calls per second by bucket and at a time, where they differ from what the connector says."),
        networks: networks
          .default([])
          .describe("Networks that its address may be in although they are private: `10.20.0.0/16`."),
      }),
    )
    .default([]),
});

/** What can still be read of a file whose shape is wrong, so that the other mistakes in it are told too. */
const readableFile = z.object({
  tenants: z.array(z.string()).catch([]),
  sources: z
    .array(
      z
        .object({
          id: z.string().catch(""),
          tenant: z.string().catch(""),
          connector: z.string().catch(""),
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

export interface SourceConfig {
  readonly id: string;
  readonly tenantId: string;
  readonly connector: string;
  /** As the connector's own schema gave it. Holds secrets. */
  readonly config: unknown;
  readonly scheduleMs: number | undefined;
  /** What stands before the connector's own budget. */
  readonly budget: BudgetOverride | undefined;
  /** Networks beyond the public ones that its upstream may be in. */
  readonly networks: readonly string[];
}

export type AuthConfig =
  | { readonly kind: "development" }
  | { readonly kind: "secret"; readonly secret: string; readonly issuer?: string; readonly audience?: string }
  | { readonly kind: "jwks"; readonly url: string; readonly issuer?: string; readonly audience?: string };

export interface Config {
  /** True when no SLUICE_CONFIG is given: sandboxes stand in for the sources. */
  readonly demo: boolean;
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. Undefined: the address that it listens on. */
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  readonly auth: AuthConfig;
  /** How long bodies of deliveries are kept. */
  readonly deliveryRetentionDays: number;
  readonly logLevel: string;
  readonly tenants: readonly string[];
  readonly sources: readonly SourceConfig[];
}

/**
 * Reads every setting, once.
 * @throws ConfigError with all mistakes at once
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const issues: ConfigIssue[] = [];
  // An empty variable is one that was not set: `PORT= npm start`.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) issues.push(...parsed.error.issues.map((issue) => issueOf(issue, "")));
  const file = loadFile(given["SLUICE_CONFIG"], given, issues);
  const settings = parsed.success ? parsed.data : undefined;
  const auth = settings && authOf(settings, issues);
  if (settings === undefined || auth === undefined || file === undefined || issues.length > 0)
    throw new ConfigError(issues);
  const demo = settings.SLUICE_CONFIG === undefined;
  return {
    demo,
    databaseUrl: settings.DATABASE_URL,
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL,
    dataDir: settings.DATA_DIR,
    auth,
    deliveryRetentionDays: settings.DELIVERY_RETENTION_DAYS,
    logLevel: settings.LOG_LEVEL ?? (demo ? "warn" : "info"),
    ...file,
  };
}

type Environment = z.infer<typeof environmentSchema>;

function authOf(settings: Environment, issues: ConfigIssue[]): AuthConfig {
  const { AUTH_JWKS_URL: url, AUTH_JWT_SECRET: secret, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = settings;
  const claims = { ...(issuer !== undefined && { issuer }), ...(audience !== undefined && { audience }) };
  if (url !== undefined && secret !== undefined) {
    issues.push({ path: "AUTH_JWT_SECRET", expected: "must not be set together with AUTH_JWKS_URL" });
  }
  if (url !== undefined) return { kind: "jwks", url, ...claims };
  if (secret !== undefined) return { kind: "secret", secret, ...claims };
  for (const [name, value] of Object.entries({ AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience })) {
    if (value !== undefined) issues.push({ path: name, expected: "goes with AUTH_JWKS_URL or AUTH_JWT_SECRET only" });
  }
  if (!LOOPBACK.test(settings.HOST)) {
    issues.push({
      path: "HOST",
      expected: "must be loopback (127.0.0.1) unless AUTH_JWKS_URL or AUTH_JWT_SECRET is set",
    });
  }
  return { kind: "development" };
}

type FileConfig = Pick<Config, "tenants" | "sources">;

function loadFile(
  path: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  issues: ConfigIssue[],
): FileConfig | undefined {
  if (path === undefined) return { tenants: ["demo"], sources: [] };
  let document: unknown;
  try {
    document = parseYaml(readFileSync(path, "utf8"));
  } catch (reason) {
    issues.push({ path: "SLUICE_CONFIG", expected: `must name a readable YAML file: ${firstLine(reason)}` });
    return undefined;
  }
  const given = interpolate(document, "", environment, issues);
  const parsed = fileSchema.safeParse(given);
  if (!parsed.success) {
    issues.push(...parsed.error.issues.map((issue) => issueOf(issue, "")));
    const readable = readableFile.safeParse(given).data;
    if (readable !== undefined) for (const index of readable.sources.keys()) checkSource(index, readable, issues);
    return undefined;
  }
  const { tenants } = parsed.data;
  const sources = parsed.data.sources.map((source, index) => ({
    id: source.id,
    tenantId: source.tenant,
    connector: source.connector,
    config: checkSource(index, parsed.data, issues),
    scheduleMs: source.schedule,
    networks: source.networks,
    budget: source.budget as BudgetOverride | undefined, // zod's optional fields also allow undefined, which means the same
  }));
  const upstreams = sources.map((source) => ({ ...source, connector: connectorOf(source.connector) }));
  for (const { index, setting, other } of findContradictions(upstreams)) {
    const expected = `must be as at "${other}", which has the same address and credential`;
    issues.push({ path: `sources[${index}].${setting}`, expected });
  }
  return { tenants, sources };
}

/** `${NAME}` in any text of the file is that variable's value; one that is not set is a mistake. */
function interpolate(
  value: unknown,
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
  issues: ConfigIssue[],
): unknown {
  if (typeof value === "string") {
    return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
      const found = environment[name];
      if (found === undefined)
        issues.push({ path, expected: `needs the environment variable ${name}, which is not set` });
      return found ?? "";
    });
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => interpolate(item, `${path}[${index}]`, environment, issues));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      interpolate(inner, path === "" ? key : `${path}.${key}`, environment, issues),
    ]),
  );
}

/** The settings of a source's connector as its own schema gives them; undefined after a mistake. */
function checkSource(index: number, file: ReadableFile, issues: ConfigIssue[]): unknown {
  const source = file.sources[index];
  if (source === undefined || source === null) return undefined;
  const path = `sources[${index}]`;
  if (file.tenants.length > 0 && !file.tenants.includes(source.tenant)) {
    issues.push({ path: `${path}.tenant`, expected: `must be one of tenants: ${file.tenants.join(", ")}` });
  }
  if (file.sources.findIndex((other) => other?.id === source.id) !== index) {
    issues.push({ path: `${path}.id`, expected: `must be unique, "${source.id}" is there twice` });
  }
  const connector = connectorOf(source.connector);
  if (connector === undefined) {
    issues.push({ path: `${path}.connector`, expected: `must be one of ${Object.keys(connectors).join(", ")}` });
    return undefined;
  }
  const config: z.ZodSafeParseResult<unknown> = connector.config.safeParse(source.config ?? {});
  if (!config.success) issues.push(...config.error.issues.map((issue) => issueOf(issue, `${path}.config`)));
  else checkRates(source, connector, config.data, `${path}.budget.rates`, issues);
  return config.data;
}

function connectorOf(name: string): AnyConnector | undefined {
  return Object.hasOwn(connectors, name) ? connectors[name] : undefined;
}

/** A rate of a bucket that there is not would be passed over in silence. */
function checkRates(
  { budget }: NonNullable<ReadableFile["sources"][number]>,
  connector: AnyConnector,
  config: unknown,
  path: string,
  issues: ConfigIssue[],
): void {
  const names = Object.keys(connector.budget(config).buckets);
  for (const name of Object.keys(budget?.rates ?? {})) {
    if (!names.includes(name)) issues.push({ path: `${path}.${name}`, expected: `must be one of ${names.join(", ")}` });
  }
}

/** zod's messages name types, not values, so no secret is repeated. */
function issueOf(issue: z.core.$ZodIssue, prefix: string): ConfigIssue {
  const path = issue.path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    prefix,
  );
  return { path: path === "" ? "SLUICE_CONFIG" : path, expected: issue.message.replace(/^Invalid input: /, "") };
}

function firstLine(reason: unknown): string {
  return (reason instanceof Error ? reason.message : String(reason)).split("\n", 1)[0] ?? "";
}
