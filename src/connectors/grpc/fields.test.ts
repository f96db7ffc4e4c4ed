import { describe, expect, test } from "@jest/globals";
import { FIELDS, mapCharge, mistakesIn } from "./fixtures/processor-source.ts";

const CHARGE = { id: "ch_1", state: "CHARGE_STATE_DONE", cents: "1050", currency: "EUR" };
const EUR = (minor: bigint) => ({ minor, exponent: 2, currency: "EUR" });

/** The amount of a charge, or why it is malformed. */
function amountOf(charge: object, amount: object, more: object = {}): unknown {
  const message = mapCharge({ ...CHARGE, ...charge }, { amount, ...more });
  if (message.type === "record" && message.record.type === "Payment") return message.record.amount;
  return message.type === "malformed" ? `${message.path}: ${message.problem}` : message;
}

describe("an amount by settings", () => {
  test.each<[string, object, object, unknown]>([
    ["a decimal text", { decimal: "-10.50" }, { path: "decimal", as: "decimal" }, EUR(-1050n)],
    [
      "a wrapped decimal text",
      { wrapped_decimal: { value: "0.01" } },
      { path: "wrapped_decimal", as: "decimal" },
      EUR(1n),
    ],
    [
      "a decimal text that is none",
      { decimal: "1e3" },
      { path: "decimal", as: "decimal" },
      "decimal: must be a decimal number as text",
    ],
    [
      "no decimal text",
      { decimal: "" },
      { path: "decimal", as: "decimal" },
      "decimal: must be given, and is absent or empty",
    ],
    [
      "a money message",
      { money: { currency_code: "JPY", units: "-12", nanos: 0 } },
      { path: "money", as: "money" },
      { minor: -12n, exponent: 0, currency: "JPY" },
    ],
    [
      "a money message whose signs differ",
      { money: { currency_code: "EUR", units: "1", nanos: -10_000_000 } },
      { path: "money", as: "money" },
      "money.units: units and nanos must have the same sign",
    ],
    [
      "a money message finer than its currency",
      { money: { currency_code: "EUR", units: "1", nanos: 1 } },
      { path: "money", as: "money" },
      expect.stringContaining("money.units: "),
    ],
    [
      "units and nanos by other names",
      { quotation: { units: "3", nano: 250_000_000 } },
      { path: "quotation", as: "unitsNanos", nanos: "nano" },
      EUR(325n),
    ],
    ["a wrapped integer", { wrapped_cents: { value: "7" } }, { path: "wrapped_cents", as: "minorUnits" }, EUR(7n)],
    ["an integer of another scale", {}, { path: "cents", as: "minorUnits", exponent: 3 }, EUR(105n)],
    [
      "an integer with the scale and currency beside it",
      { scaled: { value: "12000", scale: 3, currency: "CURRENCY_JPY" } },
      {
        path: "scaled.value",
        as: "minorUnits",
        exponent: { path: "scaled.scale" },
        currency: { path: "scaled.currency", prefix: "CURRENCY_" },
      },
      { minor: 12n, exponent: 0, currency: "JPY" },
    ],
    [
      "a scale that is none",
      { scaled: { value: "1", scale: -1, currency: "CURRENCY_EUR" } },
      { path: "scaled.value", as: "minorUnits", exponent: { path: "scaled.scale" } },
      expect.stringContaining("must have an exponent from 0 to 18"),
    ],
    [
      "another field with its sign",
      { side: "DEBIT" },
      { path: "cents", as: "minorUnits", negativeWhen: { path: "side", values: ["DEBIT"] } },
      EUR(-1050n),
    ],
    [
      "a sign of its own too",
      { side: "DEBIT", cents: "-1" },
      { path: "cents", as: "minorUnits", negativeWhen: { path: "side", values: ["DEBIT"] } },
      "cents: must not be negative, because another field has the sign",
    ],
    [
      "a currency that does not exist",
      { currency: "EURO" },
      { path: "cents", as: "minorUnits" },
      expect.stringContaining("cents: "),
    ],
  ])("from %s", (_what, charge, amount, expected) => {
    expect(amountOf(charge, amount)).toEqual(expected);
  });

  test("in the currency of an enum, of a numeric code, and of a constant", () => {
    const amount = { path: "cents", as: "minorUnits" };
    expect(
      amountOf({ currency_enum: "CURRENCY_JPY" }, amount, { currency: { path: "currency_enum", prefix: "CURRENCY_" } }),
    ).toMatchObject({ currency: "JPY" });
    expect(amountOf({ side: "978" }, amount, { currency: { path: "side", map: { 978: "EUR" } } })).toMatchObject({
      currency: "EUR",
    });
    expect(amountOf({ currency: "" }, amount, { currency: { value: "CHF" } })).toMatchObject({ currency: "CHF" });
  });

  test.each([
    [{ path: "amount_double", as: "minorUnits" }, "is a floating-point number, which cannot hold an amount exactly"],
    [{ path: "rate", as: "decimal" }, "is a floating-point number"],
    [{ path: "wrapped_double", as: "minorUnits" }, "is a floating-point number"],
    [{ path: "quotation", as: "unitsNanos" }, 'has no field "nanos"; did you mean "nano"?'],
    [{ path: "decimal", as: "decimal", exponent: 2 }, "must be given with minorUnits only"],
    [{ path: "decimal", as: "decimal", nanos: "x" }, "must be given with unitsNanos only"],
    [{ path: "money", as: "money", currency: "currency" }, "must not be given with money"],
    [{ path: "cents", as: "minorUnits", negativeWhen: { path: "sidee", values: ["x"] } }, 'did you mean "side"?'],
    [{ path: "cents", as: "minorUnits", exponent: { path: "currency" } }, "must be an integer"],
  ])("by %j is refused", (amount, problem) => {
    const fetch = { method: "acme.v1.Processor/GetCharge", id: "id" };
    const mistakes = mistakesIn({ payments: { fetch, fields: { ...FIELDS, amount } } });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain("streams.payments.fields.amount");
    expect(mistakes[0]).toContain(problem);
  });
});

