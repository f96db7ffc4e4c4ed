import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLInputField,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from "graphql";
import { type Client, createClient } from "graphql-ws";
import { pino } from "pino";
import { WebSocket } from "ws";
import { createAlerts } from "../../../src/alerts/alerts.ts";
import { sealEndpoint } from "../../../src/alerts/sealed-endpoint.ts";
import { createApiKeys } from "../../../src/api-keys/api-keys.ts";
import { loadSigningKey } from "../../../src/audit/signing-key.ts";
import { createEvidencePacks } from "../../../src/evidence/evidence-packs.ts";
import { ENTITY_TYPES, entityId } from "../../../src/domain/ids.ts";
import { appendEvents } from "../../../src/events/append.ts";
import { createFiles, type Files } from "../../../src/ingest/files/files.ts";
import { openSyncEngine, type SyncEngine } from "../../../src/ingest/polling/engine.ts";
import { createInbox, type Inbox } from "../../../src/ingest/webhooks/inbox.ts";
import { createUseCases } from "../../../src/parts/use-cases.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { loadCursors } from "../../../src/server/load-cursors.ts";
import { loadSchema } from "../../../src/server/load-schema.ts";
import { ENTITY_TABLES } from "../../../src/store/entities/tables.ts";
import { applyParts } from "../../fakes/apply-parts.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import { createAccountHash } from "../../../src/sources/connected/account-hash.ts";
import { createConnectedSources } from "../../../src/sources/connected/connected-sources.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import { createLocalStore } from "../../../src/upstream/budget/local-store.ts";
import { eventually } from "../../helpers/eventually.ts";
import { useFolder } from "../../helpers/file-service.ts";
import { type GraphServer, type GraphAnswer, useGraphServer } from "../../helpers/graph-server.ts";
import { fillLists, isWorldType, TENANTS, worldId, type WorldType } from "../../helpers/list-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { take } from "../../helpers/take.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { createDeclaredRoutes } from "../../../src/reconcile/payout-bank/declared-routes.ts";
import { createMatchByHand } from "../../../src/reconcile/payout-bank/match-by-hand.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";

/*
 * F94, over every field, argument, input field, cursor, event and key of the schema, with ids of another tenant that has
 * data of the same shape. Each operation is sent with an id of the caller's, of the other tenant, and of nobody: the
 * last two must have the same effect and the same answer, word for word. A new argument that takes an id fails until its
 * type is named in `ID_ARGUMENTS`.
 */

const ROWS = 16_000;
const [OWN, OTHER] = TENANTS;
const schema = loadSchema();

const alertKeys = createKeyring(randomBytes(32), []);

let store: TestStore;
let graph: GraphServer;
let engine: SyncEngine;
let inbox: Inbox;
let files: Files;
let folder: Awaited<ReturnType<typeof useFolder>>;
beforeAll(async () => {
  store = await useStore();
  await fillLists(store.connection, schema, ROWS);
  for (const tenant of TENANTS) await addObjectsWithDerivedIds(tenant);
  for (const tenant of TENANTS) await addErasure(tenant);
  for (const tenant of TENANTS) await addApiKey(tenant);
  for (const tenant of TENANTS) await addAuditEntry(tenant);
  for (const tenant of TENANTS) await addEvidencePack(tenant);
  for (const tenant of TENANTS) await addMetric(tenant);
  for (const tenant of TENANTS) await addAlerts(tenant);
  for (const tenant of TENANTS) await addMatches(tenant);
  for (const tenant of TENANTS) await addPayoutRoute(tenant);
  folder = await useFolder();
  const log = pino({ level: "silent" });
  const wakeUps = createWakeUps();
  const sources = TENANTS.map((tenantId) =>
    scriptedSource({ pages: { parties: [] } }, { id: `${tenantId}-main`, tenantId }),
  );
  const registry = registryOf(sources);
  const { db } = store;
  await registerSources(db, sources);
  engine = openSyncEngine({ db, sources: registry, log, wakeUps, random: () => 0 });
  inbox = createInbox({ db, sources: registry, log, now: Date.now, random: Math.random, wakeUps });
  files = createFiles({
    db,
    sources: registry,
    folder: folder.path,
    log,
    random: () => 0,
    wakeUps,
    applyFile: applyParts,
    maxWaitMs: 1_000,
  });
  for (const tenant of TENANTS) await runWithKey(tenant);
  const connectedSources = createConnectedSources({
    db,
    keyring: createKeyring(randomBytes(32), []),
    budgets: { store: () => createLocalStore(systemClock) },
    file: {
      configs: sources.map((source) => ({
        ...source,
        connector: source.connector.name,
        budget: undefined,
        networks: [],
      })),
      platforms: new Map(),
    },
    networks: [],
    accountHash: createAccountHash(randomBytes(32)),
    registerWork: () => Promise.resolve(),
    endRuns: () => Promise.resolve(), // there are none
    onChanged: () => undefined,
    onErasing: () => undefined,
  });
  const apiKeys = createApiKeys({ db, random: Math.random, onProblem: () => undefined }); // not started: nothing to close
  const alerts = createAlerts({
    db,
    keyring: alertKeys,
    networks: [],
    dashboardUrl: undefined,
    random: Math.random,
    log,
  }); // not started: nothing to close
  const matchByHand = createMatchByHand({ db, routes: new Map(), now: Date.now });
  const declaredRoutes = createDeclaredRoutes({ db, routes: new Map() });
  const key = await loadSigningKey(db, createKeyring(undefined, []));
  const options = { db, key, days: 1, random: Math.random, onProblem: () => undefined };
  const evidencePacks = createEvidencePacks(options); // not started, as above
  const useCases = createUseCases({
    db,
    sources: registry,
    connectedSources,
    apiKeys,
    alerts,
    matchByHand,
    declaredRoutes,
    evidencePacks,
    engine,
    inbox,
    files,
    wakeUps,
  });
  graph = await useGraphServer({ useCases }, { connection: store.connection, close: async () => undefined });
}, 60_000);
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
  await files?.close(5_000);
  await inbox?.close(1_000);
  await engine?.close();
  await folder?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
});

