import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { BankTransactionRecord, PayoutRecord } from "../../../src/domain/entities.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { bankTransactionRecord, day, money } from "../../helpers/bank-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";
import { addSource, tombstoneRecord, euro, payoutRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";

let graph: GraphServer;
let stripe: Place;
let bank: Place;
beforeAll(async () => {
  graph = await useGraphServer();
  stripe = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  bank = { ...stripe, sourceId: "bank" };
  await addSource(stripe);
  await addSource(bank);
});
afterAll(async () => graph[Symbol.asyncDispose]());

/** Each test has an amount of its own, so that they do not match each other. */
let amounts = 50_000n;
function nextAmount(): bigint {
  amounts += 1_000n;
  return amounts;
}

function payout(externalId: string, minor: bigint, changes: Partial<PayoutRecord> = {}): PayoutRecord {
  return { ...payoutRecord(0), externalId, amount: euro(minor), arrivalDate: day(10), ...changes };
}

function credit(externalId: string, minor: bigint, n = 10, changes: Partial<BankTransactionRecord> = {}) {
  return bankTransactionRecord(externalId, n, { amount: euro(minor), ...changes });
}

interface Match {
  readonly reasons: readonly string[];
  readonly explanation: string;
  readonly payout: { readonly externalId: string };
  readonly bankTransaction: { readonly externalId: string };
}
const MATCH = "{ reasons explanation payout { externalId } bankTransaction { externalId } }";

async function matchOf(externalId: string): Promise<Match | null> {
  await matchEverything(stripe);
  const id = entityId("acme", "stripe-main", "Payout", externalId);
  const { data, errors } = await graph.query(`{ payout(id: "${id}") { bankTransaction ${MATCH} } }`);
  expect(errors).toEqual([]);
  const { bankTransaction: match } = data.payout;
  // Both sides return the same match.
  const reverse = match === null ? null : await reverseOf(match.bankTransaction.externalId);
  expect(reverse).toEqual(match);
  return match;
}

async function reverseOf(externalId: string): Promise<Match | null> {
  const id = entityId("acme", "bank", "BankTransaction", externalId);
  const { data, errors } = await graph.query(`{ bankTransaction(id: "${id}") { payout ${MATCH} } }`);
  expect(errors).toEqual([]);
  return data.bankTransaction.payout;
}

const arrivedAs = async (externalId: string) => (await matchOf(externalId))?.bankTransaction.externalId ?? null;

describe("matching a payout to a bank transaction", () => {
  test("matches the only credit of its amount, and returns the reasons", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_only", minor)]);
    await putRecords(bank, [credit("only", minor, 11)]);
    expect(await matchOf("po_only")).toEqual({
      payout: { externalId: "po_only" },
      bankTransaction: { externalId: "only" },
      reasons: ["AMOUNT", "DATE", "ONLY_ONE"],
      explanation:
        `510.00 EUR arrived on ${day(11)}, 1 day after the ${day(10)} that it was expected. ` +
        "No reference confirms it, but no other credit and no other payout of this amount is possible.",
    });
  });

  test("matches the credit that names the payout, although another one is nearer in time", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_Named", minor, { references: [{ scheme: "trace", value: "TRACE-77" }] })]);
    await putRecords(bank, [
      credit("near", minor, 10),
      credit("named", minor, 13, { searchText: "STRIPE PAYOUT PO_NAMED/2026" }),
    ]);
    expect(await matchOf("po_Named")).toMatchObject({
      bankTransaction: { externalId: "named" },
      reasons: ["REFERENCE", "AMOUNT", "DATE"],
      explanation: expect.stringMatching(
        /^The transaction refers to the payout: it contains po_Named\. 520\.00 EUR/,
      ) as unknown,
    });
    expect(await reverseOf("near")).toBeNull();
  });

  test("matches the credit that has one of the payout's references as its own", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [
      payout("po_ref", minor, {
        references: [
          { scheme: "trace", value: "T/1-é" },
          { scheme: "x", value: "1" },
        ],
      }),
    ]);
    await putRecords(bank, [
      credit("other-ref", minor, 10, { referenceValues: ["1"], searchText: "1 T 1" }),
      credit("own-ref", minor, 10, { referenceValues: ["T/1-é"] }),
    ]);
    expect(await arrivedAs("po_ref")).toBe("own-ref");
  });

  test("does not match a reference that is only part of a word", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_part", minor)]);
    await putRecords(
      bank,
      ["a", "b"].map((name) => credit(`part-${name}`, minor, 10, { searchText: `xpo part${name} po_parts` })),
    );
    expect(await arrivedAs("po_part")).toBeNull();
  });

  test("matches nothing when two credits are possible, and either alone would match", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_two", minor)]);
    await putRecords(bank, [credit("two-a", minor), credit("two-b", minor, 12)]);
    expect(await arrivedAs("po_two")).toBeNull();
    expect(await reverseOf("two-a")).toBeNull();
    await tombstoneRecord(bank, "BankTransaction", "two-a");
    expect(await arrivedAs("po_two")).toBe("two-b");
  });

  test("matches nothing when two payouts are possible for one credit", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_p1", minor), payout("po_p2", minor, { arrivalDate: day(9) })]);
    await putRecords(bank, [credit("contested", minor)]);
    expect([await arrivedAs("po_p1"), await arrivedAs("po_p2"), await reverseOf("contested")]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("matches the remaining ones after references have matched the others", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_s1", minor), payout("po_s2", minor)]);
    await putRecords(bank, [
      credit("settled-1", minor, 10, { referenceValues: ["po_s1"] }),
      credit("settled-2", minor, 11),
    ]);
    expect(await arrivedAs("po_s1")).toBe("settled-1");
    expect(await arrivedAs("po_s2")).toBe("settled-2");
  });

  test("matches one of two credits that name the payout, and one of two payouts that a credit names", async () => {
    const [twice, shared] = [nextAmount(), nextAmount()];
    await putRecords(stripe, [
      payout("po_twice", twice),
      payout("po_sh1", shared),
      payout("po_sh2", shared, { arrivalDate: day(11) }),
    ]);
    await putRecords(bank, [
      credit("twice-far", twice, 14, { referenceValues: ["po_twice"] }),
      credit("twice-near", twice, 9, { referenceValues: ["po_twice"] }),
      credit("shared", shared, 11, { searchText: "po_sh1 po_sh2" }),
    ]);
    expect(await arrivedAs("po_twice")).toBe("twice-near");
    expect(await reverseOf("twice-far")).toBeNull();
    expect([await arrivedAs("po_sh1"), await arrivedAs("po_sh2")]).toEqual([null, "shared"]);
  });

  test.each([
    [-3, false],
    [-2, true],
    [0, true],
    [7, true],
    [90, true],
    [91, false],
  ])("a credit that names the payout %i days after the expected day: %s", async (days, isMatched) => {
    const minor = nextAmount();
    await putRecords(stripe, [payout(`po_w${days}`, minor)]);
    await putRecords(bank, [credit(`window${days}`, minor, 10 + days, { referenceValues: [`po_w${days}`] })]);
    expect(await arrivedAs(`po_w${days}`)).toBe(isMatched ? `window${days}` : null);
  });

  test.each([
    [-3, false],
    [-2, true],
    [7, true],
    [8, false],
  ])("a credit without a reference %i days after the expected day: %s", async (days, isMatched) => {
    const minor = nextAmount();
    await putRecords(stripe, [payout(`po_u${days}`, minor)]);
    await putRecords(bank, [credit(`unnamed${days}`, minor, 10 + days)]);
    expect(await arrivedAs(`po_u${days}`)).toBe(isMatched ? `unnamed${days}` : null);
  });

  test("matches a credit by its value date, if it has no booking date", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_value", minor)]);
    await putRecords(bank, [
      credit("valued", minor, 10, { booked: undefined }),
      credit("booked-late", minor, 30, { valued: { date: day(10), time: undefined } }),
    ]);
    expect(await arrivedAs("po_value")).toBe("valued");
  });

  test.each<[string, Partial<BankTransactionRecord>]>([
    ["debit", { direction: "DEBIT" }],
    ["pending credit", { status: "PENDING" }],
    ["reversal", { isReversal: true }],
    ["credit in another currency", { amount: money(600_001n, 2, "USD") }],
    ["credit of a higher amount", { amount: money(600_001_001n, 5, "EUR") }],
  ])("matches no %s", async (name, changes) => {
    const externalId = `po_${name}`;
    await putRecords(stripe, [payout(externalId, 600_001n)]);
    await putRecords(bank, [credit(name, 600_001n, 10, { referenceValues: [externalId], ...changes })]);
    expect(await arrivedAs(externalId)).toBeNull();
    await tombstoneRecord(stripe, "Payout", externalId);
    await tombstoneRecord(bank, "BankTransaction", name);
  });

  test("C7: a negative payout is matched to the debit that names it", async () => {
    await putRecords(stripe, [payout("po_negative", -5_000n, { arrivalDate: "2026-11-20" })]);
    const booked = { date: "2026-11-20", time: undefined };
    await putRecords(bank, [
      credit("taken", 5_000n, 0, { direction: "DEBIT", booked, valued: booked, searchText: "STRIPE po_negative" }),
    ]);
    expect(await matchOf("po_negative")).toEqual({
      payout: { externalId: "po_negative" },
      bankTransaction: { externalId: "taken" },
      reasons: ["REFERENCE", "AMOUNT", "DATE"],
      explanation:
        "The transaction refers to the payout: it contains po_negative. " +
        "50.00 EUR was debited from the account on 2026-11-20, the day that it was expected.",
    });
  });

  test("C7: a negative payout is matched to the only debit of its amount, and to no credit", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_debit", -minor), payout("po_credit", minor)]);
    await putRecords(bank, [credit("came", minor, 11), credit("went", minor, 11, { direction: "DEBIT" })]);
    expect(await matchOf("po_debit")).toMatchObject({
      bankTransaction: { externalId: "went" },
      reasons: ["AMOUNT", "DATE", "ONLY_ONE"],
      explanation: expect.stringMatching(/no other debit and no other payout of this amount is possible/) as unknown,
    });
    // A payout and its reversal have one amount: neither prevents the other's match.
    expect(await arrivedAs("po_credit")).toBe("came");
  });

  test("C7: a negative payout is matched to no credit that names it, and a payout of zero to nothing", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_minus", -minor), payout("po_zero", 0n)]);
    await putRecords(bank, [
      credit("plus", minor, 10, { referenceValues: ["po_minus"] }),
      credit("zero", 0n, 10, { referenceValues: ["po_zero"] }),
      credit("zero-debit", 0n, 10, { direction: "DEBIT", referenceValues: ["po_zero"] }),
      credit("returned", minor, 10, { direction: "DEBIT", isReversal: true, referenceValues: ["po_minus"] }),
    ]);
    expect([await arrivedAs("po_minus"), await arrivedAs("po_zero")]).toEqual([null, null]);
    expect([await reverseOf("plus"), await reverseOf("zero-debit")]).toEqual([null, null]);
  });

  test("C7: a negative payout that failed or was canceled is matched to nothing", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_bounced", -minor, { status: "FAILED" })]);
    await putRecords(bank, [credit("bounced", minor, 10, { direction: "DEBIT", referenceValues: ["po_bounced"] })]);
    expect(await arrivedAs("po_bounced")).toBeNull();
    expect(await reverseOf("bounced")).toBeNull();
  });

  test.each<[string, Partial<PayoutRecord>]>([
    ["failed", { status: "FAILED" }],
    ["canceled", { status: "CANCELED" }],
    ["undated", { arrivalDate: undefined }],
  ])("matches nothing when the payout is %s", async (name, changes) => {
    const minor = nextAmount();
    await putRecords(stripe, [payout(`po_${name}`, minor, changes)]);
    await putRecords(bank, [credit(name, minor, 10, { referenceValues: [`po_${name}`] })]);
    expect(await arrivedAs(`po_${name}`)).toBeNull();
    expect(await reverseOf(name)).toBeNull();
  });

  test("a failed payout does not prevent another match", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_ok", minor), payout("po_bad", minor, { status: "FAILED" })]);
    await putRecords(bank, [credit("for-ok", minor)]);
    expect(await arrivedAs("po_ok")).toBe("for-ok");
  });

  test("matches nothing of its own source, and nothing of another tenant", async () => {
    const minor = nextAmount();
    await putRecords(stripe, [payout("po_own", minor), credit("own-source", minor)]);
    await putRecords({ ...bank, tenantId: "umbrella" }, [credit("foreign", minor)]);
    expect(await arrivedAs("po_own")).toBeNull();
  });

  test("matches the same amount, with any number of digits", async () => {
    await putRecords(stripe, [
      payout("po_jpy", 0n, { amount: money(12_345n, 0, "JPY") }),
      payout("po_bhd", 0n, { amount: money(12_345n, 3, "BHD") }),
      payout("po_big", 0n, { amount: money(9_007_199_254_740_993n, 2, "EUR") }),
    ]);
    await putRecords(bank, [
      credit("jpy", 0n, 10, { amount: money(1_234_500_000n, 5, "JPY") }),
      credit("bhd", 0n, 10, { amount: money(1_234_500n, 5, "BHD") }),
      credit("big", 0n, 10, { amount: money(9_007_199_254_740_993_000n, 5, "EUR") }),
      credit("bigger", 0n, 10, { amount: money(9_007_199_254_740_993_001n, 5, "EUR") }),
      credit("beyond", 0n, 10, { amount: money(10n ** 38n, 2, "EUR") }),
    ]);
    expect([await arrivedAs("po_jpy"), await arrivedAs("po_bhd"), await arrivedAs("po_big")]).toEqual([
      "jpy",
      "bhd",
      "big",
    ]);
    expect(await reverseOf("beyond")).toBeNull();
  });

  test("a page of payouts or transactions is read with its matches by two SQL statements", async () => {
    const base = 7_000_000n;
    await putRecords(
      stripe,
      Array.from({ length: 60 }, (_, n) => payout(`po_page${n}`, base + BigInt(n))),
    );
    await putRecords(
      bank,
      Array.from({ length: 60 }, (_, n) => credit(`page${n}`, base + BigInt(n))),
    );
    const matchings = async (query: string) => {
      graph.takeStatements();
      const { data, errors } = await graph.query(query);
      expect(errors).toEqual([]);
      return { data, statements: graph.takeStatements() };
    };
    await matchEverything(stripe);
    const few = await matchings(`{ payouts(first: 5) { nodes { bankTransaction ${MATCH} } } }`);
    const many = await matchings(`{ payouts(first: 100) { nodes { bankTransaction ${MATCH} } } }`);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(
      many.data.payouts.nodes.filter((node: { bankTransaction: unknown }) => node.bankTransaction !== null).length,
    ).toBeGreaterThan(60);
    const reverse = await matchings(
      `{ bankTransactions(first: 100, filter: { amount: { currency: "EUR", min: "70000", max: "70001" } }) { nodes { externalId payout { payout { externalId } } } } }`,
    );
    expect(reverse.statements).toHaveLength(5); // search, page, results, objects of matches, payouts
    expect(reverse.data.bankTransactions.nodes).toHaveLength(60);
    for (const { externalId, payout: match } of reverse.data.bankTransactions.nodes) {
      expect(match.payout.externalId).toBe(`po_${externalId}`);
    }
  });
});
