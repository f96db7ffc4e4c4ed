import { describe, expect, test } from "@jest/globals";
import type { ObjectMessage } from "../../connector-api/messages.ts";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";
import { fixture } from "./fixtures/load.ts";
import { KINDS, type ObjectName } from "./kinds.ts";
import { messagesOf } from "./messages.ts";

const VERSION = { from: 1_763_900_000_000n, until: 1_763_900_000_999n, finality: 1 } as const;
const RAW = { payload: { bytes: new Uint8Array(), mediaType: "application/json" }, path: "/data/0" };

function read(name: ObjectName, item: unknown): readonly ObjectMessage[] {
  return messagesOf(KINDS[name], item, { version: VERSION, raw: RAW });
}

/** The records of an item that must be readable. */
function records(name: ObjectName, item: unknown) {
  return read(name, item).map((message) => {
    if (message.type !== "record") throw new TypeError(`expected a record, got ${JSON.stringify(message, bigintText)}`);
    return message.record;
  });
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}` : value;
}

function euro(minor: bigint) {
  return { minor, exponent: 2, currency: "EUR" };
}

describe("mapping of Stripe objects", () => {
  test("a charge with an intent is an attempt of its payment", () => {
    expect(records("charge", fixture("charge"))).toEqual([
      {
        type: "PaymentAttempt",
        externalId: "ch_3example",
        createdAt: "2025-11-22T08:26:40.000Z",
        paymentExternalId: "pi_3example",
        amount: euro(1999n),
        capturedMinor: 1999n,
        refundedMinor: 500n,
        method: "card",
        error: undefined,
        status: "SUCCEEDED",
        rawStatus: "succeeded",
        extensions: { "stripe.risk_level": "normal", "stripe.metadata.order_id": "6735" },
      },
    ]);
  });

  test.each([
    { amount: 1999, captured: 1999, refunded: 500, expected: 500n, what: "captured in full and refunded in part" },
    { amount: 1999, captured: 1900, refunded: 99, expected: 0n, what: "captured in part" },
    { amount: 1999, captured: 1900, refunded: 599, expected: 500n, what: "captured in part, then refunded in part" },
    { amount: 1999, captured: 1900, refunded: 1999, expected: 1900n, what: "captured in part, then refunded in full" },
    { amount: 1999, captured: 0, refunded: 1999, expected: 0n, what: "canceled or expired" },
    { amount: 1999, captured: 0, refunded: 0, expected: 0n, what: "authorised" },
    { amount: 1999, captured: 900, refunded: 0, expected: 0n, what: "captured once of several times" },
    { amount: 1999, captured: 900, refunded: 200, expected: 200n, what: "refunded while more may be captured" },
    { amount: 1999, captured: 2100, refunded: 300, expected: 300n, what: "captured beyond the authorisation" },
    { amount: 1999, captured: 100, refunded: 2500, expected: 100n, what: "refunded beyond what was captured" },
  ])(
    "C1: of a charge that is $what, only the captured amount can be refunded",
    ({ amount, captured, refunded, expected }) => {
      const [attempt] = records(
        "charge",
        fixture("charge", { amount, amount_captured: captured, amount_refunded: refunded }),
      );
      expect(attempt).toMatchObject({ capturedMinor: BigInt(captured), refundedMinor: expected });
    },
  );

  test.each([
    ["succeeded", null, "RELEASED"],
    ["succeeded", "txn_1", "SUCCEEDED"],
    ["succeeded", undefined, "SUCCEEDED"],
    ["pending", null, "PENDING"],
    ["failed", null, "FAILED"],
    ["canceled", null, "CANCELED"],
  ])("C1: a refund with status %s and balance transaction %s is %s", (status, transaction, expected) => {
    const [refund] = records("refund", fixture("refund", { status, balance_transaction: transaction }));
    expect(refund).toMatchObject({ status: expected, rawStatus: status });
  });

  test("a charge without an intent is also the payment, under its own id", () => {
    const [payment, attempt] = records("charge", fixture("charge", { payment_intent: null }));
    expect(payment).toMatchObject({
      type: "Payment",
      externalId: "ch_3example",
      kind: "PAYIN",
      status: "SUCCEEDED",
      capturedMinor: 1999n,
      debtorExternalId: "cus_TQ1example",
      method: "card",
    });
    expect(attempt).toMatchObject({ type: "PaymentAttempt", paymentExternalId: "ch_3example" });
  });

  test.each([
    ["succeeded", true, false, "SUCCEEDED"],
    ["succeeded", true, true, "SUCCEEDED"],
    ["succeeded", false, false, "AUTHORIZED"],
    ["succeeded", false, true, "CANCELED"],
    ["pending", false, false, "PROCESSING"],
    ["failed", false, false, "FAILED"],
    ["levitating", false, false, undefined],
  ])("a direct charge with status %s, captured %s, refunded %s is %s", (status, captured, refunded, expected) => {
    const [payment] = records("charge", fixture("charge", { payment_intent: null, status, captured, refunded }));
    expect(payment).toMatchObject({ type: "Payment", status: expected, rawStatus: status });
  });

  test("a payment intent", () => {
    expect(records("payment_intent", fixture("payment-intent"))).toEqual([
      {
        type: "Payment",
        externalId: "pi_3example",
        createdAt: "2025-11-22T08:26:40.000Z",
        kind: "PAYIN",
        amount: euro(1999n),
        capturedMinor: 1999n,
        debtorExternalId: "cus_TQ1example",
        creditorExternalId: undefined,
        method: "card",
        description: "Order 6735",
        references: [
          { scheme: "stripe.payment_intent", value: "pi_3example" },
          { scheme: "stripe.charge", value: "ch_3example" },
          { scheme: "statement_descriptor", value: "SLUICE SHOP" },
        ],
        status: "SUCCEEDED",
        rawStatus: "succeeded",
        extensions: { "stripe.capture_method": "automatic_async", "stripe.metadata.order_id": "6735" },
      },
    ]);
  });

  test("an intent is mapped equally with expanded and unexpanded references", () => {
    const expanded = fixture("payment-intent", { latest_charge: fixture("charge"), customer: fixture("customer") });
    expect(records("payment_intent", expanded)).toEqual(records("payment_intent", fixture("payment-intent")));
  });

  test("the other objects", () => {
    expect(records("customer", fixture("customer"))).toEqual([
      expect.objectContaining({ type: "Party", kind: "PERSON", name: "Ada Lovelace", email: "ada@example.com" }),
    ]);
    expect(records("refund", fixture("refund"))).toEqual([
      expect.objectContaining({
        paymentExternalId: "pi_3example",
        attemptExternalId: "ch_3example",
        amount: euro(500n),
        status: "SUCCEEDED",
        reason: "requested_by_customer",
      }),
    ]);
    expect(records("dispute", fixture("dispute"))).toEqual([
      expect.objectContaining({
        status: "NEEDS_RESPONSE",
        stage: "CHARGEBACK",
        evidenceDueBy: "2025-12-01T08:26:40.000Z",
        paymentExternalId: "pi_3example",
      }),
    ]);
    expect(records("balance_transaction", fixture("balance-transaction"))).toEqual([
      expect.objectContaining({
        accountExternalId: "balance",
        kind: "PAYMENT",
        rawKind: "charge",
        gross: euro(1999n),
        feeMinor: 83n,
        netMinor: 1916n,
        originType: "PaymentAttempt",
        originExternalId: "ch_3example",
        availableOn: "2025-11-24T08:26:40.000Z",
      }),
    ]);
  });

  test("a payout names its destination, and includes it when it is expanded", () => {
    const [account, payout] = records("payout", fixture("payout-expanded"));
    expect(account).toMatchObject({
      type: "Account",
      externalId: "ba_1example",
      ownership: "EXTERNAL",
      kind: "BANK_ACCOUNT",
      currency: "EUR",
      identifiers: [
        { scheme: "masked", value: "****3000" },
        { scheme: "routing_number", value: "110000000" },
      ],
    });
    expect(payout).toMatchObject({ type: "Payout", arrivalDate: "2025-11-24", status: "PAID" });
    expect(records("payout", fixture("payout-expanded", { destination: "ba_1example" }))).toEqual([payout]);
  });

  test("a payout to an account that was deleted since reports the account as deleted", () => {
    const destination = { id: "ba_1example", object: "bank_account", deleted: true };
    const messages = read("payout", fixture("payout-expanded", { destination }));
    expect(messages[0]).toMatchObject({ type: "tombstone", entity: "Account", version: { finality: 2 } });
    expect(messages[1]).toMatchObject({ type: "record", record: { destinationExternalId: "ba_1example" } });
  });

  test("the balance is an account, and a balance for each kind and currency", () => {
    const found = records("balance", fixture("balance")).map((record) =>
      record.type === "Balance" ? [record.externalId, record.money.minor, record.asOf] : [record.externalId],
    );
    const asOf = "2025-11-23T12:13:20.000Z";
    expect(found).toEqual([
      ["balance"],
      ["balance:AVAILABLE:EUR", 120050n, asOf],
      ["balance:AVAILABLE:JPY", -300n, asOf],
      ["balance:PENDING:EUR", 1916n, asOf],
      ["balance:RESERVED:EUR", 1000n, asOf],
    ]);
  });
});

describe("the reason of a failed charge", () => {
  const failed = (failure_code: string | null, outcome: Record<string, unknown>) =>
    records("charge", fixture("charge", { status: "failed", failure_code, failure_message: "No.", outcome }))[0];

  test.each([
    ["card_declined", { reason: "generic_decline" }, "generic_decline", "DECLINED", false],
    ["card_declined", { reason: "insufficient_funds" }, "insufficient_funds", "DECLINED", true],
    [
      "card_declined",
      { reason: "generic_decline", advice_code: "try_again_later" },
      "generic_decline",
      "DECLINED",
      true,
    ],
    ["processing_error", { advice_code: "do_not_try_again" }, "processing_error", "PROCESSING", false],
    ["expired_card", {}, "expired_card", "INVALID", false],
    ["authentication_required", {}, "authentication_required", "AUTHENTICATION", false],
    ["card_declined", { reason: "highest_risk_level", type: "blocked" }, "highest_risk_level", "FRAUD", false],
    ["word_of_next_year", {}, "word_of_next_year", "OTHER", false],
    [null, {}, "unknown", "OTHER", false],
  ])("%s with %j is %s", (code, outcome, expected, category, retryable) => {
    expect(failed(code, outcome)).toMatchObject({
      status: "FAILED",
      error: { code: expected, category, retryable, message: "No." },
    });
  });
});

describe("unknown enum values stay raw and are reported (F26)", () => {
  test.each([
    ["charge", "charge", "status"],
    ["payment_intent", "payment-intent", "status"],
    ["refund", "refund", "status"],
    ["dispute", "dispute", "status"],
    ["payout", "payout-expanded", "status"],
    ["balance_transaction", "balance-transaction", "reporting_category"],
  ] as const)("%s", (name, file, field) => {
    for (const value of ["teleported", "constructor", "__proto__"]) {
      const message = read(name, fixture(file, { [field]: value })).at(-1);
      expect(message).toMatchObject({ type: "record", unknowns: [{ path: field, value }] });
      const word = field === "status" ? { status: undefined, rawStatus: value } : { kind: undefined, rawKind: value };
      expect(message).toMatchObject({ record: word });
    }
  });

  test("known enum values are not reported", () => {
    expect(read("charge", fixture("charge"))).toMatchObject([{ unknowns: [] }]);
  });
});

describe("kinds of ledger entries", () => {
  test.each([
    ["anticipation_repayment", "anticipation_repayment", "FINANCING"],
    ["adjustment", "financing_paydown", "FINANCING"],
    ["advance", "advance", "FINANCING"],
    ["payout_minimum_balance_hold", "other_adjustment", "RESERVE"],
    ["reserve_hold", "risk_reserved_funds", "RESERVE"],
    ["payment_network_reserve_release", "other_adjustment", "RESERVE"],
    ["connect_collection_transfer", "connect_collection_transfer", "TRANSFER"],
    ["stripe_fee", "fee", "FEE"],
    ["payout_failure", "payout_reversal", "PAYOUT"],
    ["adjustment", "other_adjustment", "ADJUSTMENT"],
  ])("type %s of category %s is %s", (type, category, kind) => {
    const item = fixture("balance-transaction", { type, reporting_category: category });
    expect(read("balance_transaction", item)).toMatchObject([{ record: { kind, rawKind: category }, unknowns: [] }]);
  });

  test("an entry of another balance than that of payments is in a ledger of its own", () => {
    const of = (value: unknown) => read("balance_transaction", fixture("balance-transaction", { balance_type: value }));
    expect(of("payments")).toMatchObject([{ record: { accountExternalId: "balance" } }]);
    expect(of(undefined)).toMatchObject([{ record: { accountExternalId: "balance" } }]);
    expect(of("risk_reserved")).toMatchObject([{ record: { accountExternalId: "balance:risk_reserved" } }]);
  });
});

describe("an item that does not match the documented shape stops only itself (F26)", () => {
  test.each([
    ["amount", "12.50", "must be an integer, got string"],
    ["amount", undefined, "must be an integer, got nothing"],
    ["amount", parseExactJson("19.99"), "must be an integer, got object"],
    ["created", null, "must be number, got null"],
    ["currency", "eu", "must be a currency code, got string"],
    ["status", 7, "must be string, got number"],
    ["description", "a\0b", "must be storable text, got string"],
    ["description", "\ud800", "must be storable text, got string"],
    ["object", "card", 'must be "charge", got string'],
    ["captured", "yes", "must be boolean, got string"],
    ["payment_intent", 5, "must be an id, got number"],
    ["metadata", [1], "must be record, got array"],
  ])("%s %j: %s", (path, value, problem) => {
    const messages = read("charge", fixture("charge", { [path]: value }));
    expect(messages).toEqual([
      { type: "malformed", entity: "PaymentAttempt", externalId: "ch_3example", path, problem, raw: RAW },
    ]);
  });

  test("a currency without a known exponent, and an amount that the currency cannot express, are malformed", () => {
    expect(read("charge", fixture("charge", { currency: "zzz" }))).toMatchObject([
      { type: "malformed", path: "amount" },
    ]);
    expect(read("charge", fixture("charge", { currency: "isk" }))).toMatchObject([
      { type: "malformed", path: "amount" },
    ]);
  });

  test("a ledger entry whose parts do not add up is malformed", () => {
    expect(read("balance_transaction", fixture("balance-transaction", { net: 1917 }))).toMatchObject([
      { type: "malformed", path: "net", problem: "must be amount less fee, got number" },
    ]);
  });

  test.each([null, [], "charge", 5, {}])("%j", (item) => {
    expect(read("charge", item)).toMatchObject([{ type: "malformed", externalId: undefined }]);
  });
});

describe("Stripe amounts are exact", () => {
  test("beyond 2^53 (F57)", () => {
    const amount = parseExactJson("9007199254740993");
    expect(records("payment_intent", fixture("payment-intent", { amount }))).toMatchObject([
      { amount: { minor: 9007199254740993n } },
    ]);
  });

  test.each([
    ["eur", 1050, 1050n, 2],
    ["jpy", 500, 500n, 0],
    ["kwd", 10500, 10500n, 3],
    ["bhd", 1230, 1230n, 3],
    ["mga", 500, 50000n, 2], // whole ariary for Stripe, two digits in ISO 4217
    ["isk", 500, 5n, 0], // two digits for Stripe, none in ISO 4217
    ["ugx", 10000, 100n, 0],
    ["huf", 10045, 10045n, 2],
    ["twd", 80045, 80045n, 2],
  ])("%s %i", (currency, amount, minor, exponent) => {
    const intent = fixture("payment-intent", { amount, amount_received: 0, currency });
    expect(records("payment_intent", intent)).toMatchObject([
      { amount: { minor, exponent, currency: currency.toUpperCase() } },
    ]);
  });
});