const externalIdOf = (tenant: string): string => `only-${tenant}`;

/** Gives object 5 of each type the id that is derived from its external id, as every synced object has it. */
async function addObjectsWithDerivedIds(tenant: (typeof TENANTS)[number]): Promise<void> {
  await store.db.transaction(tenant, async (tx) => {
    const externalId = externalIdOf(tenant);
    for (const type of ENTITY_TYPES) {
      const values = [entityId(tenant, `${tenant}-main`, type, externalId), externalId, worldId(tenant, type, 5)];
      await tx.query(`update ${ENTITY_TABLES[type].table} set id = $1, external_id = $2 where id = $3`, values);
    }
  });
}

/** An earlier erasure of the tenant's source. */
async function addErasure(tenant: (typeof TENANTS)[number]): Promise<void> {
  await store.db.transaction(tenant, (tx) =>
    tx.query(
      `insert into source_erasures (tenant_id, source_id, started_at, finished_at, fenced_at, fence_until)
       values ($1, $2, now(), now(), pg_current_xact_id(), now())`,
      [tenant, `${tenant}-main`],
    ),
  );
}

const apiKeyOf = (name: string): string => `key_${name}`;

async function addApiKey(tenant: string): Promise<void> {
  await store.db.transaction(tenant, (tx) =>
    tx.query(
      `insert into api_keys (tenant_id, id, name, hash, preview, scopes, created_by, expires_at)
       values ($1, $2, $1, sha256(convert_to($1, 'UTF8')), 'sluice_key_', array['read'], $1, now() + interval '1 day')`,
      [tenant, apiKeyOf(tenant)],
    ),
  );
}

/** Prefixes of the ids that end in the name of the tenant, by type. */
const TENANT_IDS: Readonly<Record<string, string>> = {
  AlertEndpoint: "ale",
  RotateAlertSecretPayload: "ale", // named by its endpoint
  Alert: "alr",
  AlertMute: "mut",
  MatchDecision: "dec",
  PayoutRoute: "route",
};

/** An endpoint, some messages to it, and a muting. */
async function addAlerts(tenant: string): Promise<void> {
  const { sealed, wrappedKey, keyId } = sealEndpoint(alertKeys, tenant, `ale_${tenant}`, {
    url: "https://alerts.example/hook",
    secrets: [],
  });
  await store.db.transaction(tenant, async (tx) => {
    await tx.query(
      `insert into alert_endpoints (tenant_id, id, name, origin, form, sealed, wrapped_key, key_id, min_severity, status,
         after_seq, created_by)
       values ($1, $2, $1, 'https://alerts.example', 'STANDARD_WEBHOOKS', $3, $4, $5, 'INFO', 'ACTIVE', 0, $1)`,
      [tenant, `ale_${tenant}`, sealed, wrappedKey, keyId],
    );
    await tx.query(
      `insert into alerts (tenant_id, id, endpoint_id, source_id, type, subject, severity, status, data, finished_at)
       select $1, 'alr_' || $1 || case when n > 1 then n::text else '' end, $2, $3, 'FINDING_OPENED', n::text, 'INFO',
         'DELIVERED', '{}', now() from generate_series(1, 5) as n`,
      [tenant, `ale_${tenant}`, `${tenant}-main`],
    );
    await tx.query(
      `insert into alert_mutes (tenant_id, id, until, reason, created_by)
       values ($1, $2, now() + interval '1 day', $1, $1)`,
      [tenant, `mut_${tenant}`],
    );
  });
}

/** A payout that is matched with a bank transaction, and a decision of a person about two others. */
/** Number of the payout and of the transaction of a match that no other probe changes. */
const MATCHED = 5;

