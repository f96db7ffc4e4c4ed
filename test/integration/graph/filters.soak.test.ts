import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  isEnumType,
  isInputObjectType,
  isListType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { registryOf } from "../../../src/sources/source-registry.ts";
import type { BulkPosition } from "../../../src/store/queries/bulk-position.ts";
import { discardManyQuarantined } from "../../../src/ingest/apply/discard-quarantined.ts";
import { replayManyQuarantined } from "../../../src/ingest/polling/replay-many-quarantined.ts";
import { chooseDeliveries } from "../../../src/ingest/webhooks/choose-deliveries.ts";
import { loadSchema } from "../../../src/server/load-schema.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { literally } from "../../../src/store/queries/conditions.ts";
import { fillLists, isWorldType, TENANTS, worldId, type WorldTenant } from "../../helpers/list-world.ts";
import { days, idsOf, otherThan, VALUES, type Values } from "../../helpers/filter-values.ts";
import { amountOf } from "../../helpers/length.ts";
import { measureReads, type StatementCost } from "../../helpers/operation-costs.ts";
import { useDatabase } from "../../helpers/postgres.ts";

/*
 * Every filter and argument of the schema, over two tenants in which a value that is common in one is rare in the other.
 * Nothing here names a filter except the values of arguments that are not enums or flags: a new one without values fails.
 */

const ROWS = amountOf({ short: 100_000, long: 200_000 });
const schema = loadSchema();
const PAGE = 20;
/** A page of each of up to twelve values, read by an index, with the rows that it excludes. The smallest list has 2,500 or more. */
const MAX_ROWS = 700;
const MAX_PAGES = 1_500;

let graph: GraphServer;
let database: Database;
const costs: StatementCost[] = [];
beforeAll(async () => {
  const opened = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  await fillLists(opened.connection, schema, ROWS);
  database = createDatabase({ connection: opened.connection, max: 10 });
  graph = await useGraphServer({ database: measureReads(database, costs) }, opened);
}, 120_000);
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
  await database?.close();
});

/**
 * Values of an enum that are tried: in the short form the common one of each tenant, which are the first and the last,
 * and one that is rare in both.
 */
const triedOf = (names: readonly string[]): readonly string[] =>
  amountOf({
    short: names.filter((_, index) => [0, names.length >> 1, names.length - 1].includes(index)),
    long: names,
  });

/** Values of an argument or an input field; each value of an enum that is tried, and all of them together. */
function valuesOf(field: GraphQLArgument | GraphQLInputField): Values {
  const type = getNamedType(field.type);
  const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
  if (isEnumType(type)) {
    const names = type.getValues().map((value) => value.name);
    return () => (isList ? [...triedOf(names).map((name) => [name]), names, []] : triedOf(names));
  }
  if (type.name === "Boolean") return () => [true, false];
  if (type.name === "Date") return days;
  const values = VALUES[field.name];
  if (values === undefined) throw new Error(`no values for ${field.name}: ${String(field.type)}: add them to VALUES`);
  return values;
}

interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Executes an operation and checks the work of each SQL statement. */
async function expectBounded(
  tenant: WorldTenant,
  operation: Operation,
  limits: Limits,
  isRefused = false,
): Promise<GraphAnswerData> {
  costs.length = 0;
  const { data, errors } = await graph.query(operation.query, {
    variables: operation.variables,
    headers: { "x-sluice-tenant": tenant },
  });
  const codes = errors.map(({ extensions }) => extensions.code);
  expect({ operation, codes }).toEqual({ operation, codes: isRefused ? ["INVALID_INPUT"] : [] });
  expectCosts(`${tenant} ${JSON.stringify(operation)}`, limits);
  return data;
}

interface Limits {
  readonly rows?: number;
  readonly pages?: number;
}

function expectCosts(of: string, { rows = MAX_ROWS, pages = MAX_PAGES }: Limits): void {
  const excessive = costs.filter(
    (cost) =>
      cost.rows > rows || cost.pages > pages || cost.scannedTables.some((table) => !UNINDEXED_TABLES.includes(table)),
  );
  const found = excessive.map(({ text, rows: read, pages: pagesRead, scannedTables }) => ({
    text,
    read,
    pagesRead,
    scannedTables,
  }));
  expect({ of, found }).toEqual({ of, found: [] });
}

