import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { UseCases } from "../../../resolvers/use-cases.ts";
import type { BankTransactionRecord, PayoutRecord } from "../../../src/domain/entities.ts";
import { entityId } from "../../../src/domain/ids.ts";
import type { PayoutRoute } from "../../../src/domain/payout-route.ts";
import { createMatchByHand } from "../../../src/reconcile/payout-bank/match-by-hand.ts";
import { bankTransactionRecord, day, money } from "../../helpers/bank-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import {
  addSource,
  euro,
  ledgerEntryRecord,
  payoutRecord,
  type Place,
  putRecords,
  tombstoneRecord,
} from "../../helpers/ledger-world.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const FEE_ROUTE: PayoutRoute = {
  id: "dollars",
  from: { sourceId: "stripe-main", accountExternalId: undefined, currency: "USD" },
  to: { sourceId: "bank", accountExternalId: undefined },
  usualDays: 2,
  holidays: new Set([day(12)]),
  names: ["STRIPE"],
  fee: [
    { upTo: "1000", amount: "1.50" },
    { upTo: undefined, amount: "5" },
  ],
  exchange: undefined,
};
const EXCHANGE_ROUTE: PayoutRoute = {
  ...FEE_ROUTE,
  id: "francs",
  from: { ...FEE_ROUTE.from, currency: "CHF" },
  fee: [],
  exchange: { by: "LEDGER_ENTRY_RATE", to: "EUR", rounding: "HALF_EVEN" },
};
/** Payouts in kronor arrive on an account in euro; the bank states what was instructed. */
const INSTRUCTED_ROUTE: PayoutRoute = {
  ...FEE_ROUTE,
  id: "kronor",
  from: { ...FEE_ROUTE.from, currency: "SEK" },
  fee: [],
  exchange: { by: "INSTRUCTED_AMOUNT", to: "EUR" },
};
/** The same, less a fee in the currency of the payout. */
const INSTRUCTED_FEE_ROUTE: PayoutRoute = {
  ...INSTRUCTED_ROUTE,
  id: "kroner",
  from: { ...FEE_ROUTE.from, currency: "NOK" },
  fee: [{ upTo: undefined, amount: "12.50" }],
};
const ROUTES = [FEE_ROUTE, EXCHANGE_ROUTE, INSTRUCTED_ROUTE, INSTRUCTED_FEE_ROUTE];