/** A match, another one that stays, and a decision about two more objects. */
async function addMatches(tenant: (typeof TENANTS)[number]): Promise<void> {
  const [payout, other] = [1, 3].map((n) => worldId(tenant, "Payout", n));
  const [transaction, another] = [1, 3].map((n) => worldId(tenant, "BankTransaction", n));
  const source = `${tenant}-main`;
  await store.db.transaction(tenant, async (tx) => {
    await tx.query(
      `insert into reconciliation_items (tenant_id, id, object_type, source_id, route, currency, direction, amount, day, last_day,
         due_on, decided_by, match_id, state, since)
       select $1, id, type, $4, '', 'EUR', 'CREDIT', 1, now(), now(), now(), 'UNIQUE', match, 'MATCHED', now()
       from (values ($2, 'Payout', $2), ($3, 'BankTransaction', $2), ($5, 'Payout', $5), ($6, 'BankTransaction', $5))
         as one (id, type, match)`,
      [
        tenant,
        payout,
        transaction,
        source,
        worldId(tenant, "Payout", MATCHED),
        worldId(tenant, "BankTransaction", MATCHED),
      ],
    );
    await tx.query(
      `insert into payout_match_decisions (tenant_id, id, source_id, kind, reason, decided_by, decided_at)
       values ($1, $2, $3, 'UNMATCH', $1, $1, now())`,
      [tenant, `dec_${tenant}`, source],
    );
    await tx.query(
      `insert into payout_match_decision_objects (tenant_id, decision_id, object_id, source_id, object_type, joins)
       select $1, $2, id, $5, type, false from (values ($3, 'Payout'), ($4, 'BankTransaction')) as one (id, type)`,
      [tenant, `dec_${tenant}`, other, another, source],
    );
  });
}

async function addPayoutRoute(tenant: string): Promise<void> {
  const route = { usualDays: 5, holidays: [], names: [], fee: [] };
  await store.db.transaction(tenant, (tx) =>
    tx.query(
      `insert into payout_routes (tenant_id, id, source_id, to_source_id, route, declared_by, declared_at, changed_at)
       values ($1, $2, $3, $4, $5, $1, now(), now())`,
      [tenant, `route_${tenant}`, `${tenant}-main`, `${tenant}-rare`, JSON.stringify(route)],
    ),
  );
}

async function addEvidencePack(tenant: string): Promise<void> {
  await store.db.transaction(tenant, (tx) =>
    tx.query(
      `insert into evidence_packs (tenant_id, id, from_at, to_at, created_by, created_at, status, finished_at)
       values ($1, $2, now(), now(), $1, now(), 'READY', now())`,
      [tenant, `evp_${tenant}`],
    ),
  );
}

async function addAuditEntry(tenant: string): Promise<void> {
  const body = {
    operation: tenant,
    phase: "COMPLETE",
    action: `${tenant}.action`,
    principal: { kind: "TOKEN", subject: tenant, scopes: [] },
    arguments: {},
    subject: { type: `${tenant}-type`, id: idOf("Source", tenant === OWN ? "own" : "foreign") },
  };
  await store.db.transaction(tenant, (tx) =>
    tx.query("insert into audit_entries (tenant_id, body) values ($1, $2)", [tenant, JSON.stringify(body)]),
  );
}

/** Counts of the last minutes. */
async function addMetric(tenant: string): Promise<void> {
  await store.db.transaction(tenant, (tx) =>
    tx.query(
      `insert into source_metrics (tenant_id, source_id, name, resolution, at, count, sum, max)
       values ($1, $2, 'EVENTS', 'MINUTE', date_trunc('minute', now() - interval '3 minutes'), 5, 5, 1)`,
      [tenant, `${tenant}-main`],
    ),
  );
}

type Whose = "own" | "foreign" | "unknown";
const tenantOf = (whose: Whose) => (whose === "foreign" ? OTHER : OWN);
const numberOf = (whose: Whose, n: number) => (whose === "unknown" ? 900_000 + n : n);

function idOf(type: string, whose: Whose): string {
  if (type === "Source") return whose === "unknown" ? "nobody-main" : `${tenantOf(whose)}-main`;
  const alertPrefix = TENANT_IDS[type];
  if (alertPrefix !== undefined) return `${alertPrefix}_${whose === "unknown" ? "nobody" : tenantOf(whose)}`;
  if (type === "EvidencePack") return `evp_${whose === "unknown" ? "nobody" : tenantOf(whose)}`;
  if (type === "ApiKey") return apiKeyOf(whose === "unknown" ? "nobody" : tenantOf(whose));
  if (!isWorldType(type)) throw new Error(`objects of ${type} have no id in the test's data`);
  return worldId(tenantOf(whose), type, numberOf(whose, 1));
}

/** Type of the ids that an argument takes; `returned`: the type that the field returns. */
type IdArgument = WorldType | "Source" | "AlertEndpoint" | "matched payout" | "returned" | "externalId";

/** Types of the ids that arguments and input fields take, by name. */
const ID_ARGUMENTS: Readonly<Record<string, IdArgument>> = {
  account: "Account",
  bankTransactionIds: "BankTransaction",
  debtor: "Party",
  creditor: "Party",
  destination: "Account",
  payment: "Payment",
  endpointId: "AlertEndpoint",
  endpointIds: "AlertEndpoint",
  entityIds: "Payment",
  externalId: "externalId",
  id: "returned",
  ids: "returned",
  payoutId: "matched payout",
  payoutIds: "Payout",
  subjectId: "Source",
  findingId: "Finding",
  fromSourceId: "Source",
  toSourceId: "Source",
  runId: "SyncRun",
  runIds: "SyncRun",
  sourceId: "Source",
  sourceIds: "Source",
  statement: "Statement",
};

