import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decimalText } from "../../domain/money.ts";
import { FINALITY } from "../../domain/version.ts";
import { exampleTransaction } from "./fixtures/transaction.ts";
import { parseLiteral } from "./map/amount.ts";
import { transactionMessage } from "./transaction-messages.ts";

const VERSION = { from: 1n, until: 2n, finality: FINALITY.ordinary };
const RAW = { payload: { bytes: new Uint8Array(), mediaType: "application/json" }, path: "/added/0" };

function messageOf(literal?: string, changes?: Readonly<Record<string, unknown>>) {
  return transactionMessage(exampleTransaction(literal, changes), VERSION, RAW);
}

/** Direction, amount as text, currency. */
function moneyIn(literal: string, changes?: Readonly<Record<string, unknown>>) {
  const message = messageOf(literal, changes);
  if (message.type !== "record" || message.record.type !== "BankTransaction") throw new Error(JSON.stringify(message));
  const { direction, amount } = message.record;
  return [direction, decimalText(amount.minor, amount.exponent), amount.currency];
}

describe("Plaid amounts equal the JSON number, and money that leaves the account is a debit", () => {
  test.each([
    ["12.5", "DEBIT", "12.50"],
    ["12.50", "DEBIT", "12.50"],
    ["0.1", "DEBIT", "0.10"],
    ["0.30000000000000004", "DEBIT", "0.30000000000000004"],
    ["1e2", "DEBIT", "100.00"],
    ["1.2e1", "DEBIT", "12.00"],
    ["125E-1", "DEBIT", "12.50"],
    ["12.345", "DEBIT", "12.345"],
    ["100", "DEBIT", "100.00"],
    ["9007199254740993", "DEBIT", "9007199254740993.00"],
    ["-9007199254740993.01", "CREDIT", "9007199254740993.01"],
    ["-0.005", "CREDIT", "0.005"],
    ["-1", "CREDIT", "1.00"],
    ["-1.5e+3", "CREDIT", "1500.00"],
    ["0", "CREDIT", "0.00"],
    ["-0", "CREDIT", "0.00"],
    ["-0.00", "CREDIT", "0.00"],
  ])("%s is %s with direction %s", (literal, direction, text) => {
    expect(moneyIn(literal)).toEqual([direction, text, "USD"]);
  });

  test.each(["0e400", "1e400", "1e-400", "1e999999999999999999999", "123456789012345678901234567890123456789"])(
    "%s is not an amount, and is refused without expensive work (F57)",
    (literal) => {
      expect(messageOf(literal)).toMatchObject({ type: "malformed", externalId: "txn_1", path: "amount" });
    },
  );

  test("an amount keeps its value to the last digit, in any form of the literal", () => {
    const form = fc.record({
      units: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
      scale: fc.integer({ min: 0, max: 12 }),
      shift: fc.integer({ min: -9, max: 9 }),
      e: fc.constantFrom("e", "E"),
    });
    fc.assert(
      fc.property(form, ({ units, scale, shift, e }) => {
        const literal = `${decimalText(units, scale)}${e}${shift}`;
        const read = parseLiteral(literal) ?? { units: 0n, scale: -1 };
        // Both as whole numbers of 10^-30.
        expect(read.units * 10n ** BigInt(30 - read.scale)).toBe(units * 10n ** BigInt(30 - scale + shift));
      }),
    );
  });
});

describe("Plaid currencies", () => {
  const inCode = (iso: unknown, unofficial: unknown) => ({
    iso_currency_code: iso,
    unofficial_currency_code: unofficial,
  });

  test("have their standard digits, and more only where they are written", () => {
    expect(moneyIn("1200", inCode("JPY", null))).toEqual(["DEBIT", "1200", "JPY"]);
    expect(moneyIn("1.5", inCode("KWD", null))).toEqual(["DEBIT", "1.500", "KWD"]);
    expect(moneyIn("12.5", inCode("JPY", null))).toEqual(["DEBIT", "12.5", "JPY"]);
  });

  test("outside ISO 4217 have as many digits as are written, and are marked", () => {
    expect(moneyIn("-0.00000001", inCode(null, "BTC"))).toEqual(["CREDIT", "0.00000001", "BTC"]);
    expect(moneyIn("1.000000000000000001", inCode(null, "ETH"))).toEqual(["DEBIT", "1.000000000000000001", "ETH"]);
    expect(messageOf("1", inCode(null, "BTC"))).toMatchObject({
      record: { extensions: { "plaid.unofficialCurrencyCode": "BTC" } },
      unknowns: [],
    });
  });

  test("that are official codes without an entry in ISO 4217 are kept and reported", () => {
    expect(messageOf("1", inCode("QQQ", null))).toMatchObject({
      record: { amount: { currency: "QQQ" } },
      unknowns: [{ path: "iso_currency_code", value: "QQQ" }],
    });
  });

  test.each([
    [null, null],
    [null, ""],
    ["", null],
    ["U$", null],
  ])("codes %j and %j are not currencies", (iso, unofficial) => {
    expect(messageOf("1", inCode(iso, unofficial))).toMatchObject({ type: "malformed", path: "amount" });
  });
});

