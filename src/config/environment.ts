import { z } from "zod";
import { CONNECTIONS } from "../store/connection-shares.ts";
import { nearest } from "../domain/did-you-mean.ts";
import { AUTH_SETTINGS } from "./auth-settings.ts";
import { MAX_COMPARED_DAYS, networksSchema, scheduleSchema } from "./source-settings.ts";
import { wholeNumber } from "./whole-number.ts";

function isPlainUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false;
  return url.username === "" && url.password === "" && !/[?#\s]/.test(text);
}

/** Scheme, host and port alone. */
function isOrigin(text: string): boolean {
  return isPlainUrl(text) && new URL(text).origin === text.replace(/\/$/, "");
}

function isHost(text: string): boolean {
  const url = URL.canParse(`http://${text}`) ? new URL(`http://${text}`) : undefined;
  return url !== undefined && url.hostname === text;
}

const routerSecret = z
  .string()
  .min(32, "must have at least 32 characters")
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")
  .optional();

const days = wholeNumber(1, 36_500).optional();

/** Settings from the environment. Their descriptions are the table in docs/settings.md; a test compares the two. */
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
    .describe(
      "Address as providers reach it: what `Source.webhooks { url }` begins with. Default: the address that it listens on.",
    ),
  DATA_DIR: z
    .string()
    .min(1)
    .default(".sluice")
    .describe(
      "Folder of the embedded PostgreSQL, of the sandboxes' data, of files while they are received, and of the compiled modules that make the next start faster. Processes with `SLUICE_CONFIG` may share it; the demo runs in one process per folder, and a second one reports the address of the first.",
    ),
  ...AUTH_SETTINGS,
  CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(",").map((origin) => origin.trim().replace(/\/$/, "")))
    .refine((origins) => origins.every(isOrigin), "must be origins like https://app.example, separated by commas")
    .optional()
    .describe(
      "Origins of frontends on other hosts, separated by commas, whose pages may call `/graphql` and `/files`: `https://app.example`. Default: none. See [auth.md](auth.md#browsers).",
    ),
  METRICS_PORT: wholeNumber(0, 65_535)
    .optional()
    .describe("Port on which `/metrics` is served instead of the main one, at the same HOST; 0 picks a free one."),
  METRICS_TOKEN: z
    .string()
    .min(16, "must have at least 16 characters")
    .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")
    .optional()
    .describe(
      "Token with which `/metrics` is read: `Authorization: Bearer <token>`. With an AUTH setting, `/metrics` needs this token or METRICS_PORT.",
    ),
  METRICS_SOURCES: wholeNumber(0, 100_000)
    .default(100)
    .describe(
      'Number of sources, and of credentials, with metrics of their own: the first ones that this process opens. The others are counted together as `source="other"`.',
    ),
  ROUTER_SECRET: routerSecret.describe(
    "Secret that a gateway sends in the header `x-router-secret`: it gets traces of its requests, see [partners.md](partners.md#traces), and with ROUTER_ONLY nobody else gets answers. Default: none, and no gateway is recognised.",
  ),
  ROUTER_OLD_SECRET: routerSecret.describe(
    "Earlier secret, which is accepted too until all gateways send the new one.",
  ),
  ROUTER_ONLY: z
    .enum(["on", "off"])
    .default("off")
    .describe(
      "`on`: operations without ROUTER_SECRET are refused with `ROUTER_SECRET_REQUIRED`, over every transport; see [auth.md](auth.md#for-a-gateway-alone). Files, webhooks, health and metrics do not need it.",
    ),
  DATABASE_CONNECTIONS: wholeNumber(CONNECTIONS.min, CONNECTIONS.max)
    .default(CONNECTIONS.default)
    .describe(
      `Connections to PostgreSQL that this process opens at most, ${CONNECTIONS.min} at least; [operations.md](operations.md#connections) has their division.`,
    ),
  CALLER_CONCURRENT_OPERATIONS: wholeNumber(1, 100_000)
    .default(200)
    .describe(
      "Queries and mutations that one caller (a token's `sub` in its tenant) may run at a time in this process; one more is refused with `RATE_LIMITED`.",
    ),
  CALLER_OPERATIONS_PER_SECOND: wholeNumber(1, 100_000)
    .optional()
    .describe(
      "Operations that one caller may start per second in this process, subscriptions included; one more is refused with `RATE_LIMITED`. Default: no limit, because a gateway is one caller for all of its clients.",
    ),
  GRAPHQL_MAX_COST: wholeNumber(100, 100_000_000)
    .default(50_000)
    .describe(
      "Maximum cost of one operation, about the number of fields that it could return; see [graph.md](graph.md#limits). Errors do not name it.",
    ),
  GRAPHQL_MAX_ENTITIES: wholeNumber(1, 100_000)
    .default(2_000)
    .describe(
      "Maximum number of representations of `_entities` in one operation, and of items of a list in variables.",
    ),
  GRAPHQL_INTROSPECTION: z
    .enum(["on", "off"])
    .optional()
    .describe(
      "Whether `__schema` and `__type` are answered, and errors suggest similar names. Default: `on` without an AUTH setting, `off` with one. `_service { sdl }` is always answered to authenticated callers: gateways compose from it.",
    ),
  GRAPHQL_SDL_SCOPES: z
    .enum(["on", "off"])
    .default("on")
    .describe(
      "Whether `_service { sdl }` has `@requiresScopes`, by which a gateway that checks tokens refuses what they do not allow. `off` for `@apollo/gateway`, which refuses such a supergraph, and for gateways that only pass tokens on; see [partners.md](partners.md#scopes).",
    ),
  SECRETS_KEY: z
    .string()
    .optional()
    .describe(
      "Key that encrypts the credentials of sources that are connected while the service runs, and the addresses and secrets of alert endpoints: 32 random bytes in base64, the same for all replicas. See [sources.md](sources.md#keys). Default: none, and `connectSource` and `createAlertEndpoint` are refused; in the demo the file `secrets.key` in DATA_DIR, which it creates.",
    ),
  SECRETS_KEY_FILE: z.string().optional().describe("File with that key, instead of SECRETS_KEY."),
  SECRETS_OLD_KEYS: z
    .string()
    .optional()
    .describe("Earlier keys, separated by commas: they decrypt until all credentials are encrypted with the new one."),
  SECRETS_OLD_KEYS_FILE: z
    .string()
    .optional()
    .describe("File with the earlier keys, one in each line, instead of SECRETS_OLD_KEYS."),
  CONNECT_NETWORKS: z
    .string()
    .transform((text) => text.split(",").map((network) => network.trim()))
    .pipe(networksSchema)
    .optional()
    .describe(
      "Networks beyond the public ones, separated by commas, that the addresses of sources connected by `connectSource` may be in: `10.20.0.0/16`. Default: none, not even this machine; in the demo `127.0.0.0/8`.",
    ),
  RECONCILE_EVERY: z
    .string()
    .refine((text) => scheduleSchema.safeParse(text).success, 'must be "manual" or up to 30 days, such as "12h"')
    .default("1d")
    .describe(
      "Interval at which each source that is polled is compared with what is stored, unless it states its own: `12h`, `1d`; `manual` for never.",
    ),
  RECONCILE_DAYS: wholeNumber(1, MAX_COMPARED_DAYS)
    .default(7)
    .describe(
      "Number of days, with today, that each comparison by the schedule covers. Seven older ones are added each time.",
    ),
  ALERT_NETWORKS: z
    .string()
    .transform((text) => text.split(",").map((network) => network.trim()))
    .pipe(networksSchema)
    .optional()
    .describe(
      "Networks beyond the public ones, separated by commas, that the receivers of alerts may be in: `10.20.0.0/16`. Default: none, not even this machine; in the demo `127.0.0.0/8`. See [alerts.md](alerts.md).",
    ),
  DELIVERY_RETENTION_DAYS: days.describe(
    "Days for which the bodies and the attempts of webhooks are kept. A delivery that is not yet applied, or is parked, keeps both; the record of a delivery is kept for ever. Default: `90`, in the demo `7`.",
  ),
  EVENT_RETENTION_DAYS: days.describe(
    "Days for which events are kept: a subscriber that was disconnected for longer reads the state again. Default: `30`, in the demo `3`.",
  ),
  RUN_RETENTION_DAYS: days.describe(
    "Days for which ended runs and their idempotency keys are kept. Default: `30`, in the demo `1`.",
  ),
  PAYLOAD_RETENTION_DAYS: days.describe(
    "Days for which raw bytes are kept after the last time that an object was read from them; those that an object or a quarantined record refers to are kept with it. Default: `30`, in the demo `1`.",
  ),
  FILE_RETENTION_DAYS: days.describe(
    "Days for which files are kept from which no statement, other object or quarantined record was read. All others are kept. Default: `365`.",
  ),
  QUARANTINE_RETENTION_DAYS: days.describe(
    "Days for which quarantined records are kept after they were resolved, or after a discarded one was last received. Default: `90`.",
  ),
  FINDING_RETENTION_DAYS: days.describe("Days for which findings are kept after they were closed. Default: `365`."),
  ALERT_RETENTION_DAYS: days.describe(
    "Days for which alerts are kept after they were delivered, or have failed. Default: `90`, in the demo `7`.",
  ),
  HISTORY_RETENTION_DAYS: days.describe(
    "Days for which the changes of objects are kept, with the values before and after. Default: `365`, in the demo `7`.",
  ),
  AUDIT_RETENTION_DAYS: days.describe(
    "Days for which rows of the audit trail are kept. Older ones are deleted behind a signed head, which stays. Default: `3650`.",
  ),
  EVIDENCE_RETENTION_DAYS: days.describe(
    "Days for which evidence packs are kept after they have ended. Default: `30`.",
  ),
  DEMO_PAYMENTS: wholeNumber(1, 1_000_000)
    .default(2_000)
    .describe("Number of payments with which the demo begins in a new data folder."),
  OPERATION_TIMEOUT_SECONDS: wholeNumber(1, 600)
    .default(25)
    .describe(
      "Seconds that a GraphQL operation may take, and the execution of one event of a subscription; then it ends with `OPERATION_TIMEOUT`. Less than the 30 seconds after which Apollo Router gives up.",
    ),
  TRUSTED_DOCUMENTS: z
    .string()
    .min(1)
    .optional()
    .describe(
      "JSON file with documents that clients may name by their id; see [graph.md](graph.md#documents-by-id-or-hash).",
    ),
  TRUSTED_DOCUMENTS_MODE: z
    .enum(["also", "only"])
    .default("also")
    .describe(
      "`also`: texts of clients are executed too. `only`: nothing but the documents of TRUSTED_DOCUMENTS is executed, so that gateways and GraphiQL, which send texts, are refused.",
    ),
  WEBSOCKET_SOCKETS_PER_PRINCIPAL: wholeNumber(1, 1_000_000)
    .default(1_000)
    .describe(
      "Open WebSockets and streams over HTTP of one principal, which is the `sub` of a tenant's tokens. Of a process: 12,000 of each.",
    ),
  WEBSOCKET_SOCKETS_PER_TENANT: wholeNumber(1, 1_000_000)
    .default(6_000)
    .describe("Open WebSockets and streams of all principals of one tenant, in one process."),
  WEBSOCKET_OPERATIONS_PER_PRINCIPAL: wholeNumber(1, 1_000_000)
    .default(2_000)
    .describe(
      "Running operations, subscriptions included, over all WebSockets and streams of one principal. Of a socket: 100.",
    ),
  WEBSOCKET_OPERATIONS_PER_TENANT: wholeNumber(1, 1_000_000)
    .default(12_000)
    .describe("Running operations over all WebSockets and streams of one tenant, in one process."),
  WEBSOCKET_MEGABYTES_PER_PRINCIPAL: wholeNumber(1, 1_000_000)
    .default(16)
    .describe(
      "Megabytes of documents and declared variables of the running operations of one principal; a document that several operations share counts once.",
    ),
  WEBSOCKET_MEGABYTES_PER_TENANT: wholeNumber(1, 1_000_000)
    .default(64)
    .describe("The same of all principals of one tenant, in one process."),
  CALLBACK_ORIGINS: z
    .string()
    .transform((text) => text.split(",").map((origin) => origin.trim()))
    .refine((origins) => origins.every(isOrigin), "must be origins like https://router.example:4000")
    .optional()
    .describe(
      "Origins of gateways, separated by commas, to which the events of subscriptions may be sent by HTTP callback: `https://router.example:4000`. Needs SECRETS_KEY. Default: none, and such subscriptions are refused. See [graph.md](graph.md#http-callback).",
    ),
  CALLBACK_NETWORKS: z
    .string()
    .transform((text) => text.split(",").map((network) => network.trim()))
    .pipe(networksSchema)
    .optional()
    .describe(
      "Networks beyond the public ones, separated by commas, that the addresses of CALLBACK_ORIGINS may be in: `10.20.0.0/16`. Default: none; an origin that names this machine needs no network.",
    ),
  CALLBACK_SUBSCRIPTIONS_PER_PRINCIPAL: wholeNumber(1, 1_000_000)
    .default(1_000)
    .describe("Subscriptions by HTTP callback of one principal, over all replicas."),
  CALLBACK_SUBSCRIPTIONS_PER_TENANT: wholeNumber(1, 1_000_000)
    .default(6_000)
    .describe("Subscriptions by HTTP callback of all principals of one tenant, over all replicas."),
  TRACE_HOSTS: z
    .string()
    .transform((text) => text.split(",").map((host) => host.trim().toLowerCase()))
    .refine(
      (hosts) => hosts.every(isHost),
      "must be host names like ledger.internal, separated by commas, without ports",
    )
    .optional()
    .describe(
      "Hosts of upstreams, separated by commas, whose calls over HTTP carry the header `traceparent`, so that their spans are part of our traces: `ledger.internal`. Default: none, because a third party needs to know nothing of our traces. See [tracing.md](tracing.md#upstreams).",
    ),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "silent"])
    .optional()
    .describe("Log level; logs are JSON lines on stderr. Default: `info`, in the demo `warn`."),
});

export type Environment = z.infer<typeof environmentSchema>;

const PREFIX = /^SLUICE_/;
/** Kubernetes sets these for a service named `sluice`. */
const OF_KUBERNETES = /^SLUICE_(?:.*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.*)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_.*)?)$/;

/**
 * Returns a sentence for each variable that looks like a setting of ours and is none.
 * @param used variables that the settings file refers to
 */
export function unknownVariables(
  environment: Readonly<Record<string, string | undefined>>,
  used: ReadonlySet<string>,
): readonly string[] {
  const settings = Object.keys(environmentSchema.shape);
  const unknown = Object.entries(environment).filter(([name, value]) => {
    const isForeign = used.has(name) || OF_KUBERNETES.test(name) || /^(?:tcp|udp|sctp):/.test(value ?? "");
    return PREFIX.test(name) && !settings.includes(name) && !isForeign;
  });
  return unknown.map(([name]) => {
    const meant = nearest(withoutPrefix(name), settings.map(withoutPrefix));
    const setting = settings.find((known) => withoutPrefix(known) === meant);
    return `${name} is not a setting${setting === undefined ? ", and is ignored" : `; did you mean ${setting}?`}`;
  });
}

const withoutPrefix = (name: string): string => name.replace(PREFIX, "");
