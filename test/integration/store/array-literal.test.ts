import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { arrayLiteral } from "../../../src/store/array-literal.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

const storable = fc.string({ unit: "grapheme" }).filter((text) => text.isWellFormed() && !text.includes("\0"));
const awkward = fc.constantFrom("", "NULL", "null", "{}", '"', "\\", '\\"', ",", " a ", "\n", "{a,b}", "'");

test("PostgreSQL reads back the array that was written, for any values", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.oneof(storable, awkward)), { maxLength: 20 }), async (values) => {
      const rows = await store.db.query<{ read: (string | null)[] }>("select $1::text[] as read", [
        arrayLiteral(values, (value) => value),
      ]);
      expect(rows[0]?.read).toEqual(values);
    }),
  );
});