describe("a time by settings", () => {
  const AT = "2026-12-01T10:00:00.123Z";
  test.each<[string, object, unknown]>([
    ["timestamp", { created: { seconds: "1796119200", nanos: 123_999_999 } }, AT],
    ["rfc3339", { created_text: "2026-12-01T11:00:00.123+01:00" }, AT],
    [
      "rfc3339",
      { created_text: "2026-12-01" },
      "created_text: must be a time with a zone such as 2026-12-01T10:00:00Z",
    ],
    ["rfc3339", { created_text: "" }, undefined],
    ["epochSeconds", { created_seconds: "1796119200" }, "2026-12-01T10:00:00.000Z"],
    [
      "epochSeconds",
      { created_seconds: "1796119200123" },
      "created_seconds: must be a time from the year 1 to 9999 in epochSeconds",
    ],
    ["epochMillis", { created_millis: "1796119200123" }, AT],
    ["epochMillis", { created_millis: "0" }, undefined],
    ["epochNanos", { created_nanos: "1796119200123456789" }, AT],
  ])("as %s of %j is %s", (as, charge, expected) => {
    const [path = ""] = Object.keys(charge);
    const message = mapCharge({ ...CHARGE, ...charge }, { createdAt: { path, as } });
    const got =
      message.type === "malformed"
        ? `${message.path}: ${message.problem}`
        : message.type === "record" && message.record.createdAt;
    expect(got).toEqual(expected);
  });

  test("as a version is exact to the microsecond, as text too", () => {
    const versionOf = (charge: object, version: string) => {
      const message = mapCharge({ ...CHARGE, ...charge }, { version });
      return message.type === "record" && message.version.from;
    };
    expect(versionOf({ updated: { seconds: "1796119200", nanos: 123_456_789 } }, "updated")).toBe(
      1_796_119_200_123_456n,
    );
    expect(versionOf({ updated_text: "2026-12-01T10:00:00.123456Z" }, "updated_text")).toBe(1_796_119_200_123_456n);
    expect(versionOf({ updated_text: "2026-12-01T10:00:00Z" }, "updated_text")).toBe(1_796_119_200_000_000n);
  });
});

describe("a text by settings", () => {
  const textAt = (charge: object, description: unknown): unknown => {
    const message = mapCharge({ ...CHARGE, ...charge }, { description });
    return message.type === "record" && message.record.type === "Payment" && message.record.description;
  };

  test.each<[unknown, object, unknown]>([
    ["metadata[order.id]", { metadata: { "order.id": "o-1" } }, "o-1"],
    ["metadata[order]", { metadata: {} }, undefined],
    ["payers[first].id", { payers: { first: { id: "pay_1" } } }, "pay_1"],
    ["parties[1].id", { parties: [{ id: "a" }, { id: "b" }] }, "b"],
    ["parties[1].id", { parties: [{ id: "a" }] }, undefined],
    ["is_settled", { is_settled: true }, "true"],
    ["source", { bank_account: { iban: "DE1" } }, "bank_account"],
    ["source", {}, undefined],
    ["bank_account.iban", { bank_account: { iban: "DE1" } }, "DE1"],
    [{ path: "state", prefix: "CHARGE_STATE_" }, {}, "DONE"],
    [{ path: "state", prefix: "CHARGE_STATE_", map: { DONE: "finished" } }, {}, "finished"],
    [{ value: "constant" }, {}, "constant"],
  ])("%j of %j is %s", (description, charge, expected) => {
    expect(textAt(charge, description)).toEqual(expected);
  });

  test.each([
    ["metadata.order", '"metadata" is not a message'],
    ["id[0]", '"id" is no map, and no list'],
    ["parties[x].id", '"parties" is no map, and no list'],
    ["parties[0].idd", 'did you mean "id"?'],
    ["metadata..x", "must be names separated by dots"],
    ["rate", "is a floating-point number"],
  ])("%s is refused", (description, problem) => {
    expect(() => textAt({}, description)).toThrow(JSON.stringify(problem).slice(1, -1));
  });
});