/** Texts that only one tenant has, by the name of the input field; `null`: a text that identifies nothing. */
const TEXTS: Readonly<Record<string, ((whose: Whose) => string) | null>> = {
  action: (whose) => `${whose === "unknown" ? "nobody" : tenantOf(whose)}.action`,
  after: null, // see "cursors"
  before: null, // as `after`
  bucket: null, // names in the settings of a source, as the next one
  connector: null,
  fromAccount: null, // ids of accounts at the source, compared with the payouts of the caller's tenant alone
  toAccount: null,
  names: null,
  email: (whose) => `c1@${whose === "unknown" ? "nobody" : tenantOf(whose)}.example`,
  errorCodes: (whose) => (whose === "unknown" ? "nobody_COMMON" : `${tenantOf(whose)}_COMMON`),
  eventTypes: (whose) => (whose === "unknown" ? "nobody.common" : `${tenantOf(whose)}.common`),
  idempotencyKey: (whose) => keyOf(whose === "unknown" ? "nobody" : tenantOf(whose)),
  kind: null, // codes of findings
  method: null,
  name: (whose) => (whose === "unknown" ? "nobodyonly" : `${tenantOf(whose)}only`),
  networks: null,
  platform: null, // of the settings file: test/integration/sources/platform-sources.test.ts
  principal: (whose) => (whose === "unknown" ? "nobody" : tenantOf(whose)),
  reason: null,
  schedule: null,
  search: (whose) => (whose === "unknown" ? "nobody-main" : `${tenantOf(whose)}-main`),
  reference: (whose) => (whose === "unknown" ? "nobody-only" : `${tenantOf(whose)}-only`),
  subjectType: (whose) => `${whose === "unknown" ? "nobody" : tenantOf(whose)}-type`,
  streams: null, // names in the settings of a source
  url: null,
  text: (whose) => (whose === "unknown" ? "nobodyonly" : `${tenantOf(whose)}only`),
};

/** Required arguments beside the one that is tested. */
const REQUIRED: Readonly<Record<string, unknown>> = {
  bankTransactionIds: [worldId(OWN, "BankTransaction", 1)],
  bucket: "account",
  connector: "stripe",
  credentials: {},
  currency: "EUR",
  data: "KEEP",
  expiresAt: "2020-01-01T00:00:00Z", // refused: a new key has another id and secret each time
  externalId: "only-acme",
  filter: {},
  fromSourceId: `${OWN}-main`,
  toSourceId: `${OWN}-rare`,
  amount: "1",
  from: new Date(Date.now() - 600_000).toISOString(),
  id: "new-source",
  name: "new",
  maxAge: 2_000_000_000, // every stored object is fresh enough
  names: ["EVENTS"],
  payoutIds: [worldId(OWN, "Payout", 1)],
  perSecond: 1,
  reason: "no longer needed",
  scopes: ["READ"],
  to: new Date().toISOString(),
  until: new Date(Date.now() + 600_000).toISOString(),
  url: "ftp://refused.example", // a new endpoint has another id and secret each time
  settings: {}, // refused: whether an id is in use is tested in test/integration/sources/connect.test.ts
  sourceId: `${OWN}-main`,
};

/** Fields beside the tested one with which the caller's own value selects something; by mutation and input type. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> = {
  replayDeliveries: { DeliveryFilter: { status: ["APPLIED"] }, ReplayDeliveriesInput: { limit: 1 } },
  discardDeliveries: { DiscardDeliveriesInput: { limit: 1 } },
  replayManyQuarantined: { ReplayManyQuarantinedInput: { limit: 1 } },
  // A comparison is of whole days, of which the last one is excluded.
  reconcile: { ReconcileInput: { from: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10) } },
  updateAlertEndpoint: { UpdateAlertEndpointInput: { id: `ale_${OWN}` } },
};

type Input = GraphQLArgument | GraphQLInputField;
/** An argument, or a field of one, that may name something of a tenant. */
interface Probe {
  readonly name: string;
  /** Its value within the arguments of the field. */
  readonly argumentsFor: (whose: Whose) => Readonly<Record<string, unknown>>;
}

function probesOf(field: GraphQLField<unknown, unknown>): Probe[] {
  return field.args.flatMap((argument) =>
    valuesAt(argument, field).map(({ path, valueFor }) => ({
      name: [field.name, argument.name, ...path].join("."),
      argumentsFor: (whose: Whose) => ({ ...requiredBeside(field.args, argument), [argument.name]: valueFor(whose) }),
    })),
  );
}

interface ValueAt {
  readonly path: readonly string[];
  readonly valueFor: (whose: Whose) => unknown;
}

