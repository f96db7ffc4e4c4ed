import { expect, test } from "@jest/globals";
import { columnsOf, factName, factOf, type FactPart, hasAmount, isByName, isTable, textOf } from "./fact.ts";

const part = (path: string, value: string, unit: string | null = null): FactPart => ({ path, value, unit });

test("a fact is one value, a list, or values by name, as its parts are placed", () => {
  expect(factOf([])).toBeUndefined();
  expect(factOf([part("", "stm_1")])).toEqual(part("", "stm_1"));
  const types = [part("0", "charge.updated"), part("1", "payout.paid")];
  expect(factOf(types)).toEqual(types);
  const [count, to] = [part("sum.count", "9007199254740993"), part("sum.last.to", "CLBD")];
  expect(factOf([count, to])).toEqual({
    byName: new Map([
      [
        "sum",
        {
          byName: new Map<string, unknown>([
            ["count", count],
            ["last", { byName: new Map([["to", to]]) }],
          ]),
        },
      ],
    ]),
  });
});

test("rows of different names make one table with all of their columns", () => {
  const rows = factOf([part("0.a", "1"), part("1.b", "2"), part("1.a", "3")]);
  expect(rows !== undefined && isTable(rows) && columnsOf(rows)).toEqual(["a", "b"]);
  expect([isTable([]), isTable([part("0", "a")]), isTable(part("", "a"))]).toEqual([false, false, false]);
});

test.each([
  ["amount", "1566.04", "GBP", "1,566.04 GBP"],
  ["difference", "-0.05", "GBP", "−0.05 GBP"],
  ["waitedMs", "2500", "ms", "2,500 ms"],
  ["count", "15660", null, "15,660"],
  ["deliveryId", "15660", null, "15660"],
  ["isComplete", "true", null, "yes"],
  ["state", "OPEN", null, "open"],
  ["currency", "GBP", null, "GBP"],
  ["amount", "12.50", null, "12.50"],
  ["code", "UPSTREAM_MALFORMED", null, "UPSTREAM_MALFORMED"],
])("the fact %s with the value %s in %s is displayed as %s", (name, value, unit, displayed) => {
  expect(textOf({ value, unit }, name)).toBe(displayed);
});

test("a currency is not displayed by itself if an amount beside it has it", () => {
  const withUnit = (unit: string | null) => {
    const facts = factOf([part("amount", "12.50", unit), part("currency", "EUR")]);
    return facts !== undefined && isByName(facts) && hasAmount(facts);
  };
  expect([withUnit("EUR"), withUnit("GBP"), withUnit(null)]).toEqual([true, false, false]);
});

test("the name of a fact is displayed in words", () => {
  expect(factName("usualUntil")).toBe("usual until");
});
