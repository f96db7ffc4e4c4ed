import { loadSync, type MessageTypeDefinition } from "@grpc/proto-loader";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ServiceError } from "../../domain/error.ts";
import { ledgerContract } from "../grpc/fixtures/ledger-contract.ts";
import { LEDGER_PROTO } from "../grpc/fixtures/ledger-server.ts";
import { type Contract, parseContract } from "./contract.ts";
import { boolReader, enumReader, integerReader, listReader, textReader, timeReader } from "./field-readers.ts";
import { fieldPath } from "./field-path.ts";
import type { MessageType } from "./message.ts";
import { moneyOfUnits, moneyReader } from "./money.ts";

const oracle = loadSync(LEDGER_PROTO, { longs: String, keepCase: true, defaults: true });

let contract: Contract;
let payment: MessageType;
beforeAll(async () => {
  contract = await ledgerContract();
  payment = contract.message("ledger.v1.Payment");
});

const decoded = (value: object) => {
  const definition = oracle["ledger.v1.Payment"] as MessageTypeDefinition<object, object>; // declared as a message
  return payment.decode(definition.serialize(value));
};

function problem(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof ServiceError ? `${error.code}: ${error.publicMessage}` : String(error);
  }
  return "none";
}

describe("a contract of protocol buffers", () => {
  test("finds methods with their kinds and types", () => {
    expect(contract.methods).toEqual([
      "ledger.v1.Ledger/ListPayments",
      "ledger.v1.Ledger/WatchPayments",
      "ledger.v1.Ledger/RefundPayment",
    ]);
    const { kind, input, output } = contract.method("ledger.v1.Ledger/WatchPayments");
    expect([kind, input.name, output.name]).toEqual([
      "server_streaming",
      "ledger.v1.WatchPaymentsRequest",
      "ledger.v1.Payment",
    ]);
  });

  test.each<[string, () => unknown, string]>([
    [
      "a method",
      () => contract.method("ledger.v1.Ledger/ListPayment"),
      'no method "ledger.v1.Ledger/ListPayment"; did you mean "ledger.v1.Ledger/ListPayments"?',
    ],
    [
      "a message",
      () => contract.message("ledger.v1.Paymnt"),
      'no message "ledger.v1.Paymnt"; did you mean "ledger.v1.Payment"?',
    ],
    [
      "a path",
      () => fieldPath(payment, "fee.unit"),
      'path "fee.unit": ledger.v1.Money has no field "unit"; did you mean "units"?',
    ],
    [
      "a name in camel case",
      () => payment.field("amountMinor"),
      'no field "amountMinor"; did you mean "amount_minor"?',
    ],
    ["nothing similar", () => payment.field("zzz"), 'ledger.v1.Payment has no field "zzz"'],
    ["a path through a text", () => fieldPath(payment, "id.x"), 'path "id.x": "id" is not a message'],
    [
      "a field of a request",
      () => contract.method("ledger.v1.Ledger/ListPayments").input.encode({ pagesize: 1 }),
      'did you mean "page_size"?',
    ],
  ])("says which name is missing and what is similar: %s", (_name, find, expected) => {
    expect(problem(find)).toMatch(/^INVALID_INPUT: /);
    expect(problem(find)).toContain(expected);
  });

  test("refuses bytes that are no descriptor set, and one without its imports", () => {
    expect(problem(() => parseContract(Buffer.from("syntax = proto3")))).toContain("must be a FileDescriptorSet");
  });

  test("encodes requests so that protobufjs reads the same values, with exact integers", () => {
    const definition = oracle["ledger.v1.RefundPaymentRequest"] as MessageTypeDefinition<object, object>;
    const request = contract.message("ledger.v1.RefundPaymentRequest");
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.string({ unit: "grapheme" }),
        (minor, id) => {
          const bytes = Buffer.from(request.encode({ payment_id: id, amount_minor: minor }));
          expect(definition.deserialize(bytes)).toEqual({
            payment_id: id,
            amount_minor: minor.toString(),
            idempotency_key: "",
          });
        },
      ),
    );
    expect(problem(() => request.encode({ amount_minor: "soon" }))).toContain("the values are not a ledger.v1.Refund");
  });
});