/** The ids and texts within an argument or an input field. */
function valuesAt(input: Input, field: GraphQLField<unknown, unknown>): ValueAt[] {
  const type = getNamedType(input.type);
  const isList = isListType(isNonNullType(input.type) ? input.type.ofType : input.type);
  const listed = (value: unknown): unknown => (isList ? [value] : value);
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return fields.flatMap((inner) =>
      valuesAt(inner, field).map(({ path, valueFor }) => ({
        path: [inner.name, ...path],
        valueFor: (whose: Whose) =>
          listed({
            ...requiredBeside(fields, inner),
            ...BESIDE[field.name]?.[type.name],
            [inner.name]: valueFor(whose),
          }),
      })),
    );
  }
  if (type.name === "ID") {
    const named = ID_ARGUMENTS[input.name];
    if (named === undefined) throw new Error(`${field.name}: name the type of the id ${input.name} in ID_ARGUMENTS`);
    return idTypes(named, field).map((idType) => ({
      path: idType.path,
      valueFor: (whose: Whose) => listed(idType.valueFor(whose)),
    }));
  }
  if (type.name !== "String") return [];
  const text = TEXTS[input.name];
  if (text === undefined) throw new Error(`${field.name}: name what the text ${input.name} identifies in TEXTS`);
  return text === null ? [] : [{ path: [], valueFor: (whose) => listed(text(whose)) }];
}

function idTypes(named: string, field: GraphQLField<unknown, unknown>): ValueAt[] {
  if (named === "externalId") {
    return [{ path: [], valueFor: (whose) => externalIdOf(whose === "unknown" ? "nobody" : tenantOf(whose)) }];
  }
  if (named === "matched payout") {
    return [{ path: [], valueFor: (whose) => worldId(tenantOf(whose), "Payout", numberOf(whose, MATCHED)) }];
  }
  if (named !== "returned") return [{ path: [], valueFor: (whose) => idOf(named, whose) }];
  const type = returnedType(field);
  if (!isInterfaceType(type)) return [{ path: [], valueFor: (whose) => idOf(type.name, whose) }];
  // `node` and `nodes` return objects of every type.
  return schema
    .getPossibleTypes(type)
    .map(({ name }) => ({ path: [name], valueFor: (whose: Whose) => idOf(name, whose) }));
}

/** The type that a field returns; for the payload of a mutation, the type of its objects. */
function returnedType(field: GraphQLField<unknown, unknown>) {
  const type = getNamedType(field.type);
  if (!isObjectType(type) || type.getInterfaces().length > 0 || TENANT_IDS[type.name] !== undefined) return type;
  const inner = Object.values(type.getFields()).map((one) => getNamedType(one.type));
  return inner.find((one) => isObjectType(one) && one.getInterfaces().length > 0) ?? type;
}

function requiredBeside(inputs: readonly Input[], tested: Input): Readonly<Record<string, unknown>> {
  const required = inputs.filter(
    (input) => input !== tested && isNonNullType(input.type) && input.defaultValue === undefined,
  );
  return Object.fromEntries(
    required.map((input) => {
      const value = REQUIRED[input.name];
      if (value === undefined) throw new Error(`name a value of the required ${input.name} in REQUIRED`);
      return [
        input.name,
        getNamedType(input.type).name === "Date" && typeof value === "string" ? value.slice(0, 10) : value,
      ];
    }),
  );
}

/** Fields of a type with their required arguments alone, `depth` levels of objects deep. */
function selectionOf(type: unknown, depth: number): string {
  if (isUnionType(type) || isInterfaceType(type)) {
    const types = schema.getPossibleTypes(type);
    const selection = (one: GraphQLObjectType): string =>
      depth > 0 ? aliased(one.name, selectionOf(one, depth), ambiguousIn(types)) : "__typename";
    return `__typename ${types.map((one) => `... on ${one.name} { ${selection(one)} }`).join(" ")}`;
  }
  if (!isObjectType(type)) return "__typename";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const required = field.args
      .filter(isRequiredArgument)
      .map((argument) => `${argument.name}: ${literalOf(argument)}`);
    const call = required.length > 0 ? `${field.name}(${required.join(", ")})` : field.name;
    if (isLeafType(named)) return [call];
    return depth > 1 ? [`${call} { ${selectionOf(named, depth - 1)} }`] : [];
  });
  return ["__typename", ...fields].join(" ");
}

/** The value of a required argument in the text of an operation. */
function literalOf({ name, type }: GraphQLArgument): string {
  return getNamedType(type).name === "CurrencyCode" ? JSON.stringify(REQUIRED[name]) : String(REQUIRED[name]);
}

/** Names that fields of different types have in several object types: one answer cannot contain them. */
function ambiguousIn(types: readonly GraphQLObjectType[]): ReadonlySet<string> {
  const seen = new Map<string, string>();
  const fields = types.flatMap((type) => Object.values(type.getFields()));
  return new Set(
    fields.flatMap(({ name, type }) => {
      const other = seen.get(name) ?? String(type);
      seen.set(name, other);
      return other === String(type) ? [] : [name];
    }),
  );
}

function aliased(type: string, selection: string, ambiguous: ReadonlySet<string>): string {
  let level = 0;
  return selection.replaceAll(/[{}]|\b\w+\b/g, (word) => {
    if (word === "{" || word === "}") level += word === "{" ? 1 : -1;
    return level === 0 && ambiguous.has(word) ? `${type}_${word}: ${word}` : word;
  });
}

function operationOf(kind: "query" | "mutation", field: GraphQLField<unknown, unknown>): string {
  const variables = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
  const type = getNamedType(field.type);
  const depth = isInterfaceType(type) ? 1 : 2;
  return `${kind} (${variables}) { ${field.name}(${passed}) { ${selectionOf(type, depth)} } }`;
}

