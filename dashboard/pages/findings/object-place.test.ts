import { expect, test } from "@jest/globals";
import { parse, validate } from "graphql";
import { ID_PREFIXES } from "../../../src/domain/ids.ts";
import { loadSchema } from "../../../src/server/load-schema.ts";
import { placeOfObject, queryOf, SELECTIONS } from "./object-place.ts";

const RANDOM = "K9_nCzJUiY2bun9mpw5pNH";
const schema = loadSchema();

test("a payout, a statement, a delivery and a run lead to their pages", () => {
  expect(["pot", "stm", "dlv", "run"].map((prefix) => placeOfObject(`${prefix}_${RANDOM}`))).toEqual([
    `#/reconciliation/pot_${RANDOM}?result=all`,
    `#/money/stm_${RANDOM}`,
    `#/deliveries/dlv_${RANDOM}`,
    `#/runs/run_${RANDOM}`,
  ]);
});

test.each(Object.entries(SELECTIONS))("the query about an object with the prefix %s is valid", (prefix, selection) => {
  expect(Object.values(ID_PREFIXES)).toContain(prefix);
  expect(validate(schema, parse(queryOf(`${prefix}_${RANDOM}`, selection)))).toEqual([]);
});

test("an object without a page leads to a query in GraphiQL, in the part of the address that is never sent", () => {
  const place = new URL(placeOfObject(`pay_${RANDOM}`) ?? "", "http://sluice.example");
  expect(place.pathname + place.search).toBe("/graphql");
  expect(new URLSearchParams(place.hash.slice(1)).get("query")).toContain(`node(id: "pay_${RANDOM}")`);
});

test.each(["po_191LbG95A9iFtrLPbuy00006r", "OPEN", `xyz_${RANDOM}`, `pay_${RANDOM}x`])("%s leads nowhere", (text) => {
  expect(placeOfObject(text)).toBeUndefined();
});
