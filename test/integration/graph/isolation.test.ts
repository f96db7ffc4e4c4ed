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
    fileSources: sources.map((source) => ({
      ...source,
      connector: source.connector.name,
      budget: undefined,
      networks: [],
    })),
    rules: { networks: [], platforms: new Map() },
    accountHash: createAccountHash(randomBytes(32)),
    endRuns: () => Promise.resolve(), // there are none
    onChanged: () => undefined,
    onErasing: () => undefined,
  });
  const useCases = createUseCases({ db, sources: registry, connectedSources, engine, inbox, files, wakeUps });
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

type Whose = "own" | "foreign" | "unknown";
const tenantOf = (whose: Whose) => (whose === "foreign" ? OTHER : OWN);
const numberOf = (whose: Whose, n: number) => (whose === "unknown" ? 900_000 + n : n);

function idOf(type: string, whose: Whose): string {
  if (type === "Source") return whose === "unknown" ? "nobody-main" : `${tenantOf(whose)}-main`;
  if (!isWorldType(type)) throw new Error(`objects of ${type} have no id in the test's data`);
  return worldId(tenantOf(whose), type, numberOf(whose, 1));
}

/** Types of the ids that arguments and input fields take, by name; `returned`: the type that the field returns. */
const ID_ARGUMENTS: Readonly<Record<string, WorldType | "Source" | "returned" | "externalId">> = {
  account: "Account",
  debtor: "Party",
  destination: "Account",
  entityIds: "Payment",
  externalId: "externalId",
  id: "returned",
  ids: "returned",
  runId: "SyncRun",
  runIds: "SyncRun",
  sourceId: "Source",
  sourceIds: "Source",
  statement: "Statement",
};

/** Texts that only one tenant has, by the name of the input field; `null`: a text that identifies nothing. */
const TEXTS: Readonly<Record<string, ((whose: Whose) => string) | null>> = {
  after: null, // see "cursors"
  bucket: null, // names in the settings of a source, as the next one
  connector: null,
  errorCodes: (whose) => (whose === "unknown" ? "nobody_COMMON" : `${tenantOf(whose)}_COMMON`),
  eventTypes: (whose) => (whose === "unknown" ? "nobody.common" : `${tenantOf(whose)}.common`),
  idempotencyKey: (whose) => keyOf(whose === "unknown" ? "nobody" : tenantOf(whose)),
  networks: null,
  platform: null, // of the settings file: test/integration/sources/platform-sources.test.ts
  reason: null,
  schedule: null,
  search: (whose) => (whose === "unknown" ? "nobody-main" : `${tenantOf(whose)}-main`),
  reference: (whose) => (whose === "unknown" ? "nobody-only" : `${tenantOf(whose)}-only`),
  streams: null, // names in the settings of a source
  text: (whose) => (whose === "unknown" ? "nobodyonly" : `${tenantOf(whose)}only`),
};

/** Required arguments beside the one that is tested. */
const REQUIRED: Readonly<Record<string, unknown>> = {
  bucket: "account",
  connector: "stripe",
  credentials: {},
  data: "KEEP",
  filter: {},
  id: "new-source",
  maxAge: 2_000_000_000, // every stored object is fresh enough
  perSecond: 1,
  reason: "no longer needed",
  settings: {}, // refused: whether an id is in use is tested in test/integration/sources/connect.test.ts
  sourceId: `${OWN}-main`,
};

/** Fields beside the tested one with which the caller's own value selects something; by mutation and input type. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> = {
  replayDeliveries: { DeliveryFilter: { status: ["APPLIED"] }, ReplayDeliveriesInput: { limit: 1 } },
  discardDeliveries: { DiscardDeliveriesInput: { limit: 1 } },
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
  if (!isObjectType(type) || type.getInterfaces().length > 0) return type;
  const inner = Object.values(type.getFields()).map((one) => getNamedType(one.type));
  return inner.find((one) => isObjectType(one) && one.getInterfaces().length > 0) ?? type;
}

function requiredBeside(inputs: readonly Input[], tested: Input): Readonly<Record<string, unknown>> {
  const required = inputs.filter(
    (input) => input !== tested && isNonNullType(input.type) && input.defaultValue === undefined,
  );
  return Object.fromEntries(
    required.map((input) => {
      if (REQUIRED[input.name] === undefined) throw new Error(`name a value of the required ${input.name} in REQUIRED`);
      return [input.name, REQUIRED[input.name]];
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
    const required = field.args.filter(isRequiredArgument).map(({ name }) => `${name}: ${String(REQUIRED[name])}`);
    const call = required.length > 0 ? `${field.name}(${required.join(", ")})` : field.name;
    if (isLeafType(named)) return [call];
    return depth > 1 ? [`${call} { ${selectionOf(named, depth - 1)} }`] : [];
  });
  return ["__typename", ...fields].join(" ");
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

/** Digest of all rows of each table, by tenant. */
async function digestOf(tenant: string): Promise<Readonly<Record<string, unknown>>> {
  const tables = await store.db.query<{ name: string }>(
    `select distinct table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'sluice' and column_name = 'tenant_id' and table_type = 'BASE TABLE' and table_name <> 'bank_search'
     order by 1`,
  );
  return await store.db.read(tenant, async (tx) => {
    const entries: [string, unknown][] = [];
    for (const { name } of tables) {
      const [row] = await tx.query<{ digest: string }>(
        `select count(*) || ' ' || coalesce(bit_xor(hashtextextended(t::text, 0)), 0) as digest from ${name} as t`,
      );
      entries.push([name, row?.digest]);
    }
    return Object.fromEntries(entries);
  });
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

  test("every mutation takes something that is tested", () => {
    expect(new Set(cases.map(({ field }) => field.name))).toEqual(new Set(mutations.map(({ name }) => name)));
  });

  test.each(cases)("$name changes nothing of another tenant, and says the same as for nothing", async (probe) => {
    const text = operationOf("mutation", probe.field);
    const before = await digestOf(OTHER);
    const answers = await answersTo(text, probe);
    expect(answers.foreign).toBe(answers.unknown);
    expect(await digestOf(OTHER)).toEqual(before);
    // An unused idempotency key starts a run, even if another tenant has used the same key. An id of a new source is
    // refused for its settings here.
    const isExempt = probe.name.endsWith("idempotencyKey") || probe.name === "connectSource.input.id";
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
    const text = `query ($after: String) { ${name}(first: 1, after: $after) { nodes { id } pageInfo { endCursor } } }`;
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
         and column_name not in ('tenant_id', 'id', 'source_id')`,
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
    return rows.length > 0;
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
