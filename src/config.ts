import { type AuthConfig, authOf } from "./config/auth-settings.ts";
import { type Environment, environmentSchema, unknownVariables } from "./config/environment.ts";
import { ConfigError, type ConfigIssue } from "./config/issue.ts";
import { parseSettings } from "./config/parse-settings.ts";
import { scheduleSchema } from "./config/source-settings.ts";
import { type RetentionDays, retentionDaysOf } from "./config/retention-days.ts";
import { type SecretKeys, secretKeysOf } from "./config/secret-keys.ts";
import type { Platforms } from "./config/platforms.ts";
import { type FileConfig, loadFile, type SourceConfig } from "./config/settings-file.ts";
import { readTrustedDocuments, type TrustedDocumentsConfig } from "./config/trusted-documents.ts";

export type { GivenComparisons } from "./config/connected-source.ts";
export { ConfigError, type ConfigIssue } from "./config/issue.ts";
export type { AuthConfig } from "./config/auth-settings.ts";
export {
  type ConnectedSourceInput,
  type ConnectRules,
  invalidInput,
  parseConnectedSource,
  parseStoredSource,
  secretSettings,
} from "./config/connected-source.ts";
export { connectorOf } from "./config/source-settings.ts";
export { isOpenTo, type PlatformConfig, type Platforms } from "./config/platforms.ts";
export type { RetentionDays } from "./config/retention-days.ts";
export { parseKey, type SecretKeys } from "./config/secret-keys.ts";
export type { FileConfig, SourceConfig } from "./config/settings-file.ts";

export interface WebSocketAllowance {
  /** Open WebSockets, and responses that are streams. */
  readonly connections: number;
  /** Running operations. */
  readonly operations: number;
  /** Bytes of the documents and declared variables of running operations. */
  readonly bytes: number;
}

export interface CallbackConfig {
  /** Origins to which events may be sent. */
  readonly origins: readonly string[];
  /** Networks beyond the public ones that these may be in. */
  readonly networks: readonly string[];
  /** Numbers of subscriptions over all replicas. */
  readonly limits: { readonly perPrincipal: number; readonly perTenant: number };
}

export interface Config {
  /** True when no SLUICE_CONFIG is given: sandboxes replace the sources. */
  readonly demo: boolean;
  /** Number of payments with which the demo begins in a new data folder. */
  readonly demoPayments: number;
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Public URL without a trailing slash. Undefined: the address that the service listens on. */
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  readonly auth: AuthConfig;
  /** Origins of other sites whose pages may use the graph. */
  readonly corsOrigins: readonly string[];
  readonly routers: {
    /** Secrets of gateways, the current one first; empty: none is recognised. */
    readonly secrets: readonly string[];
    /** Whether operations of anybody else are refused. */
    readonly only: boolean;
  };
  readonly metrics: {
    /** Own port of `/metrics`; undefined: the main one. */
    readonly port: number | undefined;
    /** Undefined: it needs none. */
    readonly token: string | undefined;
    /** Number of sources with series of their own. */
    readonly sources: number;
  };
  /** Maximum number of connections to PostgreSQL. */
  readonly databaseConnections: number;
  /** Limits of each caller; undefined: none. */
  readonly operationLimits: { readonly perSecond: number | undefined; readonly concurrent: number | undefined };
  /** The gate of every GraphQL operation. */
  readonly operations: { readonly maxCost: number; readonly maxEntities: number; readonly introspection: boolean };
  /** Whether the SDL that composers get has `@requiresScopes`. */
  readonly publishesScopes: boolean;
  readonly retentionDays: RetentionDays;
  /** When sources are compared with what is stored; undefined: only on request. */
  readonly reconcile: { readonly everyMs: number | "off"; readonly days: number };
  /** Keys that encrypt the credentials of connected sources. */
  readonly secrets: SecretKeys;
  /** Networks beyond the public ones that the addresses of connected sources may be in. */
  readonly connectNetworks: readonly string[];
  /** Networks beyond the public ones that receivers of alerts may be in. */
  readonly alertNetworks: readonly string[];
  /** Maximum duration of a GraphQL operation, and of the execution of one event of a subscription. */
  readonly operationTimeoutMs: number;
  /** Undefined: there are none. */
  readonly trustedDocuments: TrustedDocumentsConfig | undefined;
  /** Maximum numbers over all WebSockets of one principal, and of one tenant. */
  readonly webSockets: { readonly perPrincipal: WebSocketAllowance; readonly perTenant: WebSocketAllowance };
  /** Subscriptions by HTTP callback; undefined: no origin is allowed. */
  readonly callbacks: CallbackConfig | undefined;
  readonly logLevel: string;
  /** Hosts of upstreams that may learn the ids of our traces, in lower case. */
  readonly traceHosts: readonly string[];
  readonly tenants: readonly string[];
  readonly platforms: Platforms;
  readonly sources: readonly SourceConfig[];
  /** Declared routes of payouts, by tenant. */
  readonly payoutRoutes: FileConfig["payoutRoutes"];
  /** One sentence for each thing that is probably a mistake, and is ignored. */
  readonly warnings: readonly string[];
}

