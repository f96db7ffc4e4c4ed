import { expect, test } from "@jest/globals";
import { EMPTY_ROUTE, feeText, formOf, inputOf, type PayoutRoute } from "./route-form.ts";

const ROUTE: PayoutRoute = {
  id: "stripe-eur",
  origin: "DECLARED",
  fromSourceId: "stripe",
  fromAccount: null,
  fromCurrency: "EUR",
  toSourceId: "bank",
  toAccount: "DE89370400440532013000",
  usualDays: 3,
  holidays: ["2026-12-25", "2026-12-26"],
  names: ["Stripe Payments Europe, Ltd.", "STRIPE"],
  fee: [
    { upToAmount: "1000", amount: "0.25" },
    { upToAmount: null, amount: "1.00" },
  ],
  exchangeCurrency: null,
  exchangeRounding: null,
  declaredBy: "ada",
  changedAt: "2026-11-30T10:00:00.000Z",
};

test("a route that is opened and stored without a change stays the same", () => {
  const { origin, declaredBy, changedAt, ...stored } = ROUTE;
  expect([origin, declaredBy, changedAt]).toEqual(["DECLARED", "ada", "2026-11-30T10:00:00.000Z"]);
  expect(inputOf(formOf(ROUTE))).toEqual(stored);
});

test("an empty field is null, a step without any amount is left out, and a name may have a comma", () => {
  const form = {
    ...EMPTY_ROUTE,
    id: "r",
    fromSourceId: "a",
    toSourceId: "b",
    usualDays: "",
    names: " Stripe, Ltd. \n\nOther\n",
    fee: [
      { upToAmount: "", amount: "0.25" },
      { upToAmount: "", amount: "" },
    ],
  };
  expect(inputOf(form)).toEqual({
    id: "r",
    fromSourceId: "a",
    fromAccount: null,
    fromCurrency: null,
    toSourceId: "b",
    toAccount: null,
    usualDays: null,
    holidays: [],
    names: ["Stripe, Ltd.", "Other"],
    fee: [{ upToAmount: null, amount: "0.25" }],
    exchangeCurrency: null,
    exchangeRounding: null,
  });
});

test("an exchange has its rounding, and a currency may be typed in lower case", () => {
  expect(inputOf({ ...EMPTY_ROUTE, exchangeCurrency: "chf" })).toMatchObject({
    exchangeCurrency: "CHF",
    exchangeRounding: "HALF_UP",
  });
});

test.each(["five", "1.5", "-1", "1e3"])("usual days of %s are refused before anything is sent", (usualDays) => {
  expect(() => inputOf({ ...EMPTY_ROUTE, usualDays })).toThrow("The usual days must be a whole number, 0 to 30.");
});

test("a fee is described by its steps, in the currency of the payouts if there is one", () => {
  expect(feeText(ROUTE)).toBe("0.25 EUR up to 1000 EUR, 1.00 EUR above");
  expect(feeText({ fee: [{ upToAmount: null, amount: "0.25" }], fromCurrency: null })).toBe("0.25");
  expect(feeText({ fee: [], fromCurrency: "EUR" })).toBe("");
});