/** The answer without what differs between two requests. */
function comparable({ status, data, errors }: GraphAnswer, replaced: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify({ status, data, errors })
    .replaceAll(/"requestId":"[^"]*"/g, "")
    .replaceAll(NEW, "");
  return textsIn(replaced).reduce((answer, value) => answer.replaceAll(JSON.stringify(value).slice(1, -1), "…"), text);
}

/** What is different for each new run; a run of the test's data has an id that ends in a number. */
const NEW =
  /"cursor":"[^"]*"|"run_(?!\w0{9})[^"]*"|"(?:created|started|finished)At":(?:null|"[^"]*")|"status":"(?:QUEUED|RUNNING|SUCCEEDED)"/g;

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const keyOf = (name: string): string => `key of ${name}`;

/** A run of a tenant with an idempotency key of its own, which has ended. */
async function runWithKey(tenant: (typeof TENANTS)[number]): Promise<void> {
  const input = { streams: undefined, mode: "FULL", range: undefined, idempotencyKey: keyOf(tenant) } as const;
  const { runId } = await engine.startSync(tenant, `${tenant}-main`, input);
  await eventually("the run to end", async () => {
    const rows = await store.db.read(tenant, (tx) =>
      tx.query("select 1 from sync_runs where id = $1 and finished_at is not null", [runId]),
    );
    return rows.length > 0 || undefined;
  });
}

/** Statement with a digest of all rows of each table that has tenants: those of the tenant that reads it. */
async function digestStatement(): Promise<string> {
  const tables = await store.db.query<{ name: string }>(
    `select distinct table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'sluice' and column_name = 'tenant_id' and table_type = 'BASE TABLE' and table_name not in ('bank_search', 'entity_search')
     order by 1`,
  );
  const digests = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' ' || coalesce(bit_xor(hashtextextended(t::text, 0)), 0) as digest from ${name} as t`,
  );
  return digests.join(" union all ");
}

async function digestOf(tenant: string, statement: string): Promise<Readonly<Record<string, string>>> {
  const rows = await store.db.read(tenant, (tx) => tx.query<{ name: string; digest: string }>(statement));
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

const queries = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ name }) => !name.startsWith("_"));
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

describe("every argument of a query (F94)", () => {
  const cases = queries.flatMap((field) => probesOf(field).map((probe) => ({ ...probe, field })));

  test.each(cases)("$name finds nothing of another tenant, and says the same as for nothing", async (probe) => {
    const text = operationOf("query", probe.field);
    const answers = await answersTo(text, probe);
    expect(answers.foreign).toBe(answers.unknown);
    expect(answers.own).not.toBe(answers.unknown);
  });
});

async function answersTo(text: string, probe: Probe): Promise<Readonly<Record<Whose, string>>> {
  const send = async (whose: Whose): Promise<string> => {
    const variables = probe.argumentsFor(whose);
    return comparable(await graph.query(text, { variables }), variables);
  };
  return { foreign: await send("foreign"), unknown: await send("unknown"), own: await send("own") };
}

describe("every argument of a mutation (F94)", () => {
  const cases = mutations.flatMap((field) => probesOf(field).map((probe) => ({ ...probe, field })));
  let statement: string;
  /** Of the other tenant, before the first mutation. */
  let before: Readonly<Record<string, string>>;
  beforeAll(async () => {
    statement = await digestStatement();
    before = await digestOf(OTHER, statement);
  });

  test("the digest has the other tenant's rows", () => {
    expect(Object.values(before).filter((digest) => !digest.startsWith("0 ")).length).toBeGreaterThan(30);
  });

  test("every mutation takes something that is tested", () => {
    expect(new Set(cases.map(({ field }) => field.name))).toEqual(new Set(mutations.map(({ name }) => name)));
  });

  test.each(cases)("$name changes nothing of another tenant, and says the same as for nothing", async (probe) => {
    const text = operationOf("mutation", probe.field);
    const answers = await answersTo(text, probe);
    expect(answers.foreign).toBe(answers.unknown);
    expect(await digestOf(OTHER, statement)).toEqual(before);
    // An unused idempotency key starts a run, even if another tenant has used the same key. An id of a new source is
    // refused for its settings here, a route with an id that no route can have for that, a new API key for its end, and a new alert endpoint for its address. The name of an
    // endpoint names nothing.
    const isExempt =
      /idempotencyKey$|^connectSource\.input\.id$|^declarePayoutRoute\.input\.id$|^createApiKey\.input\.name$|^createAlertEndpoint|^updateAlertEndpoint\.input\.name$/.test(
        probe.name,
      );
    expect(isExempt || answers.own !== answers.unknown).toBe(true);
  });
});

describe("every key of an entity (F94)", () => {
  const entities = schema.getType("_Entity");
  const types = isUnionType(entities) ? entities.getTypes() : [];
  const text = (type: string): string =>
    `query ($key: _Any!) { _entities(representations: [$key]) { ... on ${type} { ${selectionOf(schema.getType(type), 2)} } } }`;
  const cases = types.flatMap(({ name, astNode, extensionASTNodes }) => {
    const nodes = [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);
    const keys = nodes
      .filter((directive) => directive.name.value === "key")
      .flatMap((directive) => directive.arguments ?? []);
    return keys.flatMap((argument) =>
      argument.name.value === "fields" && argument.value.kind === "StringValue"
        ? [{ type: name, key: argument.value.value }]
        : [],
    );
  });

  test("every entity has a key that is tested", () => {
    expect(new Set(cases.map(({ type }) => type))).toEqual(new Set(types.map(({ name }) => name)));
  });

  test.each(cases)(
    "$key of $type finds nothing of another tenant, and says the same as for nothing",
    async ({ type, key }) => {
      const build = KEYS[key];
      if (build === undefined) throw new Error(`add the key ${key} to KEYS`);
      const send = async (whose: Whose): Promise<string> => {
        const representation = { __typename: type, ...build(type, whose) };
        const answer = await graph.query(text(type), { variables: { key: representation } });
        return comparable(answer, build(type, whose));
      };
      expect(await send("foreign")).toBe(await send("unknown"));
      expect(await send("own")).not.toBe(await send("unknown"));
    },
  );
});

const KEYS: Readonly<Record<string, (type: string, whose: Whose) => Readonly<Record<string, unknown>>>> = {
  id: (type, whose) => ({ id: idOf(type, whose) }),
  "source { id } externalId": (_type, whose) => ({
    source: { id: idOf("Source", whose) },
    externalId: externalIdOf(whose === "unknown" ? "nobody" : tenantOf(whose)),
  }),
};

describe("every list cursor (F94, F96)", () => {
  const lists = queries.filter(({ args }) => args.some(({ name }) => name === "after"));

  test.each(lists)("$name refuses another tenant's cursor in the words for a made-up one", async ({ name }) => {
    const text = `query ($after: String) { ${name}(first: 1, after: $after) { nodes { __typename } pageInfo { endCursor } } }`;
    const firstOf = async (tenant: string): Promise<string> =>
      (await graph.query(text, { headers: { "x-sluice-tenant": tenant } })).data[name].pageInfo.endCursor;
    const [own, foreign] = [await firstOf(OWN), await firstOf(OTHER)];
    const send = async (after: string): Promise<string> =>
      comparable(await graph.query(text, { variables: { after } }), { after });
    const refused = await send(foreign);
    expect(refused).toBe(await send(`${foreign.slice(0, -4)}AAAA`));
    expect(refused).toBe(await send("made-up"));
    expect(refused).toContain("INVALID_CURSOR");
    expect(await send(own)).not.toContain("INVALID_CURSOR");
  });
});

/** Types whose objects are stored with ids of others. */
const holders = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type))
  .filter(({ name }) => isWorldType(name));

describe("every field of an object that refers to others (F94)", () => {
  /** Replaces the ids of others that are stored with object 2, and returns whether there were any. */
  async function refer(type: WorldType, from: string, to: string): Promise<boolean> {
    const table = TABLES[type];
    const columns = await store.db.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'sluice' and table_name = $1 and data_type in ('text', 'jsonb')
         and column_name not in ('tenant_id', 'id', 'source_id') and is_generated = 'NEVER'`,
      [table],
    );
    const set = columns.map((one) => `"${one.name}" = replace("${one.name}"::text, $1, $2)::${one.type}`).join(", ");
    const changed = columns.map(({ name }) => `"${name}"::text like '%' || $1 || '%'`).join(" or ");
    const rows = await store.db.transaction(OWN, (tx) =>
      tx.query(`update ${table} set ${set} where id = $3 and (${changed}) returning id`, [
        from,
        to,
        worldId(OWN, type, 2),
      ]),
    );
    await beginHistory(type);
    return rows.length > 0;
  }

  /** Makes the present state of object 2 its first one, so that its history has the same times and numbers each time. */
  async function beginHistory(type: WorldType): Promise<void> {
    if (!ENTITY_TYPES.some((synced) => synced === type)) return;
    const id = worldId(OWN, type, 2);
    await store.db.transaction(OWN, async (tx) => {
      await tx.query("delete from entity_changes where entity_id = $1", [id]);
      await tx.query(`update ${TABLES[type]} set revision = 1, changed_at = '2026-01-01' where id = $1`, [id]);
    });
  }

  test.each(holders)(
    "$name returns nothing of another tenant, and the same as for references to nothing",
    async (type) => {
      if (!isWorldType(type.name)) throw new Error("filtered above");
      const id = worldId(OWN, type.name, 2);
      const isFound = schema.getPossibleTypes(schema.getType("Node") as never).includes(type); // the interface of the SDL
      const text = isFound
        ? `query ($id: ID!) { node(id: $id) { ... on ${type.name} { ${selectionOf(type, 3)} } } }`
        : PARTS[type.name];
      if (text === undefined) throw new Error(`add a query of ${type.name} to PARTS`);
      const read = async (): Promise<string> =>
        comparable(await graph.query(text, { variables: isFound ? { id } : {} }), {});
      const own = await read();
      const refers = await refer(type.name, `_${OWN.slice(0, 1)}0`, `_${OTHER.slice(0, 1)}0`);
      const foreign = await read();
      await refer(type.name, `_${OTHER.slice(0, 1)}0`, "_nobody0");
      const unknown = await read();
      const masked = (answer: string): string => answer.replaceAll(/_(?:u0|nobody0)(\d+)/g, "_$1");
      expect(masked(foreign)).toBe(masked(unknown));
      expect(!refers || !isFound || own !== foreign).toBe(true);
    },
  );
});

