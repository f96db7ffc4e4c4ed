import { expect, test } from "@jest/globals";
import { columnsOf, currencyIn, factName, factOf, hasAmount, isTable, textOf } from "./fact.ts";

test("a fact of several parts is parsed, with every digit of its numbers", () => {
  expect(factOf('[{"to":"CLBD","entries":9007199254740993},{"to":null,"isComplete":true}]')).toEqual([
    { to: "CLBD", entries: "9007199254740993" },
    { to: "", isComplete: "yes" },
  ]);
  expect(factOf('["charge.updated","payout.paid"]')).toEqual(["charge.updated", "payout.paid"]);
});

test.each(["stm_1", "[not JSON", "12.50", "{"])("the text %s stays text", (text) => {
  expect(factOf(text)).toBe(text);
});

test("rows of different names make one table with all of their columns", () => {
  const rows = factOf('[{"a":1},{"b":2,"a":3}]');
  expect(isTable(rows) && columnsOf(rows)).toEqual(["a", "b"]);
  expect([isTable([]), isTable(["a"]), isTable("a")]).toEqual([false, false, false]);
});

test.each([
  ["amount", "1566.04", "1,566.04 GBP"],
  ["difference", "-0.05", "−0.05 GBP"],
  ["movement", "1566.04 EUR", "1,566.04 EUR"],
  ["count", "15660", "15,660"],
  ["deliveryId", "15660", "15660"],
  ["state", "OPEN", "open"],
  ["currency", "GBP", "GBP"],
  ["code", "UPSTREAM_MALFORMED", "UPSTREAM_MALFORMED"],
])("the fact %s with the value %s is displayed as %s", (name, value, displayed) => {
  expect(textOf(value, { name, currency: "GBP" })).toBe(displayed);
});

test("an amount without a currency beside it has none", () => {
  expect(textOf("12.50", { name: "amount", currency: currencyIn({ amount: "12.50" }) })).toBe("12.50");
  expect(currencyIn({ currency: "EUR" })).toBe("EUR");
  expect([hasAmount({ amount: "12.50" }), hasAmount({ amount: "12.50", currency: "EUR" })]).toEqual([false, true]);
});

test("the name of a fact is displayed in words", () => {
  expect(factName("usualUntil")).toBe("usual until");
});