// oxlint-disable-next-line typescript/no-explicit-any -- the walk knows only the names of fields
type GraphAnswerData = any;

/** Tables with a few rows for each source of a tenant. test/integration/sources/list.test.ts has thousands of sources. */
const UNINDEXED_TABLES = ["sources", "source_health", "stream_states", "event_heads"];

/** Filters that read more rows, with the reason. */
const MORE_ROWS: Readonly<Record<string, Limits>> = {
  // Up to 1,000 matches are looked up and sorted: list-bank-transactions.ts. The index entries of a common word are all
  // read, without their rows.
  "bankTransactions.amount": { rows: 2_000, pages: 4_000 },
  "payments.amount": { rows: 2_000, pages: 4_000 },
  "refunds.amount": { rows: 2_000, pages: 4_000 },
  "disputes.amount": { rows: 2_000, pages: 4_000 },
  "payouts.amount": { rows: 2_000, pages: 4_000 },
  "disputes.dueFrom": { rows: 2_000, pages: 4_000 },
  "disputes.dueTo": { rows: 2_000, pages: 4_000 },
  "ledgerEntries.availableFrom": { rows: 2_000, pages: 4_000 },
  "ledgerEntries.availableTo": { rows: 2_000, pages: 4_000 },
  "payments.text": { rows: 22_000, pages: 4_000 },
  "parties.name": { rows: 12_000, pages: 4_000 },
  "bankTransactions.reference": { rows: 12_000, pages: 4_000 },
  "bankTransactions.text": { rows: 12_000, pages: 4_000 },
  // A page is merged from the lines of all refunds and disputes of the payment.
  "Payment.ledgerEntries": { rows: 2_500, pages: 4_000 },
  // Its transactions are compared with those of the other messages about its days.
  Statement: { rows: 8_000, pages: 14_000 },
  // The list is ordered by the time of the message, so the statements of newer days are excluded one by one.
  "statements.dayFrom": { rows: 6_000 },
  "statements.dayTo": { rows: 6_000 },
  // All entries of the statement are looked up and sorted.
  "bankTransactions.statement": { rows: 1_500, pages: 2_500 },
};

const query = schema.getQueryType();
const lists = Object.values(query?.getFields() ?? {}).flatMap((field) => {
  const filter = field.args.find(({ name }) => name === "filter");
  const type = filter === undefined ? undefined : getNamedType(filter.type);
  const isPaged = field.args.some(({ name }) => name === "first");
  return isInputObjectType(type) && isPaged
    ? [{ name: field.name, type, field, hasNodeIds: isListOfNodes(field) }]
    : [];
});

/** Returns whether the items of a list have global ids. */
function isListOfNodes(field: GraphQLField<unknown, unknown>): boolean {
  const connection = getNamedType(field.type);
  const item = isObjectType(connection) ? connection.getFields()["nodes"] : undefined;
  const type = item && getNamedType(item.type);
  return !isObjectType(type) || type.getInterfaces().some(({ name }) => name === "Node");
}
const filters = lists.flatMap(({ name, ...list }) =>
  Object.values(list.type.getFields()).map((field) => ({ ...list, name: `${name}.${field.name}`, list: name, field })),
);

const listQuery = (list: string, type: string, hasNodeIds: boolean): string =>
  `query ($first: Int, $after: String, $filter: ${type}) {
    ${list}(first: $first, after: $after, filter: $filter) { nodes { ${hasNodeIds ? "... on Node { id }" : "__typename"} } pageInfo { hasNextPage endCursor } } }`;