let store: TestStore;
let graph: GraphServer;
let stripe: Place;
let bank: Place;
beforeAll(async () => {
  store = await useStore();
  const matchByHand = createMatchByHand({ db: store.db, now: () => Date.parse(today) });
  // The tests call no other mutations.
  graph = await useGraphServer(
    { useCases: matchByHand as unknown as UseCases },
    { connection: store.connection, close: async () => undefined },
  );
  stripe = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
  bank = { ...stripe, sourceId: "bank" };
  await addSource(stripe);
  await addSource(bank);
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const payoutId = (name: string): string => entityId("acme", "stripe-main", "Payout", name);
const transactionId = (name: string): string => entityId("acme", "bank", "BankTransaction", name);

function payout(externalId: string, minor: bigint, n = 10, changes: Partial<PayoutRecord> = {}): PayoutRecord {
  return { ...payoutRecord(0), externalId, amount: euro(minor), arrivalDate: day(n), ...changes };
}

function credit(externalId: string, minor: bigint, n = 10, changes: Partial<BankTransactionRecord> = {}) {
  return bankTransactionRecord(externalId, n, { amount: euro(minor), searchText: "STRIPE", ...changes });
}

/** The present day of the matching. */
let today = "2026-01-20";
function match(on: string): Promise<void> {
  today = on;
  return matchEverything({ ...stripe, routes: ROUTES, today });
}

const FIELDS = `{ state reasons residue { kind amount { amount currency } } moneyAtStake { amount } route
  links { amount { amount } payout { externalId } bankTransaction { externalId } }
  proposals { reason difference { amount } payouts { externalId } bankTransactions { externalId } }
  decision { id kind reason decidedBy } }`;

async function query(text: string) {
  const { data, errors } = await graph.query(text);
  expect(errors).toEqual([]);
  return data;
}

async function ofPayout(name: string) {
  return (await query(`{ payout(id: "${payoutId(name)}") { reconciliation ${FIELDS} } }`)).payout.reconciliation;
}

async function ofTransaction(name: string) {
  const data = await query(`{ bankTransaction(id: "${transactionId(name)}") { reconciliation ${FIELDS} } }`);
  return data.bankTransaction.reconciliation;
}

/** Each test has amounts of its own, far from those of others. */
let base = 1_000_000n;
function nextBase(): bigint {
  base *= 3n;
  return base;
}

/** Each test has days of its own, so that its objects are in no set of another one. */
let days = 0;
function nextDay(): number {
  days += 90;
  return days;
}

describe("several payouts and transactions", () => {
  test("two payouts in one credit are matched with it, when no other set has its amount", async () => {
    const [amount, n] = [nextBase(), nextDay()];
    await putRecords(stripe, [
      payout("po_m1", amount + 1n, n),
      payout("po_m2", amount + 7n, n + 1),
      payout("po_m3", amount + 90n, n),
    ]);
    await putRecords(bank, [credit("merged", 2n * amount + 8n, n + 2)]);
    await match(day(n + 3));
    const found = await ofTransaction("merged");
    expect(found).toMatchObject({ state: "MATCHED", reasons: ["SUM", "DATE"], residue: null, moneyAtStake: null });
    expect(found.links.map((link: { payout: { externalId: string } }) => link.payout.externalId).toSorted()).toEqual([
      "po_m1",
      "po_m2",
    ]);
    expect(await ofPayout("po_m1")).toMatchObject({
      state: "MATCHED",
      links: [{ bankTransaction: { externalId: "merged" } }],
    });
    expect(await ofPayout("po_m3")).toMatchObject({ state: "TIMING", links: [] });
  });

  test("a payout in two credits of which one names it is matched with both", async () => {
    const [amount, n] = [nextBase(), nextDay()];
    await putRecords(stripe, [payout("po_split", amount, n)]);
    await putRecords(bank, [
      credit("part-1", amount - 99n, n, { searchText: "STRIPE po_split" }),
      credit("part-2", 99n, n + 1),
    ]);
    await match(day(n + 3));
    const { state, links } = await ofPayout("po_split");
    expect(state).toBe("MATCHED");
    expect(links).toHaveLength(2);
  });

  test("a credit for which two sets are possible is matched with none, and both are proposed", async () => {
    const [amount, n] = [nextBase(), nextDay()];
    await putRecords(
      stripe,
      [1n, 2n, 3n, 4n].map((part) => payout(`po_s${part}`, amount + part, n)),
    );
    await putRecords(bank, [credit("ambiguous", 2n * amount + 5n, n)]);
    await match(day(n + 1));
    expect(await ofTransaction("ambiguous")).toMatchObject({
      state: "TIMING",
      proposals: [{ reason: "SEVERAL_SETS" }, { reason: "SEVERAL_SETS" }],
    });
    const first = await ofPayout("po_s1");
    expect(first.state).toBe("TIMING");
    expect(first.proposals).toMatchObject([
      { reason: "SEVERAL_SETS", bankTransactions: [{ externalId: "ambiguous" }] },
    ]);
  });
});

describe("declared routes", () => {
  const dollars = (minor: bigint) => money(minor, 2, "USD");

  test("a difference that is exactly the declared fee of the amount is explained", async () => {
    const n = nextDay();
    await putRecords(stripe, [
      payout("po_fee", 0n, n, { amount: dollars(90_000n) }),
      payout("po_high", 0n, n, { amount: dollars(200_000n) }),
    ]);
    await putRecords(bank, [
      credit("less-fee", 0n, n, { amount: dollars(89_850n), searchText: "STRIPE po_fee" }),
      credit("less-high", 0n, n, { amount: dollars(199_500n) }),
    ]);
    await match(day(n + 1));
    expect(await ofPayout("po_fee")).toMatchObject({
      state: "EXPLAINED",
      route: "dollars",
      residue: { kind: "FEE", amount: { amount: "1.50", currency: "USD" } },
    });
    expect(await ofPayout("po_high")).toMatchObject({ state: "EXPLAINED", residue: { amount: { amount: "5.00" } } });
  });

  test("a difference of a cent more than the fee is open, with the transaction as a proposal", async () => {
    const n = nextDay();
    await putRecords(stripe, [payout("po_cent", 0n, n, { amount: dollars(91_000n) })]);
    await putRecords(bank, [credit("cent", 0n, n, { amount: dollars(90_849n), searchText: "STRIPE po_cent" })]);
    await match(day(n + 60));
    const proposal = { reason: "AMOUNT_DIFFERS", difference: { amount: "1.51" } };
    expect(await ofPayout("po_cent")).toMatchObject({
      state: "OPEN",
      moneyAtStake: { amount: "910.00" },
      proposals: [{ ...proposal, bankTransactions: [{ externalId: "cent" }] }],
    });
    expect(await ofTransaction("cent")).toMatchObject({ state: "OPEN", proposals: [proposal] });
  });

  test("a credit without the declared name is not the arrival, whatever its amount", async () => {
    const n = nextDay();
    await putRecords(stripe, [payout("po_unnamed", 0n, n, { amount: dollars(92_000n) })]);
    await putRecords(bank, [credit("customer", 0n, n, { amount: dollars(92_000n), searchText: "INVOICE 92" })]);
    await match(day(n + 1));
    expect(await ofPayout("po_unnamed")).toMatchObject({ state: "TIMING", proposals: [] });
  });

  test("an amount that is converted by the rate of the payout's ledger entry is explained", async () => {
    const n = nextDay();
    const entry = ledgerEntryRecord(1, "Payout");
    await putRecords(stripe, [
      payout("po_francs", 0n, n, { amount: money(100_050n, 2, "CHF") }),
      { ...entry, externalId: "txn_francs", originExternalId: "po_francs", exchangeRate: "1.0525" },
    ]);
    await putRecords(bank, [credit("francs", 105_303n, n), credit("close", 105_302n, n)]); // 1053.02625, half even: 1053.03
    await match(day(n + 1));
    expect(await ofPayout("po_francs")).toMatchObject({
      state: "EXPLAINED",
      residue: { kind: "EXCHANGE", amount: { amount: "0.00", currency: "EUR" } },
      links: [{ bankTransaction: { externalId: "francs" } }],
    });
  });
});

describe("routes by the instructed amount", () => {
  const instructed = (minor: bigint, currency: string, rate?: string) => ({
    name: "InstdAmt",
    money: money(minor, 2, currency),
    ...(rate !== undefined && { exchange: { sourceCurrency: currency, unitCurrency: currency, rate } }),
  });
  const EXCHANGES = `residue { kind amount { amount currency } exchanges { rate unitCurrency
    instructed { amount currency } booked { amount currency } bankTransaction { externalId } } }`;
  const residueOf = async (name: string) =>
    (await query(`{ payout(id: "${payoutId(name)}") { reconciliation { state ${EXCHANGES} } } }`)).payout
      .reconciliation;
  const kronor = (externalId: string, minor: bigint, n: number, currency = "SEK") =>
    payout(externalId, 0n, n, { amount: money(minor, 2, currency) });

  test("a payout whose amount the bank states as instructed is explained, with both amounts and the bank's rate", async () => {
    const n = nextDay();
    await putRecords(stripe, [kronor("po_sek", 1_000_000n, n)]);
    await putRecords(bank, [
      credit("sek", 87_413n, n, { amounts: [instructed(1_000_000n, "SEK", "0.087412900")] }),
      credit("sek-other", 87_413n, n, { searchText: "INVOICE", amounts: [instructed(1_000_000n, "SEK")] }),
    ]);
    await match(day(n + 1));
    expect(await residueOf("po_sek")).toEqual({
      state: "EXPLAINED",
      residue: {
        kind: "EXCHANGE",
        amount: { amount: "0.00", currency: "SEK" },
        exchanges: [
          {
            rate: "0.087412900",
            unitCurrency: "SEK",
            instructed: { amount: "10000.00", currency: "SEK" },
            booked: { amount: "874.13", currency: "EUR" },
            bankTransaction: { externalId: "sek" },
          },
        ],
      },
    });
    expect(await ofTransaction("sek")).toMatchObject({ state: "EXPLAINED", residue: { kind: "EXCHANGE" } });
  });

  test("a payout is found by its reference, and without a rate, when the bank states none", async () => {
    const n = nextDay();
    await putRecords(stripe, [kronor("po_sekref", 1_100_000n, n)]);
    await putRecords(bank, [
      credit("sekref", 96_000n, n + 20, {
        searchText: "TRANSFER po_sekref",
        amounts: [instructed(1_100_000n, "SEK"), { name: "TxAmt", money: money(96_000n, 2, "EUR") }],
      }),
    ]);
    await match(day(n + 21));
    expect(await residueOf("po_sekref")).toMatchObject({
      state: "EXPLAINED",
      residue: { exchanges: [{ rate: null, unitCurrency: null, booked: { amount: "960.00" } }] },
    });
  });

  test("what a declared fee in the currency of the payout leaves is explained as the fee, with the conversion", async () => {
    const n = nextDay();
    await putRecords(stripe, [kronor("po_nok", 1_200_000n, n, "NOK")]);
    await putRecords(bank, [credit("nok", 101_000n, n, { amounts: [instructed(1_198_750n, "NOK", "0.0842")] })]);
    await match(day(n + 1));
    expect(await residueOf("po_nok")).toMatchObject({
      state: "EXPLAINED",
      residue: {
        kind: "FEE",
        amount: { amount: "12.50", currency: "NOK" },
        exchanges: [{ instructed: { amount: "11987.50" }, booked: { amount: "1010.00" }, rate: "0.0842" }],
      },
    });
  });

  test("a cent off, another currency, another account's currency and two candidates are never matched", async () => {
    const n = nextDay();
    await putRecords(stripe, [
      kronor("po_off", 1_300_000n, n),
      kronor("po_currency", 1_400_000n, n),
      kronor("po_booked", 1_500_000n, n),
      kronor("po_two", 1_600_000n, n),
      kronor("po_unstated", 1_700_000n, n),
    ]);
    await putRecords(bank, [
      credit("off", 113_000n, n, {
        searchText: "STRIPE po_off",
        amounts: [instructed(1_300_001n, "SEK", "0.0869")],
      }),
      credit("currency", 122_000n, n, {
        searchText: "STRIPE po_currency",
        amounts: [instructed(1_400_000n, "DKK", "0.0871")],
      }),
      credit("booked", 0n, n, {
        amount: money(165_000n, 2, "USD"),
        searchText: "STRIPE po_booked",
        amounts: [instructed(1_500_000n, "SEK", "0.11")],
      }),
      ...["two-a", "two-b"].map((id) =>
        credit(id, 139_000n, n, { amounts: [instructed(1_600_000n, "SEK", "0.0868")] }),
      ),
      credit("unstated", 148_000n, n, {
        searchText: "STRIPE po_unstated",
        amounts: [instructed(1_700_000n, "SEK"), instructed(1_700_002n, "SEK")],
      }),
    ]);
    await match(day(n + 60));
    for (const name of ["po_off", "po_currency", "po_booked", "po_two", "po_unstated"])
      expect([name, (await ofPayout(name)).state]).toEqual([name, "OPEN"]);
    expect(await ofPayout("po_off")).toMatchObject({
      proposals: [{ reason: "AMOUNT_DIFFERS", difference: { amount: "-0.01" } }],
    });
    expect(await ofPayout("po_two")).toMatchObject({
      proposals: [{ reason: "SEVERAL_CANDIDATES" }, { reason: "SEVERAL_CANDIDATES" }],
    });
    expect(await ofTransaction("off")).toMatchObject({ state: "OPEN", moneyAtStake: { amount: "13000.01" } });
    expect(await ofTransaction("currency")).toMatchObject({ state: "OPEN", moneyAtStake: { amount: "1220.00" } });
  });

  test("a payout on which the bank has corrected the instructed amount is matched, or not any more", async () => {
    const n = nextDay();
    await putRecords(stripe, [kronor("po_corrected", 1_800_000n, n)]);
    const reported = (minor: bigint) =>
      putRecords(bank, [
        credit("corrected", 157_000n, n, { searchText: "STRIPE po_corrected", amounts: [instructed(minor, "SEK")] }),
      ]);
    await reported(1_800_001n);
    await match(day(n + 1));
    expect(await ofPayout("po_corrected")).toMatchObject({ state: "TIMING" });
    await reported(1_800_000n);
    await match(day(n + 1));
    expect(await ofPayout("po_corrected")).toMatchObject({
      state: "EXPLAINED",
      links: [{ amount: { amount: "18000.00" } }],
    });
  });

  test("a payout in two converted credits is matched with both, and a person may match what is a cent off", async () => {
    const n = nextDay();
    await putRecords(stripe, [kronor("po_parts", 1_900_000n, n), kronor("po_hand_sek", 2_000_000n, n)]);
    await putRecords(bank, [
      credit("part-a", 83_000n, n, { searchText: "STRIPE po_parts", amounts: [instructed(950_000n, "SEK", "0.0873")] }),
      credit("part-b", 83_001n, n, { searchText: "STRIPE po_parts", amounts: [instructed(950_000n, "SEK", "0.0873")] }),
      credit("hand-sek", 175_000n, n, { amounts: [instructed(1_999_999n, "SEK", "0.0875")] }),
    ]);
    await match(day(n + 1));
    const parts = await residueOf("po_parts");
    expect(parts).toMatchObject({ state: "EXPLAINED", residue: { kind: "EXCHANGE" } });
    expect(parts.residue.exchanges).toHaveLength(2);
    const { errors } = await graph.query(
      `mutation { matchPayout(payoutIds: ["${payoutId("po_hand_sek")}"],
        bankTransactionIds: ["${transactionId("hand-sek")}"], reason: "checked") { id } }`,
    );
    expect(errors).toEqual([]);
    expect(await residueOf("po_hand_sek")).toMatchObject({
      state: "EXPLAINED",
      residue: { kind: "ACCEPTED", amount: { amount: "0.01", currency: "SEK" }, exchanges: [{ rate: "0.0875" }] },
    });
  });
});

describe("payouts that do not arrive", () => {
  const findings = async (kind: string) => {
    const data = await query(
      `{ findings(first: 100, filter: { isOpen: true }) { nodes { kind summary evidence { name value } } } }`,
    );
    return data.findings.nodes.filter((one: { kind: string }) => one.kind === kind);
  };

  test("a payout is a matter of timing within the usual days, then open with a finding, until it arrives", async () => {
    const n = nextDay();
    const amount = money(93_000n, 2, "USD");
    await putRecords(stripe, [payout("po_late", 0n, n, { amount })]);
    const ofLate = async () =>
      (await findings("PAYOUT_NOT_ARRIVED")).filter(({ summary }: { summary: string }) =>
        summary.includes(payoutId("po_late")),
      );
    await match(day(n + 2));
    expect(await ofPayout("po_late")).toMatchObject({ state: "TIMING" });
    expect(await ofLate()).toEqual([]);
    await match(day(n + 20));
    expect(await ofPayout("po_late")).toMatchObject({ state: "OPEN", moneyAtStake: { amount: "930.00" } });
    expect(await ofLate()).toHaveLength(1);
    await putRecords(bank, [
      credit("late", 0n, n + 21, { amount: money(92_850n, 2, "USD"), searchText: "STRIPE po_late" }),
    ]);
    await match(day(n + 22));
    expect(await ofPayout("po_late")).toMatchObject({ state: "EXPLAINED", reasons: ["REFERENCE", "AMOUNT", "DATE"] });
    expect(await ofLate()).toEqual([]);
  });

  test("more than twenty open payouts of a route have one finding together", async () => {
    const n = nextDay();
    const many = Array.from({ length: 21 }, (_, index) => index);
    await putRecords(
      stripe,
      many.map((index) => payout(`po_many${index}`, 0n, n, { amount: money(500_000n + BigInt(index), 2, "USD") })),
    );
    await match(day(n + 20));
    const [together, ...others] = await findings("PAYOUTS_NOT_ARRIVED");
    expect(others).toEqual([]);
    expect(together.summary).toMatch(/^\d+ payouts of [\d.]+ USD are not among/);
    expect(
      (await findings("PAYOUT_NOT_ARRIVED")).filter((one: { evidence: { value: string }[] }) =>
        one.evidence.some(({ value }) => value === "dollars"),
      ),
    ).toEqual([]);
    for (const index of many) await tombstoneRecord(stripe, "Payout", `po_many${index}`);
    await match(day(n + 20));
    expect(await findings("PAYOUTS_NOT_ARRIVED")).toEqual([]);
  });
});

describe("decisions of people", () => {
  const DECISION = "{ id kind reason decidedBy undoneAt undoneBy }";
  const mutate = async (field: string) => {
    const { data, errors } = await graph.query(`mutation { result: ${field} ${DECISION} }`);
    return { decision: data?.result, errors };
  };
  const matchBoth = (payouts: readonly string[], transactions: readonly string[]) =>
    mutate(
      `matchPayout(payoutIds: ${JSON.stringify(payouts.map(payoutId))}, bankTransactionIds: ${JSON.stringify(transactions.map(transactionId))}, reason: "seen at the bank")`,
    );

  test("a match with a difference survives every new matching, and is undone", async () => {
    const [amount, n] = [nextBase(), nextDay()];
    await putRecords(stripe, [payout("po_hand", amount, n)]);
    await putRecords(bank, [credit("hand", amount - 15n, n + 40, { searchText: "transfer" })]);
    await match(day(n + 60));
    expect(await ofPayout("po_hand")).toMatchObject({ state: "OPEN" });
    const { decision, errors } = await matchBoth(["po_hand"], ["hand"]);
    expect(errors).toEqual([]);
    expect(decision).toMatchObject({ kind: "MATCH", reason: "seen at the bank", undoneAt: null });
    const accepted = {
      state: "EXPLAINED",
      reasons: ["PERSON"],
      residue: { kind: "ACCEPTED", amount: { amount: "0.15" } },
      decision: { id: decision.id },
    };
    expect(await ofPayout("po_hand")).toMatchObject(accepted);
    await match(day(n + 61));
    expect(await ofPayout("po_hand")).toMatchObject(accepted);
    expect(await ofTransaction("hand")).toMatchObject(accepted);
    expect((await matchBoth(["po_hand"], ["hand"])).errors[0]?.extensions.code).toBe("CONFLICT");
    const undone = await mutate(`undoMatchDecision(id: "${decision.id}")`);
    expect(undone.decision.undoneAt).not.toBeNull();
    expect(await ofPayout("po_hand")).toMatchObject({ state: "OPEN", decision: null });
    expect(await ofTransaction("hand")).toBeNull();
  });

  test("a match is reported as a conflict when its transaction is deleted later", async () => {
    const [amount, n] = [nextBase(), nextDay()];
    await putRecords(stripe, [payout("po_conflict", amount, n)]);
    await putRecords(bank, [credit("conflict", amount, n + 40, { searchText: "transfer" })]);
    await match(day(n + 50));
    const { decision } = await matchBoth(["po_conflict"], ["conflict"]);
    expect(await ofPayout("po_conflict")).toMatchObject({ state: "MATCHED", residue: null });
    await tombstoneRecord(bank, "BankTransaction", "conflict");
    await match(day(n + 50));
    expect(await ofPayout("po_conflict")).toMatchObject({
      state: "CONFLICT",
      decision: { id: decision.id },
      moneyAtStake: {},
    });
  });

  test("objects that a person has separated are never matched again, until that is undone", async () => {
    const [amount, n] = [nextBase(), nextDay()];
    await putRecords(stripe, [payout("po_apart", amount, n)]);
    await putRecords(bank, [credit("apart", amount, n, { searchText: "STRIPE po_apart" })]);
    await match(day(n + 1));
    expect(await ofPayout("po_apart")).toMatchObject({ state: "MATCHED" });
    const { decision, errors } = await mutate(
      `unmatchPayout(payoutId: "${payoutId("po_apart")}", reason: "another company")`,
    );
    expect(errors).toEqual([]);
    expect(await ofPayout("po_apart")).toMatchObject({ links: [] });
    await match(day(n + 1));
    expect(await ofPayout("po_apart")).toMatchObject({ state: "TIMING", links: [] });
    await mutate(`undoMatchDecision(id: "${decision.id}")`);
    expect(await ofPayout("po_apart")).toMatchObject({ state: "MATCHED" });
  });

  test.each([
    [
      "a payout that is not stored",
      ["po_nowhere"],
      ["hand"],
      "INVALID_INPUT",
      /payoutIds must be payouts that can arrive/,
    ],
    ["no payouts", [], ["hand"], "INVALID_INPUT", /payoutIds must have 1 to 50 ids, got 0/],
  ])("%s is refused", async (_name, payouts, transactions, code, message) => {
    const { errors } = await matchBoth(payouts, transactions);
    expect(errors[0]?.extensions.code).toBe(code);
    expect(errors[0]?.message).toMatch(message);
  });

  test("each decision and each changed result is an event", async () => {
    const rows = await store.db.read("acme", (tx) =>
      tx.query<{ data: { state: string; previous: string; objectId: string } }>(
        "select data from events where kind = 'PayoutMatchChanged' and data ->> 'objectId' = $1 order by seq",
        [payoutId("po_apart")],
      ),
    );
    expect(rows.map(({ data }) => [data.previous, data.state])).toEqual([
      [null, "MATCHED"],
      ["MATCHED", "TIMING"],
      ["TIMING", "MATCHED"],
    ]);
  });
});

describe("the database", () => {
  test("refuses a match whose amounts do not add up", async () => {
    const [amount, n] = [nextBase(), nextDay()];
    await putRecords(stripe, [payout("po_sum", amount, n)]);
    await putRecords(bank, [credit("sum", amount, n)]);
    await match(day(n + 1));
    expect(await ofPayout("po_sum")).toMatchObject({ state: "MATCHED" });
    const alter = store.db.transaction("acme", (tx) =>
      tx.query("update reconciliation_items set amount = amount + 1 where id = $1", [payoutId("po_sum")]),
    );
    await expect(alter).rejects.toThrow(/do not add up/);
  });
});

describe("the list of results", () => {
  const LIST = (args: string) =>
    `{ reconciliationItems(${args}) { nodes { id reconciliation { state ageDays day amount { amount currency } } } pageInfo { endCursor hasNextPage } totalCount { count } } }`;

  test("lists the open items by age, page by page, with totals per currency", async () => {
    const filter = "filter: { state: [OPEN, CONFLICT], kind: PAYOUT }";
    const seen: { id: string; reconciliation: { day: string } }[] = [];
    for (let after = "null"; ;) {
      const { reconciliationItems: list } = await query(LIST(`first: 2, after: ${after}, ${filter}`));
      seen.push(...list.nodes);
      if (list.pageInfo.hasNextPage !== true) break;
      after = JSON.stringify(list.pageInfo.endCursor);
    }
    const all = (await query(LIST(`first: 100, ${filter}`))).reconciliationItems;
    expect(seen.map(({ id }) => id)).toEqual(all.nodes.map(({ id }: { id: string }) => id));
    expect(all.totalCount.count).toBe(seen.length);
    const listed = seen.map(({ reconciliation }) => reconciliation.day);
    expect(listed).toEqual(listed.toSorted());
    expect(seen.length).toBeGreaterThan(2);
    const { reconciliationTotals: totals } = await query(
      `{ reconciliationTotals(${filter}) { count sums { currency count amount { amount } } } }`,
    );
    expect(totals.count).toBe(seen.length);
    expect(totals.sums.map(({ currency }: { currency: string }) => currency)).toEqual(["EUR", "SEK", "USD"]);
  });

  test("lists by amount, and by a range of ages", async () => {
    const { nodes } = (await query(LIST('first: 100, orderBy: AMOUNT, filter: { currency: "USD" }')))
      .reconciliationItems;
    const amounts = nodes.map((node: { reconciliation: { amount: { amount: string } } }) =>
      Number(node.reconciliation.amount.amount),
    );
    expect(amounts.length).toBeGreaterThan(3);
    expect(amounts).toEqual(amounts.toSorted((a: number, b: number) => b - a));
    const { errors } = await graph.query(LIST("filter: { minAgeDays: 5, maxAgeDays: 4 }"));
    expect(errors[0]?.message).toMatch(/minAgeDays must not be greater/);
  });
});