/** Table of each type. */
const TABLES: Readonly<Record<WorldType, string>> = {
  ...(Object.fromEntries(ENTITY_TYPES.map((type) => [type, ENTITY_TABLES[type].table])) as Record<
    (typeof ENTITY_TYPES)[number],
    string
  >), // one for each of them
  Delivery: "deliveries",
  File: "files",
  Finding: "findings",
  QuarantinedRecord: "quarantined_records",
  SyncRun: "sync_runs",
};

/** Queries of objects that are returned only with their parents. */
const PARTS: Readonly<Record<string, string>> = {
  Balance: `{ account(id: "${worldId(OWN, "Account", 2)}") { balances { ${selectionOf(schema.getType("Balance"), 2)} } } }`,
  PaymentAttempt: `{ payment(id: "${worldId(OWN, "Payment", 2)}") { attempts { ${selectionOf(schema.getType("PaymentAttempt"), 2)} } } }`,
};

describe("events (F94)", () => {
  const clients: Client[] = [];
  afterAll(async () => {
    for (const client of clients) await client.dispose();
  });

  function connect(): Client {
    const client = createClient({
      url: `${graph.url.replace("http", "ws")}/graphql/ws`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    clients.push(client);
    return client;
  }

  const subscription = `subscription ($after: EventCursor, $filter: SyncEventFilter) {
    syncEvents(after: $after, filter: $filter) { ${selectionOf(schema.getType("SyncEvent"), 2)} } }`;
  const follow = (variables: Readonly<Record<string, unknown>>) =>
    connect().iterate<{ syncEvents: Record<string, unknown> }>({ query: subscription, variables });
  const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const cases = fields.flatMap((field) => probesOf(field).map((probe) => ({ ...probe, field })));

  /** An event of each tenant about each thing that a filter can name, the other tenant's first. */
  async function append(whose: readonly Whose[]): Promise<void> {
    for (const one of whose) {
      const tenant = tenantOf(one);
      await store.db.transaction(tenant, (tx) =>
        appendEvents(tx, [
          { sourceId: `${tenant}-main`, body: { kind: "RunStarted", runId: idOf("SyncRun", one) } },
          {
            sourceId: `${tenant}-main`,
            body: { kind: "EntityChanged", change: "UPDATED", entityType: "Payment", entityId: idOf("Payment", one) },
          },
        ]),
      );
    }
  }

  test.each(cases)("$name with another tenant's id selects none of its events", async (probe) => {
    const cursors = await loadCursors(store.db);
    const [head] = await store.db.read(OWN, (tx) => tx.query<{ head: bigint }>("select head from event_heads"));
    const after = cursors.encodeEventCursor(OWN, head?.head ?? 0n);
    await append(["foreign", "own"]);
    const filterOf = (whose: Whose) => probe.argumentsFor(whose)["filter"] as Record<string, readonly string[]>; // a list in each
    const [name = ""] = Object.keys(filterOf("own"));
    const both = { [name]: [...(filterOf("foreign")[name] ?? []), ...(filterOf("own")[name] ?? [])] };
    const [, result] = await take(follow({ after, filter: both }), 2); // after its position
    expect(JSON.stringify(result?.data)).toContain(`${OWN}-main`);
    expect(JSON.stringify(result?.data)).not.toContain(OTHER);
  });

  test("a subscriber gets the events of its tenant only, from the first to the last", async () => {
    await append(["foreign", "own", "foreign", "own"]);
    const [head] = await store.db.read(OWN, (tx) => tx.query<{ head: bigint }>("select head from event_heads"));
    const cursors = await loadCursors(store.db);
    const after = cursors.encodeEventCursor(OWN, 0n);
    const results = await take(follow({ after }), 1 + Number(head?.head ?? 0n));
    expect(results.length).toBeGreaterThan(3);
    expect(JSON.stringify(results)).not.toContain(OTHER);
    expect(JSON.stringify(results)).not.toContain(`_${OTHER.slice(0, 1)}0`);
  });

  test("another tenant's event cursor is refused in the words for a made-up one", async () => {
    const cursors = await loadCursors(store.db);
    const refusal = async (after: string): Promise<unknown> => {
      try {
        const [result] = await take(follow({ after }), 1);
        return result?.errors?.map(({ message, extensions }) => ({ message, code: extensions?.["code"] }));
      } catch (reason) {
        const errors = reason as readonly { message: string; extensions: { code: string } }[]; // of graphql-ws
        return errors.map(({ message, extensions }) => ({ message, code: extensions.code }));
      }
    };
    const foreign = await refusal(cursors.encodeEventCursor(OTHER, 1n));
    expect(foreign).toMatchObject([{ code: "INVALID_CURSOR" }]);
    expect(foreign).toEqual(await refusal("made-up"));
  });
});
