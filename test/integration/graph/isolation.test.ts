import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { isObjectType, isUnionType } from "graphql";
import { type Client, createClient } from "graphql-ws";
import { pino } from "pino";
import { WebSocket } from "ws";
import { createAlerts } from "../../../src/alerts/alerts.ts";
import { createApiKeys } from "../../../src/api-keys/api-keys.ts";
import { loadSigningKey } from "../../../src/audit/signing-key.ts";
import { createEvidencePacks } from "../../../src/evidence/evidence-packs.ts";
import { ENTITY_TYPES } from "../../../src/domain/ids.ts";
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
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { fillLists, isWorldType, TENANTS, worldId, type WorldType } from "../../helpers/list-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { take } from "../../helpers/take.ts";
import { comparable } from "../../helpers/isolation/comparable.ts";
import {
  idOf,
  keyOf,
  operationOf,
  OTHER,
  OWN,
  type Probe,
  probesOf,
  selectionOf,
  tenantOf,
  type Whose,
} from "../../helpers/isolation/probes.ts";
import { addTenantObjects, externalIdOf } from "../../helpers/isolation/tenant-objects.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { createDeclaredRoutes } from "../../../src/reconcile/payout-bank/declared-routes.ts";
import { createMatchByHand } from "../../../src/reconcile/payout-bank/match-by-hand.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";

/*
 * F94, over every field, argument, input field, cursor, event and key of the schema, with ids of another tenant that has
 * data of the same shape. Each operation is sent with an id of the caller's, of the other tenant, and of nobody: the
 * last two must have the same effect and the same answer, word for word. A new argument that takes an id fails until its
 * type is named in `ID_ARGUMENTS` (test/helpers/isolation).
 */

const ROWS = 8_000;
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
  await addTenantObjects(store.db, alertKeys);
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
    comparisonsEveryMs: "off",
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
  const matchByHand = createMatchByHand({ db, now: Date.now });
  const declaredRoutes = createDeclaredRoutes(db);
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
    // More zeros than a random cursor contains.
    expect(JSON.stringify(results)).not.toContain(`_${OTHER.slice(0, 1)}000000`);
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
