import { expect, test } from "@jest/globals";
import { useOldDatabase } from "../../helpers/old-database.ts";

test("C7: debits that were stored before can be matched too, for every tenant", async () => {
  await using database = await useOldDatabase("0007-payouts");
  for (const tenantId of ["acme", "umbrella"]) {
    await database.queryAs(
      tenantId,
      `insert into sluice.bank_transactions (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until,
         finality, observed_at, written_at, via, content_hash, raw_path, direction, status, is_reversal, booking_date,
         amount_minor, exponent, currency)
       select $1, $1 || '-' || n, 'bank', n, now(), 1, 1, 1, now(), now(), 'FILE', 'x', '', direction, 'BOOKED', is_reversal,
         '2026-11-20', 5000, 2, 'EUR'
       from (values ('credit', 'CREDIT', false), ('debit', 'DEBIT', false), ('reversal', 'DEBIT', true))
         as made (n, direction, is_reversal)`,
      [tenantId],
    );
  }
  await database.migrate();
  const rows = await database.queryAll<{ found: string }>(
    "select id || ' ' || direction || ' ' || coalesce(arrived_on::text, 'none') as found from sluice.bank_search order by id",
  );
  expect(rows.map(({ found }) => found)).toEqual([
    "acme-credit CREDIT 2026-11-20",
    "acme-debit DEBIT 2026-11-20",
    "acme-reversal DEBIT none",
    "umbrella-credit CREDIT 2026-11-20",
    "umbrella-debit DEBIT 2026-11-20",
    "umbrella-reversal DEBIT none",
  ]);
});
