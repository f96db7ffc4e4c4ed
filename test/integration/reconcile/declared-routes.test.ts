import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { pino } from "pino";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import type { PayoutRoute } from "../../../src/domain/payout-route.ts";
import { appendEvents } from "../../../src/events/append.ts";
import { createDeclaredRoutes } from "../../../src/reconcile/payout-bank/declared-routes.ts";
import { createFileRoutes } from "../../../src/reconcile/payout-bank/file-routes.ts";
import { startMatchWatch } from "../../../src/reconcile/payout-bank/match-watch.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { bankTransactionRecord, day, money } from "../../helpers/bank-world.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, payoutRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const OF_FILE: PayoutRoute = {
  id: "of-file",
  from: { sourceId: "stripe-main", accountExternalId: undefined, currency: "CHF" },
  to: { sourceId: "bank", accountExternalId: undefined },
  usualDays: 2,
  holidays: new Set(),
  names: [],
  fee: [],
  exchange: undefined,
};
const ROUTES = new Map([["acme", [OF_FILE]]]);
const PAYOUT = entityId("acme", "stripe-main", "Payout", "po_1");

let store: TestStore;
let graph: GraphServer;
/** Two replicas, neither of which is asked to declare anything. */
let replicas: readonly ReturnType<typeof startMatchWatch>[];
beforeAll(async () => {
  store = await useStore();
  // The tests call no other mutations.
  graph = await useGraphServer(
    { useCases: createDeclaredRoutes(store.db) as unknown as UseCases },
    { connection: store.connection, close: async () => undefined },
  );
  const stripe: Place = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
  const bank: Place = { ...stripe, sourceId: "bank" };
  await addSource(stripe);
  await addSource(bank);
  const dollars = (minor: bigint) => money(minor, 2, "USD");
  await putRecords(stripe, [
    { ...payoutRecord(0), externalId: "po_1", amount: dollars(90_000n), arrivalDate: day(10) },
  ]);
  await putRecords(bank, [bankTransactionRecord("credit", 10, { amount: dollars(89_850n), searchText: "STRIPE" })]);
  // A tenant without any event has nothing to be matched.
  await store.db.transaction("acme", (tx) =>
    appendEvents(tx, [
      { sourceId: "bank", body: { kind: "EntityChanged", change: "CREATED", entityType: "Payout", entityId: PAYOUT } },
    ]),
  );
  replicas = [0, 1].map(() =>
    startMatchWatch({
      db: store.db,
      fileRoutes: createFileRoutes(store.db, ROUTES),
      log: pino({ level: "silent" }),
      random: Math.random,
      now: () => Date.parse(day(40)),
      everyMs: 50,
    }),
  );
});
afterAll(async () => {
  for (const replica of replicas ?? []) await replica.close(5_000);
  await graph[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const FIELDS = `{ id origin fromSourceId fromCurrency toSourceId toAccount usualDays holidays names fee { upToAmount amount } exchangeCurrency exchangeBy exchangeRounding declaredBy }`;
const INPUT = `id: "dollars", fromSourceId: "stripe-main", fromCurrency: "USD", toSourceId: "bank", names: ["STRIPE"]`;
const declare = (input: string) => graph.query(`mutation { declarePayoutRoute(input: { ${input} }) ${FIELDS} }`);

async function resultIs(expected: Readonly<Record<string, unknown>>): Promise<void> {
  await eventually(`the payout to be ${JSON.stringify(expected)}`, async () => {
    const { data } = await graph.query(
      `{ payout(id: "${PAYOUT}") { reconciliation { state route residue { kind amount { amount } } } } }`,
    );
    const { reconciliation } = data.payout;
    return Object.entries(expected).every(([name, value]) => reconciliation?.[name] === value) || undefined;
  });
}

test("a route that is declared, changed and removed applies on every replica, to everything that is stored", async () => {
  await resultIs({ state: "OPEN", route: null });
  const { data, errors } = await declare(`${INPUT}, fee: [{ upToAmount: "1000", amount: "1.50" }, { amount: "5" }]`);
  expect(errors).toEqual([]);
  expect(data.declarePayoutRoute).toMatchObject({
    id: "dollars",
    origin: "DECLARED",
    usualDays: 5,
    names: ["STRIPE"],
    fee: [
      { upToAmount: "1000", amount: "1.50" },
      { upToAmount: null, amount: "5" },
    ],
  });
  await resultIs({ state: "EXPLAINED", route: "dollars" });
  expect((await declare(`${INPUT}, fee: [{ amount: "1.49" }]`)).errors).toEqual([]);
  await resultIs({ state: "OPEN", route: "dollars" });
  expect((await declare(`${INPUT}, fee: [{ amount: "1.50" }]`)).errors).toEqual([]);
  await resultIs({ state: "EXPLAINED", route: "dollars" });
  const { data: listed } = await graph.query(`{ payoutRoutes ${FIELDS} }`);
  expect(listed.payoutRoutes).toMatchObject([
    { id: "of-file", origin: "SETTINGS_FILE", declaredBy: null },
    { id: "dollars", origin: "DECLARED", declaredBy: expect.any(String) },
  ]);
  const removed = await graph.query(`mutation { removePayoutRoute(id: "dollars") ${FIELDS} }`);
  expect(removed.data.removePayoutRoute).toMatchObject({ id: "dollars", fee: [{ amount: "1.50" }] });
  await resultIs({ state: "OPEN", route: null });
});

test("a route by the instructed amount, and one by a rate, are listed as they were declared", async () => {
  const input = INPUT.replace("USD", "DKK");
  const declared = async (rule: string) => (await declare(`${input}, exchangeCurrency: "EUR", ${rule}`)).data;
  const expected = { exchangeCurrency: "EUR", exchangeBy: "INSTRUCTED_AMOUNT", exchangeRounding: null };
  expect((await declared("exchangeBy: INSTRUCTED_AMOUNT")).declarePayoutRoute).toMatchObject(expected);
  const { data } = await graph.query(`{ payoutRoutes ${FIELDS} }`);
  expect(data.payoutRoutes).toContainEqual(expect.objectContaining({ id: "dollars", ...expected }));
  expect((await declared("exchangeRounding: DOWN")).declarePayoutRoute).toMatchObject({
    exchangeBy: "LEDGER_ENTRY_RATE",
    exchangeRounding: "DOWN",
  });
  await graph.query(`mutation { removePayoutRoute(id: "dollars") { id } }`);
});

test.each([
  ["a route of the settings file", INPUT.replace("dollars", "of-file"), "CONFLICT", /the settings file, which alone/],
  [
    "an unknown source",
    INPUT.replace('"bank"', '"nowhere"'),
    "INVALID_INPUT",
    /input\.toSourceId must be the id of a source/,
  ],
  [
    "the same source twice",
    INPUT.replace('"bank"', '"stripe-main"'),
    "INVALID_INPUT",
    /input\.toSourceId must be another/,
  ],
  ["a name with spaces", INPUT.replace("dollars", "us dollars"), "INVALID_INPUT", /input\.id must be/],
  [
    "steps that fall",
    `${INPUT}, fee: [{ upToAmount: "2", amount: "1" }, { upToAmount: "1", amount: "1" }]`,
    "INVALID_INPUT",
    /input\.fee\[1\]\.upToAmount must be more than 2/,
  ],
  ["a negative fee", `${INPUT}, fee: [{ amount: "-1" }]`, "INVALID_INPUT", /input\.fee\[0\]\.amount must be a decimal/],
  [
    "an exchange without rounding",
    `${INPUT}, exchangeCurrency: "EUR"`,
    "INVALID_INPUT",
    /exchangeRounding is required/,
  ],
  [
    "a rounding with the instructed amount",
    `${INPUT}, exchangeCurrency: "EUR", exchangeBy: INSTRUCTED_AMOUNT, exchangeRounding: DOWN`,
    "INVALID_INPUT",
    /exchangeRounding must not be set with INSTRUCTED_AMOUNT/,
  ],
  [
    "a rule without a currency",
    `${INPUT}, exchangeBy: INSTRUCTED_AMOUNT`,
    "INVALID_INPUT",
    /exchangeBy must not be set without input\.exchangeCurrency/,
  ],
  ["31 usual days", `${INPUT}, usualDays: 31`, "INVALID_INPUT", /input\.usualDays must be 0 to 30, got 31/],
])("%s is refused", async (_name, input, code, message) => {
  const { errors } = await declare(input);
  expect(errors[0]?.extensions.code).toBe(code);
  expect(errors[0]?.message).toMatch(message);
});

test("a route of the settings file and one that does not exist cannot be removed", async () => {
  const codeOf = async (id: string) =>
    (await graph.query(`mutation { removePayoutRoute(id: "${id}") { id } }`)).errors[0]?.extensions.code;
  expect(await codeOf("of-file")).toBe("CONFLICT");
  expect(await codeOf("nothing")).toBe("NOT_FOUND");
});

test("a route is deleted with the source where its payouts arrive", async () => {
  const place: Place = { database: store.db, tenantId: "acme", sourceId: "other-bank" };
  await addSource(place);
  const { errors } = await declare(`${INPUT.replace('"bank"', '"other-bank"')}, toAccount: "DE02"`);
  expect(errors).toEqual([]);
  await store.db.transaction("acme", (tx) => tx.query("delete from sources where id = 'other-bank'"));
  const { data } = await graph.query("{ payoutRoutes { id } }");
  expect(data.payoutRoutes).toEqual([{ id: "of-file" }]);
});