describe("a reader of a field", () => {
  test.each<[string, () => unknown, string]>([
    ["text", () => textReader(payment, "amount_minor"), 'path "amount_minor": must be a string, and is a bigint'],
    ["integer", () => integerReader(payment, "rate"), "must be an integer, and is a number"],
    ["bool", () => boolReader(payment, "labels"), "must be a bool, and is a map"],
    ["enum", () => enumReader(payment, "id"), "must be an enum, and is a string"],
    ["time", () => timeReader(payment, "fee"), "must be a google.protobuf.Timestamp, and is ledger.v1.Money"],
    ["list", () => listReader(payment, "part_amounts"), "must be a list of messages, and is a list"],
    [
      "money",
      () => moneyReader(payment, { kind: "money_message", path: "party" }),
      'ledger.v1.Party has no field "units"',
    ],
  ])("refuses a field of another type: %s", (_name, create, expected) => {
    expect(problem(create)).toContain(expected);
  });

  test("reads texts, integers, enums, times and wrappers", () => {
    const message = decoded({
      id: "p1",
      attempts: 3,
      status: 2,
      created_at: { seconds: "1790000000", nanos: 123_999_999 },
      note: { value: "" },
      parties: [{ name: "Ann" }],
    });
    expect([
      textReader(payment, "id").read(message),
      integerReader(payment, "attempts").read(message),
      enumReader(payment, "status").read(message),
      timeReader(payment, "created_at").read(message),
      textReader(payment, "note").read(message),
      listReader(payment, "parties").read(message)?.length,
    ]).toEqual(["p1", 3n, { number: 2, name: "PAYMENT_STATUS_SETTLED" }, "2026-09-21T14:13:20.123Z", "", 1]);
    const empty = decoded({ status: 7 });
    expect([
      textReader(payment, "note").read(empty),
      textReader(payment, "party.name").read(empty),
      timeReader(payment, "created_at").read(empty),
      enumReader(payment, "status").read(empty),
    ]).toEqual([undefined, undefined, undefined, { number: 7, name: undefined }]);
  });

  test.each([
    [{ seconds: "253402300800" }, "created_at: must be a time from the year 1 to 9999"],
    [{ seconds: "1", nanos: -1 }, "created_at: must have 0 to 999999999 nanoseconds"],
    [{ seconds: "1", nanos: 1_000_000_000 }, "created_at: must have 0 to 999999999 nanoseconds"],
  ])("refuses the timestamp %j", (created_at, expected) => {
    expect(problem(() => timeReader(payment, "created_at").read(decoded({ created_at })))).toContain(expected);
  });
});

describe("money of a contract", () => {
  const fee = (currency_code: string, units: bigint, nanos: number) =>
    moneyReader(payment, { kind: "money_message", path: "fee" }).read(
      decoded({ fee: { currency_code, units: units.toString(), nanos } }),
    );

  test.each([
    ["EUR", 12n, 340_000_000, { minor: 1234n, exponent: 2, currency: "EUR" }],
    ["EUR", 0n, -10_000_000, { minor: -1n, exponent: 2, currency: "EUR" }],
    ["JPY", -5n, 0, { minor: -5n, exponent: 0, currency: "JPY" }],
    ["BHD", 1n, 1_000_000, { minor: 1001n, exponent: 3, currency: "BHD" }],
  ])("in units and nanos is exact: %s %d and %d nanos", (currency, units, nanos, expected) => {
    expect(fee(currency, units, nanos)).toEqual(expected);
  });

  test.each([
    ["EUR", 1n, 5_000_000, "is not a whole number of EUR minor units"],
    ["JPY", 1n, 500_000_000, "is not a whole number of JPY minor units"],
    ["EUR", 1n, -10_000_000, "units and nanos must have the same sign"],
    ["EUR", -1n, 10_000_000, "units and nanos must have the same sign"],
    ["EUR", 0n, 1_000_000_000, "nanos must be from -999999999 to 999999999"],
    ["", 1n, 0, "currency must be an ISO 4217 code"],
    ["EUR", 2n ** 62n, 0, "exceeds 64 bits"],
  ])("is refused when it does not fit: %s %d and %d nanos", (currency, units, nanos, expected) => {
    const text = problem(() => fee(currency, units, nanos));
    expect(text).toMatch(/^UPSTREAM_MALFORMED: fee\.units: /);
    expect(text).toContain(expected);
  });

  test("in units and nanos survives protobuf's encoding for every amount of cents", () => {
    const cents = fc.bigInt({ min: -(2n ** 56n), max: 2n ** 56n });
    fc.assert(
      fc.property(cents, (minor) => {
        const [units, rest] = [minor / 100n, minor % 100n];
        expect(fee("EUR", units, Number(rest) * 10_000_000)).toEqual({ minor, exponent: 2, currency: "EUR" });
      }),
    );
  });

  test("is never rounded, whatever units and nanos are", () => {
    const nanos = fc.integer({ min: -999_999_999, max: 999_999_999 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), nanos, (units, part) => {
        const exact = units * 1_000_000_000n + BigInt(part);
        const text = problem(() => moneyOfUnits(units, BigInt(part), "EUR"));
        const isRead = text === "none" && moneyOfUnits(units, BigInt(part), "EUR").minor * 10_000_000n === exact;
        expect(isRead || text.startsWith("UPSTREAM_MALFORMED: ")).toBe(true);
      }),
    );
  });

  test("in minor units takes the currency's exponent, or the one that the contract states", () => {
    const message = decoded({ amount_minor: "12345", currency: "BHD" });
    const currency = { path: "currency" } as const;
    const read = (exponent?: number) =>
      moneyReader(payment, {
        kind: "minor_units",
        minor: "amount_minor",
        currency,
        ...(exponent !== undefined && { exponent }),
      }).read(message);
    expect(read()).toEqual({ minor: 12345n, exponent: 3, currency: "BHD" });
    expect(read(2)).toEqual({ minor: 123450n, exponent: 3, currency: "BHD" });
    expect(problem(() => read(4))).toContain("is not a whole number of BHD minor units");
    const fixed = moneyReader(payment, { kind: "minor_units", minor: "amount_minor", currency: { code: "EUR" } });
    expect(fixed.read(decoded({}))).toEqual({ minor: 0n, exponent: 2, currency: "EUR" });
  });

  test("that states nothing is absent, and is not zero", () => {
    expect(moneyReader(payment, { kind: "money_message", path: "fee" }).read(decoded({}))).toBeUndefined();
    const fields = { kind: "minor_units", minor: "amount_minor", currency: { path: "currency" } } as const;
    expect(moneyReader(payment, fields).read(decoded({}))).toBeUndefined();
  });
});