test("a posted transaction has its remittance, counterparty and dates", () => {
  expect(messageOf("12.5")).toEqual({
    type: "record",
    replaces: "txn_pending",
    version: VERSION,
    raw: RAW,
    unknowns: [],
    record: {
      type: "BankTransaction",
      externalId: "txn_1",
      accountExternalId: "acc_1",
      statementExternalId: undefined,
      createdAt: "2026-11-22T00:00:00.000Z",
      direction: "DEBIT",
      amount: { minor: 1250n, exponent: 2, currency: "USD" },
      isReversal: false,
      status: "BOOKED",
      rawStatus: "posted",
      booked: { date: "2026-11-22", time: "2026-11-22T00:10:00Z" },
      valued: { date: "2026-11-20", time: "2026-11-20T23:30:00-05:00" }, // the 21st in UTC: no time zone changes a day
      code: { proprietary: "FOOD_AND_DRINK_COFFEE", issuer: "Plaid" },
      references: [
        { scheme: "plaid.transaction_id", value: "txn_1" },
        { scheme: "plaid.reference_number", value: "RF18-5390" },
        { scheme: "plaid.ppd_id", value: "PPD-7" },
        { scheme: "plaid.check_number", value: "0042" },
      ],
      counterparty: {
        name: "Bean & Co",
        identifiers: [{ scheme: "plaid.entity_id", value: "ent_1" }],
        ultimateName: "Ada's Estate",
      },
      remittance: "BEAN CO 0042 UTRECHT\nbeans",
      creditorReference: undefined,
      returnReason: undefined,
      amounts: [],
      charges: [],
      batches: [],
      additionalInfo: "Bean Co",
      detailsMatch: "NONE",
      detailCount: 0,
      referenceValues: ["txn_1", "RF18-5390", "PPD-7", "0042"],
      searchText: "BEAN CO 0042 UTRECHT\nbeans\nBean Co\nBean & Co\nAda's Estate\ntxn_1\nRF18-5390\nPPD-7\n0042",
      extensions: {
        "plaid.category": "FOOD_AND_DRINK",
        "plaid.categoryConfidence": "VERY_HIGH",
        "plaid.legacyCategory": "Food and Drink / Coffee Shop",
        "plaid.legacyCategoryId": "13005043",
        "plaid.counterpartyType": "merchant",
        "plaid.website": "bean.example",
        "plaid.paymentChannel": "in store",
        "plaid.paymentMethod": "ACH",
      },
    },
  });
});

test("a pending transaction has no booking date, and its value date is its own date", () => {
  const changes = { pending: true, pending_transaction_id: null, authorized_date: null, authorized_datetime: null };
  const message = messageOf("1", { ...changes, datetime: null });
  expect(message).not.toHaveProperty("replaces");
  expect(message).toMatchObject({
    record: {
      status: "PENDING",
      rawStatus: "pending",
      booked: undefined,
      valued: { date: "2026-11-22", time: undefined },
      createdAt: "2026-11-22T00:00:00.000Z",
    },
  });
});

test.each([
  ["1", "The Landlord"],
  ["-1", "The Employer"],
])("without a counterparty name, the payee or payer is the counterparty (%s)", (literal, name) => {
  const meta = { payee: "The Landlord", payer: "The Employer" };
  const changes = { counterparties: [], merchant_name: null, payment_meta: meta };
  expect(messageOf(literal, changes)).toMatchObject({ record: { counterparty: { name } } });
});

test("the counterparty's account number is mapped", () => {
  const numbers = { bacs: null, international: { iban: "NL91ABNA0417164300", bic: "ABNANL2A" } };
  const counterparties = [{ name: "Ada", account_numbers: numbers }];
  expect(messageOf("1", { counterparties, payment_meta: null, merchant_entity_id: null })).toMatchObject({
    record: {
      counterparty: {
        name: "Ada",
        identifiers: [],
        account: { scheme: "iban", value: "NL91ABNA0417164300" },
        bic: "ABNANL2A",
      },
    },
  });
});

test.each([
  ["nl91 ABNA 0417 1643 00", { scheme: "iban", value: "NL91ABNA0417164300" }],
  ["NL91ABNA041716430", { scheme: "account", value: "NL91ABNA041716430" }],
  ["0417164300", { scheme: "account", value: "0417164300" }],
])("an account number is mapped as an IBAN only if it is a valid one: %s", (iban, account) => {
  const counterparties = [{ name: "Ada", account_numbers: { bacs: null, international: { iban, bic: null } } }];
  expect(messageOf("1", { counterparties })).toMatchObject({ record: { counterparty: { account } } });
});

test.each([
  [{ pending: "no" }, "pending", "must be boolean, got string"],
  [{ date: "22.11.2026" }, "date", "must be a calendar date, got string"],
  [{ date: "2026-02-30" }, "date", "must be a calendar date, got string"],
  [{ account_id: null }, "account_id", "must be string, got null"],
  [{ name: "a\0b" }, "name", "must be storable text, got string"],
  [{ counterparties: [{ name: 5 }] }, "counterparties.0.name", "must be string, got number"],
])(
  "a malformed value at %j stops only its own transaction, and the problem names types only (F26) (F56)",
  (changes, path, problem) => {
    expect(messageOf("1", changes)).toMatchObject({ type: "malformed", externalId: "txn_1", path, problem });
  },
);

test.each(['"12.50"', "true", "null", "[]"])("%s is not an amount", (literal) => {
  expect(messageOf(literal)).toMatchObject({ type: "malformed", path: "amount" });
});
