import { expect, test } from "@jest/globals";
import { useOldDatabase } from "../../helpers/old-database.ts";

test("F110: words that were stored before have the prefix of their tenant, as those that are stored later", async () => {
  await using database = await useOldDatabase("0014-filter-indexes");
  const add = (tenantId: string, id: string, text: string | null) =>
    database.queryAs(
      tenantId,
      `insert into sluice.bank_transactions (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until,
         finality, observed_at, written_at, via, content_hash, raw_path, amount_minor, exponent, currency, search_text)
       values ($1, $2, 'bank', '1', now(), 1, 1, 1, now(), now(), 'FILE', 'x', '', 5000, 2, 'EUR', $3)`,
      [tenantId, id, text],
    );
  for (const tenantId of ["acme", "umbrella"]) await add(tenantId, "before", "invoice 7 überweisung");
  await add("acme", "without words", null);
  await database.migrate();
  for (const tenantId of ["acme", "umbrella"]) await add(tenantId, "after", "invoice 7 überweisung");
  const rows = await database.queryAll<{ key: string; words: string | null; prefix: string }>(
    `select tenant_id || ' ' || id as key, array_to_string(tsvector_to_array(words), ' ') as words,
       sluice.search_prefix(tenant_id) as prefix from sluice.bank_search order by 1`,
  );
  const wordsOf = ({ prefix }: { readonly prefix: string }) => `${prefix}7 ${prefix}invoice ${prefix}überweisung`;
  expect(rows.map(({ key, words }) => [key, words])).toEqual(
    rows.map((row) => [row.key, row.key === "acme without words" ? null : wordsOf(row)]),
  );
  expect(new Set(rows.map(({ prefix }) => prefix))).toHaveProperty("size", 2);
});