/**
 * Reads every setting, once.
 * @throws ConfigError with all mistakes at once
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const issues: ConfigIssue[] = [];
  const given = setVariables(environment);
  const parsed = parseSettings(environmentSchema, given, "", issues);
  const settings = parsed && withoutPrototype(parsed);
  const file = loadFile(given["SLUICE_CONFIG"], given, issues);
  const auth = settings && authOf(settings, issues);
  if (settings !== undefined && settings.METRICS_PORT === settings.PORT && settings.PORT !== 0)
    issues.push({ path: "METRICS_PORT", expected: "must not be the same as PORT" });
  const routers = settings && routersOf(settings, issues);
  const trustedDocuments = settings && trustedDocumentsOf(settings, issues);
  const secrets = settings && secretKeysOf(settings, issues);
  const callbacks = settings && callbacksOf(settings, secrets?.current !== undefined, issues);
  if (!settings || !auth || !secrets || !routers || !file || issues.length > 0) throw new ConfigError(issues);
  const demo = settings.SLUICE_CONFIG === undefined;
  return {
    demo,
    demoPayments: settings.DEMO_PAYMENTS,
    databaseUrl: settings.DATABASE_URL,
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL,
    dataDir: settings.DATA_DIR,
    auth,
    corsOrigins: settings.CORS_ORIGINS ?? [],
    routers,
    metrics: { port: settings.METRICS_PORT, token: settings.METRICS_TOKEN, sources: settings.METRICS_SOURCES },
    databaseConnections: settings.DATABASE_CONNECTIONS,
    operationLimits: {
      perSecond: settings.CALLER_OPERATIONS_PER_SECOND,
      concurrent: settings.CALLER_CONCURRENT_OPERATIONS,
    },
    operations: {
      maxCost: settings.GRAPHQL_MAX_COST,
      maxEntities: settings.GRAPHQL_MAX_ENTITIES,
      introspection: (settings.GRAPHQL_INTROSPECTION ?? (auth.kind === "development" ? "on" : "off")) === "on",
    },
    publishesScopes: settings.GRAPHQL_SDL_SCOPES === "on",
    retentionDays: retentionDaysOf(settings, demo),
    reconcile: reconcileOf(settings),
    secrets,
    alertNetworks: settings.ALERT_NETWORKS ?? (demo ? ["127.0.0.0/8"] : []),
    connectNetworks: settings.CONNECT_NETWORKS ?? (demo ? ["127.0.0.0/8"] : []),
    operationTimeoutMs: settings.OPERATION_TIMEOUT_SECONDS * 1_000,
    trustedDocuments,
    webSockets: webSocketsOf(settings),
    callbacks,
    traceHosts: settings.TRACE_HOSTS ?? [],
    logLevel: settings.LOG_LEVEL ?? (demo ? "warn" : "info"),
    tenants: file.tenants,
    platforms: file.platforms,
    sources: file.sources,
    payoutRoutes: file.payoutRoutes,
    warnings: unknownVariables(given, file.variables),
  };
}

/**
 * Reads the settings file again, with the environment of the start.
 * @throws ConfigError with all mistakes at once
 */
