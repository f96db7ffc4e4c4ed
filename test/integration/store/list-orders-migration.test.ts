import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { useOldDatabase } from "../../helpers/old-database.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

test("texts of amounts have the order of the amounts, whatever their size, sign and number of digits", async () => {
  const amount = fc.record({
    minor: fc.oneof(fc.bigInt({ min: -1_200n, max: 1_200n }), fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })),
    exponent: fc.integer({ min: 0, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(amount, { minLength: 2, maxLength: 40 }), async (amounts) => {
      const rows = await store.db.query<{ position: bigint; key: string }>(
        `select position, amount_order('EUR', minor, exponent) as key
         from unnest($1::numeric[], $2::smallint[]) with ordinality as given (minor, exponent, position) order by position`,
        [amounts.map(({ minor }) => `${minor}`), amounts.map(({ exponent }) => exponent)],
      );
      const units = amounts.map(({ minor, exponent }) => minor * 10n ** BigInt(5 - exponent));
      for (const [n, one] of rows.entries()) {
        for (const [m, other] of rows.entries()) {
          const [a, b] = [units[n] ?? 0n, units[m] ?? 0n];
          expect([a, b, Math.sign(Number(one.key > other.key) - Number(one.key < other.key))]).toEqual([
            a,
            b,
            a > b ? 1 : a < b ? -1 : 0,
          ]);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test("objects that were stored before have their orders and words, as those that are stored later", async () => {
  await using database = await useOldDatabase("0024-list-orders");
  const add = (id: string) =>
    database.queryAs(
      "acme",
      `insert into sluice.payments (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until, finality,
         observed_at, written_at, via, content_hash, raw_path, amount_minor, exponent, currency, description)
       values ($1, $2, 'stripe', 'x', now(), 1, 1, 1, now(), now(), 'POLL', 'x', '', 1050, 2, 'EUR', 'Café Nº 7')`,
      ["acme", id],
    );
  await add("before");
  await database.migrate();
  await add("after");
  const rows = await database.queryAll<{ key: string; words: string }>(
    `select amount_order as key, words::text from sluice.payments join sluice.entity_search using (tenant_id, id)`,
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual(rows[1]);
  expect(rows[0]?.key).toBe("EUR P002105");
  expect(rows[0]?.words).toContain("cafe");
});
