import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";

let store: TestStore;
/** A superuser, who reads and writes the table behind the view. */
let owner: pg.Client;
beforeAll(async () => {
  store = await useStore();
  owner = new pg.Client(store.connection);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await store[Symbol.asyncDispose]();
});

const query = (text: string): Promise<unknown[]> => store.db.transaction(TENANT, (tx) => tx.query(text));
const insert = (id: string, description: string): Promise<unknown> =>
  query(
    `insert into payments (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until, finality,
       observed_at, written_at, via, content_hash, raw_path, description, reference_list)
     values ('${TENANT}', '${id}', 'main', '${id}', now(), 0, 0, 0, now(), now(), 'POLL', 'a', '', '${description}', '[]')`,
  );
/** The stored words of a payment, without their prefix, and which transaction has written them. */
async function wordsOf(id: string): Promise<{ words: string[]; writer: string } | undefined> {
  const { rows } = await owner.query<{ words: string[]; writer: string }>(
    `select tsvector_to_array(words) as words, xmin::text as writer from sluice.entity_search where id = $1`,
    [id],
  );
  return rows[0] && { ...rows[0], words: rows[0].words.map((word) => word.slice(12)).toSorted() };
}

test("the words of a payment follow its texts, and an update of another column does not write them again", async () => {
  await insert("p1", "Blue Shoes");
  const inserted = await wordsOf("p1");
  expect(inserted?.words).toEqual(["blue", "p1", "shoes"]);
  await query("update payments set status = 'FAILED', content_hash = 'b' where id = 'p1'");
  expect(await wordsOf("p1")).toEqual(inserted);
  await query("update payments set description = 'Green hats', content_hash = 'c' where id = 'p1'");
  expect((await wordsOf("p1"))?.words).toEqual(["green", "hats", "p1"]);
  await query("delete from payments where id = 'p1'");
  expect(await wordsOf("p1")).toBeUndefined();
});

test("the words of an object that was first known by its deletion are stored when its content comes", async () => {
  await insert("p2", "Blue Shoes");
  await query("update payments set content_hash = null where id = 'p2'");
  await owner.query("delete from sluice.entity_search where id = 'p2'");
  await query("update payments set content_hash = 'a' where id = 'p2'");
  expect((await wordsOf("p2"))?.words).toEqual(["blue", "p2", "shoes"]);
});

test("words that are left of an earlier row do not keep a payment from being stored: they are replaced", async () => {
  await owner.query(
    "insert into sluice.entity_search (tenant_id, id, source_id, words) values ($1, 'p3', 'main', 'old')",
    [TENANT],
  );
  await insert("p3", "Blue Shoes");
  expect((await wordsOf("p3"))?.words).toEqual(["blue", "p3", "shoes"]);
});

test("an update of a thousand payments by one statement that changes no text calls no function for the words", async () => {
  await query(
    `insert into payments (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until, finality,
       observed_at, written_at, via, content_hash, raw_path, description, reference_list)
     select '${TENANT}', 'many-' || n, 'main', 'many-' || n, now(), 0, 0, 0, now(), now(), 'POLL', 'a', '', 'Shoes', '[]'
     from generate_series(1, 1000) as n`,
  );
  const update = (set: string): Promise<string[]> =>
    store.db.transaction(TENANT, async (tx) => {
      const plan = await tx.query<{ "QUERY PLAN": string }>(
        `explain (analyze, costs off, timing off) update payments set ${set}, content_hash = 'b' where id like 'many-%'`,
      );
      return plan.map((row) => row["QUERY PLAN"]).filter((line) => line.includes("payments_search_updated"));
    });
  expect(await update("status = 'FAILED'")).toEqual([]);
  expect(await update("description = 'Hats'")).toEqual([expect.stringContaining("calls=1000")]);
});