export function loadSettingsFile(environment: Readonly<Record<string, string | undefined>>): FileConfig {
  const issues: ConfigIssue[] = [];
  const given = setVariables(environment);
  const file = loadFile(given["SLUICE_CONFIG"], given, issues);
  if (file === undefined || issues.length > 0) throw new ConfigError(issues);
  return file;
}

/** An empty variable counts as not set: `PORT= npm start`. */
function setVariables(environment: Readonly<Record<string, string | undefined>>): typeof environment {
  return withoutPrototype(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== "")));
}

/** Copies an object: a setting that is not given must not be found in a polluted `Object.prototype`. */
function withoutPrototype<T extends object>(object: T): T {
  return Object.assign(Object.create(null) as object, object) as T; // it has the same own properties
}

function trustedDocumentsOf(settings: Environment, issues: ConfigIssue[]): TrustedDocumentsConfig | undefined {
  const { TRUSTED_DOCUMENTS: file, TRUSTED_DOCUMENTS_MODE: mode } = settings;
  if (file !== undefined) return readTrustedDocuments(file, mode, issues);
  if (mode === "only")
    issues.push({ path: "TRUSTED_DOCUMENTS_MODE", expected: "must not be only without TRUSTED_DOCUMENTS" });
  return undefined;
}

function routersOf(settings: Environment, issues: ConfigIssue[]): Config["routers"] {
  const { ROUTER_SECRET: secret, ROUTER_OLD_SECRET: old, ROUTER_ONLY: only } = settings;
  const expected = "must not be set without ROUTER_SECRET";
  if (secret === undefined && old !== undefined) issues.push({ path: "ROUTER_OLD_SECRET", expected });
  if (secret === undefined && only === "on") issues.push({ path: "ROUTER_ONLY", expected });
  return { secrets: [secret, old].filter((one) => one !== undefined), only: only === "on" };
}

function callbacksOf(settings: Environment, hasKey: boolean, issues: ConfigIssue[]): CallbackConfig | undefined {
  const { CALLBACK_ORIGINS: origins, CALLBACK_NETWORKS: networks = [] } = settings;
  if (origins === undefined) return undefined;
  if (!hasKey && settings.SLUICE_CONFIG !== undefined)
    issues.push({ path: "SECRETS_KEY", expected: "must be set with CALLBACK_ORIGINS: it encrypts what gateways send" });
  const perPrincipal = settings.CALLBACK_SUBSCRIPTIONS_PER_PRINCIPAL;
  return { origins, networks, limits: { perPrincipal, perTenant: settings.CALLBACK_SUBSCRIPTIONS_PER_TENANT } };
}

const MEGABYTE = 1024 * 1024;

function webSocketsOf(settings: Environment): Config["webSockets"] {
  return {
    perPrincipal: {
      connections: settings.WEBSOCKET_SOCKETS_PER_PRINCIPAL,
      operations: settings.WEBSOCKET_OPERATIONS_PER_PRINCIPAL,
      bytes: settings.WEBSOCKET_MEGABYTES_PER_PRINCIPAL * MEGABYTE,
    },
    perTenant: {
      connections: settings.WEBSOCKET_SOCKETS_PER_TENANT,
      operations: settings.WEBSOCKET_OPERATIONS_PER_TENANT,
      bytes: settings.WEBSOCKET_MEGABYTES_PER_TENANT * MEGABYTE,
    },
  };
}

/** Returns when sources that state nothing else are compared by the schedule. */
function reconcileOf(settings: Environment): Config["reconcile"] {
  const everyMs = scheduleSchema.parse(settings.RECONCILE_EVERY); // checked with the setting
  return { everyMs: everyMs ?? "off", days: settings.RECONCILE_DAYS };
}