describe("a word by settings", () => {
  const statusOf = (charge: object, status: object) => {
    const message = mapCharge({ ...CHARGE, ...charge }, { status });
    return message.type === "record" && message.record.type === "Payment"
      ? [message.record.status, message.record.rawStatus, message.unknowns]
      : message;
  };

  test("is that of an enum without its prefix, of a text, of a bool and of a oneof", () => {
    const prefixed = { path: "state", prefix: "CHARGE_STATE_", map: { DONE: "SUCCEEDED" } };
    expect(statusOf({}, prefixed)).toEqual(["SUCCEEDED", "DONE", []]);
    expect(statusOf({ state_text: "done" }, { path: "state_text", map: { done: "SUCCEEDED" } })).toEqual([
      "SUCCEEDED",
      "done",
      [],
    ]);
    expect(statusOf({}, { path: "is_settled", map: { true: "SUCCEEDED", false: "PROCESSING" } })).toEqual([
      "PROCESSING",
      "false",
      [],
    ]);
    expect(statusOf({ card: {} }, { path: "source", map: { card: "SUCCEEDED", bank_account: "PROCESSING" } })).toEqual([
      "SUCCEEDED",
      "card",
      [],
    ]);
  });

  test("that the settings do not have is kept and reported, also one that the contract does not have (F26)", () => {
    const prefixed = { path: "state", prefix: "CHARGE_STATE_", map: { DONE: "SUCCEEDED" } };
    expect(statusOf({ state: "CHARGE_STATE_OPEN" }, prefixed)).toEqual([
      undefined,
      "OPEN",
      [{ path: "state", value: "OPEN" }],
    ]);
    expect(statusOf({ state: 77 }, prefixed)).toEqual([undefined, "77", [{ path: "state", value: "77" }]]);
  });

  test.each([
    [{ path: "state", prefix: "CHARGE_STATE_", map: { DON: "SUCCEEDED" } }, 'did you mean "DONE"?'],
    [{ path: "source", map: { cart: "SUCCEEDED" } }, 'did you mean "card"?'],
  ])("%j is refused", (status, problem) => {
    expect(() => statusOf({}, status)).toThrow(JSON.stringify(problem).slice(1, -1));
  });
});

describe("a bank transaction by settings", () => {
  const FULL = {
    externalId: "id",
    accountExternalId: "account",
    currency: "currency",
    amount: { path: "cents", as: "minorUnits" },
    status: { path: "state", map: { CHARGE_STATE_DONE: "BOOKED", CHARGE_STATE_OPEN: "PENDING" } },
    bookedOn: "day",
    valuedOn: "created",
    counterpartyName: "payers[other].id",
    counterpartyIban: "bank_account.iban",
    description: "decimal",
    references: { order: "metadata[order]" },
  };
  const LINE = {
    ...CHARGE,
    account: "acc_1",
    cents: "-1050",
    day: { year: 2026, month: 2, day: 28 },
    created: { seconds: "1796119200", nanos: 0 },
    payers: { other: { id: "Ann" } },
    bank_account: { iban: "de89 3704 0044 0532 0130 00" },
    metadata: { order: "o-1" },
  };

  test("has the direction of its sign, its days, and the other party", () => {
    expect(mapCharge(LINE, FULL, "bank_transactions")).toMatchObject({
      type: "record",
      record: {
        type: "BankTransaction",
        accountExternalId: "acc_1",
        direction: "DEBIT",
        amount: EUR(1050n),
        status: "BOOKED",
        createdAt: "2026-02-28T00:00:00.000Z",
        booked: { date: "2026-02-28" },
        valued: { date: "2026-12-01" },
        counterparty: { name: "Ann", account: { scheme: "iban", value: "DE89370400440532013000" } },
        referenceValues: ["o-1"],
      },
    });
  });

  test("has the direction of a field, and then no sign", () => {
    const fields = { ...FULL, direction: { path: "side", map: { D: "DEBIT", C: "CREDIT" } } };
    expect(mapCharge({ ...LINE, cents: "1", side: "D" }, fields, "bank_transactions")).toMatchObject({
      record: { direction: "DEBIT", amount: EUR(1n) },
    });
    expect(mapCharge({ ...LINE, side: "D" }, fields, "bank_transactions")).toMatchObject({
      type: "malformed",
      path: "amount",
    });
    expect(mapCharge({ ...LINE, cents: "1", side: "X" }, fields, "bank_transactions")).toMatchObject({
      type: "malformed",
      path: "direction",
    });
  });

  test("on a day that does not exist is malformed", () => {
    const line = { ...LINE, day: { year: 2026, month: 2, day: 30 } };
    expect(mapCharge(line, FULL, "bank_transactions")).toMatchObject({
      type: "malformed",
      path: "day",
      problem: "must be a date such as 2026-12-01",
    });
  });
});
