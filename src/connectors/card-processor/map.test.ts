import { describe, expect, test } from "@jest/globals";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { MessageValues } from "../../protocols/protobuf/message.ts";
import { encoded, PAYMENT, SETTLEMENT } from "./fixtures/bytes.ts";
import { KINDS, type ObjectKind } from "./kinds.ts";
import { readObject } from "./messages.ts";

const MAX_INT64 = 2n ** 63n - 1n;

function read(kind: ObjectKind, bytes: Uint8Array) {
  return readObject(kind, bytes, { payload: { bytes, mediaType: "application/protobuf" }, path: "" });
}
const readPayment = (values: MessageValues) => read(KINDS.payment, encoded("Payment", values)).messages;
const readSettlement = (values: MessageValues) => read(KINDS.settlement, encoded("Settlement", values)).messages;

/** Bytes of the payment, followed by other fields: the last value of a field counts. */
const withFields = (write: (writer: BinaryWriter) => BinaryWriter): Uint8Array =>
  Buffer.concat([encoded("Payment", PAYMENT), write(new BinaryWriter()).finish()]);

describe("a payment", () => {
  test("becomes a payment and an attempt for each authorisation, with the number of its change as version", () => {
    const { messages, updatedAt } = read(KINDS.payment, encoded("Payment", PAYMENT));
    expect(updatedAt).toBe("2026-11-30T12:00:00.123Z");
    expect(messages).toMatchObject([
      {
        version: { from: 42n, until: 42n },
        sourceUpdatedAt: "2026-11-30T12:00:00.123Z",
        unknowns: [],
        record: {
          type: "Payment",
          externalId: "pay_1",
          status: "SUCCEEDED",
          amount: { minor: 12_345n, exponent: 2, currency: "EUR" },
          capturedMinor: 12_345n,
          debtorExternalId: "crd_1",
        },
      },
      {
        record: {
          externalId: "aut_1",
          paymentExternalId: "pay_1",
          status: "FAILED",
          error: { code: "insufficient_funds", category: "DECLINED", retryable: true },
        },
      },
      {
        version: { from: 42n, until: 42n },
        record: { externalId: "aut_2", status: "SUCCEEDED", capturedMinor: 12_345n, error: undefined },
      },
    ]);
    expect(
      JSON.stringify(messages, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ).toContain("411111******1111");
  });

  test.each([
    ["PAYMENT_STATUS_PENDING", "PROCESSING"],
    ["PAYMENT_STATUS_AUTHORIZED", "AUTHORIZED"],
    ["PAYMENT_STATUS_PARTIALLY_CAPTURED", "AUTHORIZED"],
    ["PAYMENT_STATUS_DECLINED", "FAILED"],
    ["PAYMENT_STATUS_REVERSED", "CANCELED"],
    ["PAYMENT_STATUS_EXPIRED", "CANCELED"],
  ])("with the status %s is %s", (status, expected) => {
    expect(readPayment({ ...PAYMENT, status })[0]).toMatchObject({ record: { status: expected, rawStatus: status } });
  });

  test("with amounts of 2^63 - 1 keeps every digit", () => {
    const [payment] = readPayment({ ...PAYMENT, amount: MAX_INT64, captured_amount: MAX_INT64 });
    expect(payment).toMatchObject({ record: { amount: { minor: MAX_INT64 }, capturedMinor: MAX_INT64 } });
  });

  test("with a status that the contract does not have keeps its number, and reports it (F26)", () => {
    const [payment, , attempt] = readPayment({
      ...PAYMENT,
      status: 99,
      authorizations: [PAYMENT.authorizations[0], { ...PAYMENT.authorizations[1], status: 98 }],
    });
    expect(payment).toMatchObject({ record: { status: undefined, rawStatus: "99" } });
    expect((payment as { unknowns: unknown }).unknowns).toContainEqual({ path: "status", value: "99" });
    expect(attempt).toMatchObject({
      record: { status: undefined, rawStatus: "98" },
      unknowns: [{ path: "authorizations[1].status", value: "98" }],
    });
  });

  test("with fields that the contract does not have is read, and reports them (F36)", () => {
    const bytes = withFields((writer) => writer.tag(1999, WireType.LengthDelimited).string("new"));
    expect(read(KINDS.payment, bytes).messages[0]).toMatchObject({
      type: "record",
      unknowns: [{ path: "1999", value: "4 bytes", of: "field" }],
    });
  });

  test.each([
    ["without an id", { id: "" }, undefined, "id"],
    ["without a time", { created_at: null }, "pay_1", "created_at"],
    ["without a currency", { currency: "" }, "pay_1", "currency"],
    ["without a number of its change", { sequence: 0n }, "pay_1", "sequence"],
    ["in a currency that does not exist", { currency: "EURO" }, "pay_1", "amount"],
  ])("%s is malformed, with the path (F26)", (_how, patch, externalId, path) => {
    expect(readPayment({ ...PAYMENT, ...patch })).toMatchObject([
      { type: "malformed", entity: "Payment", externalId, path },
    ]);
  });

  test("whose amount is encoded as text is malformed, and not read as another number (F26) (F36)", () => {
    const bytes = withFields((writer) => writer.tag(6, WireType.LengthDelimited).string("1050"));
    expect(read(KINDS.payment, bytes).messages).toMatchObject([
      { type: "malformed", path: "amount", problem: expect.stringContaining("must be encoded as varint") },
    ]);
  });

  test.each([
    ["ends within a field", encoded("Payment", PAYMENT).subarray(0, 60)],
    ["has a varint that does not end", Buffer.concat([Buffer.from([0x30]), Buffer.alloc(12, 0xff)])],
    ["is not Protobuf", Buffer.from("<html>502 Bad Gateway</html>")],
  ])("that %s is malformed (F36)", (_how, bytes) => {
    expect(read(KINDS.payment, bytes).messages).toMatchObject([{ type: "malformed", entity: "Payment" }]);
  });
});

describe("a settlement", () => {
  test("becomes a payout and the account that it was paid to, with the exact amount of google.type.Money", () => {
    expect(readSettlement(SETTLEMENT)).toMatchObject([
      { record: { type: "Account", externalId: "bank_eur", identifiers: [{ scheme: "masked", value: "****1234" }] } },
      {
        record: {
          type: "Payout",
          status: "PAID",
          amount: { minor: 12_345n, exponent: 2, currency: "EUR" },
          arrivalDate: "2026-12-01",
          destinationExternalId: "bank_eur",
          disclosure: "DISCLOSED",
        },
      },
    ]);
  });

  test("of 2^63 - 1 yen keeps every digit", () => {
    const net = { currency_code: "JPY", units: MAX_INT64, nanos: 0 };
    expect(readSettlement({ ...SETTLEMENT, net })[1]).toMatchObject({
      record: { amount: { minor: MAX_INT64, exponent: 0 } },
    });
  });

  test.each([
    ["signs that differ", { units: 1n, nanos: -1 }],
    ["less than a cent", { units: 1n, nanos: 1 }],
    ["more than 64 bits of cents", { units: MAX_INT64, nanos: 0 }],
    ["more than a unit of billionths", { units: 1n, nanos: 1_000_000_000 }],
  ])("with %s in its amount is malformed", (_what, amount) => {
    const net = { currency_code: "EUR", ...amount };
    expect(readSettlement({ ...SETTLEMENT, net })).toMatchObject([{ type: "malformed", externalId: "stl_1" }]);
  });

  test("without its amount is malformed (F26)", () => {
    expect(readSettlement({ ...SETTLEMENT, net: null })).toMatchObject([{ type: "malformed", path: "net" }]);
  });
});

test("a deleted cardholder is a tombstone that no later state follows", () => {
  const at = "2026-11-30T12:00:00Z";
  const bytes = encoded("Cardholder", { id: "crd_1", sequence: 9n, created_at: at, updated_at: at, deleted_at: at });
  expect(read(KINDS.cardholder, bytes).messages).toMatchObject([
    { type: "tombstone", entity: "Party", externalId: "crd_1", version: { from: 9n, until: 9n, finality: 2 } },
  ]);
});
