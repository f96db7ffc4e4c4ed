import { describe, expect, test } from "@jest/globals";
import { contractFields, fieldDifferences } from "./contract-fields.ts";
import { parseExactJson } from "./exact-json.ts";

const FIELDS = contractFields("id! amount! note metadata", {
  payer: contractFields("name country!"),
  lines: contractFields("sku"),
});
const differencesOf = (text: string) => fieldDifferences(parseExactJson(text), FIELDS);

describe("differences between a JSON object and its documented fields (F26)", () => {
  test("are none for an object that has the fields, whatever an undescribed one contains", () => {
    const payer = '{"name": null, "country": null}';
    expect(
      differencesOf(`{"id": 1, "amount": 5, "payer": ${payer}, "lines": [{"sku": 1}], "metadata": {"x": 1}}`),
    ).toEqual([]);
    expect(differencesOf('{"id": 1, "amount": null}')).toEqual([]);
  });

  test("are fields that are new, with their types, and fields that are no longer sent", () => {
    expect(
      differencesOf(
        '{"id": 1, "a": "Ann", "b": 10.50, "c": 12345678901234567890, "d": [1], "e": {"f": 1}, "g": null, "h": true, "payer": {"tax": 1}, "lines": [{}, {"tax": 1}, 5]}',
      ),
    ).toEqual([
      { path: "a", value: "text", of: "field" },
      { path: "b", value: "number", of: "field" },
      { path: "c", value: "number", of: "field" },
      { path: "d", value: "list", of: "field" },
      { path: "e", value: "object", of: "field" },
      { path: "g", value: "null", of: "field" },
      { path: "h", value: "boolean", of: "field" },
      { path: "payer.tax", value: "number", of: "field" },
      { path: "payer.country", value: "absent", of: "missing" },
      { path: "lines[].tax", value: "number", of: "field" },
      { path: "amount", value: "absent", of: "missing" },
    ]);
  });

  test("are at most a hundred new fields", () => {
    const fields = Array.from({ length: 5_000 }, (_, index) => `"f${index}": 1`);
    expect(differencesOf(`{"id": 1, "amount": 1, ${fields.join()}}`)).toHaveLength(100);
  });
});