describe("every filter", () => {
  test("every list has a filter", () => {
    expect(filters.length).toBeGreaterThan(50);
  });

  describe.each(TENANTS)("of %s", (tenant) => {
    test.each(filters)(
      "$name reads a page by an index, however rare its value is",
      async ({ name, list, type, field, hasNodeIds }) => {
        const limits = MORE_ROWS[name] ?? {};
        const text = listQuery(list, type.name, hasNodeIds);
        for (const value of valuesOf(field)(tenant)) {
          const filter = { [field.name]: value };
          const data = await expectBounded(tenant, { query: text, variables: { filter, first: PAGE } }, limits);
          const { hasNextPage, endCursor } = data[list].pageInfo;
          if (hasNextPage) {
            await expectBounded(tenant, { query: text, variables: { filter, first: PAGE, after: endCursor } }, limits);
          }
        }
      },
    );
  });
});

const orders = lists.flatMap(({ name, type, field }) => {
  const argument = field.args.find((one) => one.name === "orderBy");
  const order = argument && getNamedType(argument.type);
  if (!isEnumType(order)) return [];
  return order.getValues().map((value) => ({ list: name, type, orderType: order.name, order: value.name }));
});

const orderedQuery = ({ list, type, orderType }: (typeof orders)[number]): string =>
  `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ${type.name}, $order: ${orderType}) {
    ${list}(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $order) {
      nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

describe("every order", () => {
  test("every list of synced objects has one, and every operational list", () => {
    expect(new Set(orders.map(({ list }) => list)).size).toBe(16);
  });

  describe.each(TENANTS)("of %s", (tenant) => {
    test.each(orders)("$list by $order reads pages from both ends by an index", async (one) => {
      const query = orderedQuery(one);
      for (const [size, position, cursor] of [
        ["first", "after", "endCursor"],
        ["last", "before", "startCursor"],
      ] as const) {
        const variables = { [size]: PAGE, order: one.order };
        const data = await expectBounded(tenant, { query, variables }, {});
        const at = data[one.list].pageInfo[cursor];
        await expectBounded(tenant, { query, variables: { ...variables, [position]: at } }, {});
      }
    });
  });

  // Up to 5,000 matches are looked up by the filter's index and sorted: list-entities.ts.
  const LOOKED_UP = { rows: 22_000, pages: 35_000 };
  const other = orders.filter(
    ({ order }) => !/^(CREATED|BOOKED|ID$|NEWEST|RECEIVED|OPENED|FIRST)/.test(order) && !/_ASC$|^OLDEST/.test(order),
  );

  test.each(other)("$list by $order reads no more than the matches of a filter", async (one) => {
    for (const field of Object.values(one.type.getFields())) {
      const [value] = valuesOf(field)("acme");
      const variables = { first: PAGE, order: one.order, filter: { [field.name]: value } };
      await expectBounded("acme", { query: orderedQuery(one), variables }, LOOKED_UP);
    }
  });
});

/** Fields by which the operational lists are ordered. */
const OPERATION_ORDERS: readonly (readonly [list: string, order: string, field: string])[] = [
  ["syncRuns", "CREATED", "createdAt"],
  ["deliveries", "RECEIVED", "receivedAt"],
  ["quarantinedRecords", "FIRST", "firstAt"],
  ["quarantinedRecords", "LAST", "lastAt"],
  ["findings", "OPENED", "openedAt"],
  ["files", "RECEIVED", "receivedAt"],
];

describe("an operational list", () => {
  test.each(OPERATION_ORDERS)(
    "%s by %s has each item once, in this order, and in the opposite order",
    async (list, order, field) => {
      const walk = async (direction: string) => {
        const nodes: { readonly id: string; readonly at: string }[] = [];
        let after: string | null = null;
        do {
          const { data } = await graph.query(
            `query ($after: String) { ${list}(first: 100, after: $after, orderBy: ${order}_${direction}) {
            nodes { id at: ${field} } pageInfo { hasNextPage endCursor } } }`,
            { variables: { after } },
          );
          nodes.push(...data[list].nodes);
          after = data[list].pageInfo.hasNextPage ? data[list].pageInfo.endCursor : null;
        } while (after !== null);
        return nodes;
      };
      const [up, down] = [await walk("ASC"), await walk("DESC")];
      expect(up.length).toBeGreaterThan(300);
      expect(new Set(up.map(({ id }) => id)).size).toBe(up.length);
      expect(up.map(({ at }) => at)).toEqual(up.map(({ at }) => at).toSorted());
      expect(down).toEqual(up.toReversed());
    },
  );
});

describe("every filter of quarantined records that a mutation accepts", () => {
  const fields = filters.filter(({ list }) => list === "quarantinedRecords");

  describe.each(TENANTS)("of %s", (tenant) => {
    test.each(fields)("$field.name selects the earliest open records by an index", async ({ field }) => {
      for (const value of valuesOf(field)(tenant)) {
        costs.length = 0;
        const batch = { filter: { [field.name]: value }, limit: PAGE, after: undefined };
        const replay = (after: BulkPosition | undefined) =>
          measureReads(database, costs).transaction(tenant, (tx) =>
            replayManyQuarantined(tx, registryOf([]), { ...batch, after }),
          );
        const { end } = await replay(undefined);
        if (end !== undefined) await replay(end);
        const isUndone = measureReads(database, costs).transaction(tenant, async (tx) => {
          await discardManyQuarantined(tx, batch, { reason: "a test", by: "kim" });
          throw new Error("undone");
        });
        await expect(isUndone).rejects.toThrow("undone");
        expectCosts(`${tenant} ${JSON.stringify(value)}`, {});
      }
    });
  });
});

describe("every filter of deliveries that a mutation accepts", () => {
  const fields = filters.filter(({ list }) => list === "deliveries");

  describe.each(TENANTS)("of %s", (tenant) => {
    test.each(fields)("$field.name selects the oldest deliveries by an index", async ({ field }) => {
      for (const value of valuesOf(field)(tenant)) {
        costs.length = 0;
        const batch = { filter: { [field.name]: value }, limit: PAGE };
        const { end } = await measureReads(database, costs).transaction(tenant, (tx) =>
          chooseDeliveries(tx, batch, literally("true")),
        );
        if (end !== undefined)
          await measureReads(database, costs).transaction(tenant, (tx) =>
            chooseDeliveries(tx, { ...batch, after: end }, literally("true")),
          );
        expectCosts(`${tenant} ${JSON.stringify(value)}`, {});
      }
    });
  });
});

/** Object types that are found by id, and their fields. */
const objectTypes = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type))
  .filter((type) => type.getInterfaces().some(({ name }) => name === "Node") && isWorldType(type.name));

/** The arguments that a field requires beside the one that is tried. */
function requiredBeside(field: GraphQLField<unknown, unknown>, tried: GraphQLArgument): readonly string[] {
  return field.args
    .filter((each) => each !== tried && isNonNullType(each.type) && each.defaultValue === undefined)
    .map((each) => `${each.name}: ${JSON.stringify(valuesOf(each)("acme")[0])}`);
}

describe("every object that is found by id", () => {
  test.each(objectTypes)("$name reads each field by an index", async (type) => {
    const [own, ...others] = isWorldType(type.name) ? idsOf(type.name)("acme") : [];
    const fields = Object.values(type.getFields());
    const selection = ({ name, type: of }: (typeof fields)[number]): string =>
      isLeafType(getNamedType(of)) ? name : `${name} { __typename }`;
    const plain = fields.filter((field) => field.args.length === 0).map(selection);
    const text = (selected: string): string =>
      `query ($id: ID!) { node(id: $id) { ... on ${type.name} { ${selected} } } }`;
    for (const id of [own, ...others]) {
      await expectBounded("acme", { query: text(plain.join(" ")), variables: { id } }, MORE_ROWS[type.name] ?? {});
    }
    for (const field of fields) {
      for (const argument of field.args.filter(({ name }) => !["after", "before", "filter"].includes(name))) {
        for (const value of valuesOf(argument)("acme")) {
          const limits = MORE_ROWS[`${type.name}.${field.name}`] ?? {};
          const literal = isEnumType(getNamedType(argument.type)) ? String(value) : JSON.stringify(value);
          const started = `${field.name}(${[...requiredBeside(field, argument), `${argument.name}: ${literal}`].join(", ")}) { __typename`;
          const isList = argument.name === "first";
          const query = text(isList ? `${started} pageInfo { hasNextPage endCursor } }` : `${started} }`);
          const { node } = await expectBounded("acme", { query, variables: { id: own } }, limits);
          if (!isList || !node[field.name].pageInfo.hasNextPage) continue;
          const after = JSON.stringify(node[field.name].pageInfo.endCursor);
          const next = text(`${field.name}(first: 100, after: ${after}) { __typename }`);
          await expectBounded("acme", { query: next, variables: { id: own } }, limits);
        }
      }
    }
  });
});

/** A value that only the other tenant has, and one that nobody has; by name. */
const FOREIGN: Readonly<Record<string, (tenant: WorldTenant) => readonly [foreign: unknown, unknown: unknown]>> = {
  account: foreignIds("Account"),
  action: (tenant) => [`mutation.${otherThan(tenant)}`, "mutation.nothing"],
  creditor: foreignIds("Party"),
  debtor: foreignIds("Party"),
  destination: foreignIds("Account"),
  endpointIds: (tenant) => [[`ale_${otherThan(tenant)}`], ["ale_nothing"]],
  errorCodes: (tenant) => [[`${otherThan(tenant)}_COMMON`], ["NOTHING"]],
  eventTypes: (tenant) => [[`${otherThan(tenant)}.common`], ["nothing"]],
  externalId: () => ["x7", "nothing"], // both have objects with this id: the id of the object contains the tenant
  paths: (tenant) => [[`${otherThan(tenant)}.common`], ["nothing"]],
  connector: () => [["plaid"], ["nothing"]],
  platform: (tenant) => [[`${otherThan(tenant)}-platform`], ["nothing"]],
  search: (tenant) => [`${otherThan(tenant)}-rare`, "nothing"],
  email: (tenant) => [`c7@${otherThan(tenant)}.example`, "c7@nowhere.example"],
  method: () => [["paypal"], ["nothing"]],
  name: (tenant) => [`${otherThan(tenant)}only`, "nothing"],
  payment: foreignIds("Payment"),
  principal: (tenant) => [otherThan(tenant), "nothing"],
  subjectId: (tenant) => [otherThan(tenant), "nothing"],
  subjectType: () => ["OTHER", "NOTHING"],
  reason: () => [["expired"], ["nothing"]],
  reference: (tenant) => [`${otherThan(tenant)}-only`, "nothing"],
  sourceIds: (tenant) => [[`${otherThan(tenant)}-rare`], ["nothing-rare"]],
  statement: foreignIds("Statement"),
  text: (tenant) => [`${otherThan(tenant)}only`, "nothing"],
};

function foreignIds(type: Parameters<typeof worldId>[1]): (tenant: WorldTenant) => readonly [string, string] {
  return (tenant) => [worldId(otherThan(tenant), type, 1), worldId(tenant, type, 900_000)];
}

describe("what only another tenant has costs as much as what nobody has (F110)", () => {
  const texts = filters.filter(({ field }) => ["ID", "String"].includes(getNamedType(field.type).name));

  test.each(texts)("$name", async ({ list, type, field, hasNodeIds }) => {
    const pair = FOREIGN[field.name];
    if (pair === undefined) throw new Error(`no values for ${field.name}: add them to FOREIGN`);
    for (const tenant of TENANTS) {
      const work: { readonly rows: readonly number[]; readonly pages: number; readonly answer: unknown }[] = [];
      for (const value of pair(tenant)) {
        const variables = { filter: { [field.name]: value }, first: PAGE };
        const refused = field.name === "sourceIds"; // all sources of a tenant are known
        const answer = await expectBounded(
          tenant,
          { query: listQuery(list, type.name, hasNodeIds), variables },
          {},
          refused,
        );
        work.push({
          rows: costs.map(({ rows }) => rows),
          pages: costs.reduce((sum, { pages }) => sum + pages, 0),
          answer,
        });
      }
      const [one, other] = work;
      expect(one?.answer).toEqual(other?.answer);
      expect(one?.rows).toEqual(other?.rows);
      // A search ends in another page of the same index.
      expect(Math.abs((one?.pages ?? 0) - (other?.pages ?? Infinity))).toBeLessThanOrEqual(10);
    }
  });
});
