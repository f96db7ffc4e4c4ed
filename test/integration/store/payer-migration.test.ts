import { expect, test } from "@jest/globals";
import { useOldDatabase } from "../../helpers/old-database.ts";

test("C1, C9, C10: new fields of Stripe's objects are read again from the start, for every tenant, and nothing else is", async () => {
  await using database = await useOldDatabase("0006-payer-and-exchange-rate");
  const sources = [
    { tenant: "acme", id: "stripe-acme", connector: "stripe" },
    { tenant: "umbrella", id: "stripe-umbrella", connector: "stripe" },
    { tenant: "umbrella", id: "bank", connector: "iso20022-bank" },
  ];
  for (const { tenant, id, connector } of sources) {
    await database.queryAs(
      tenant,
      `insert into sluice.sources (tenant_id, id, connector, status, status_since) values ($1, $2, $3, 'ACTIVE', now())`,
      [tenant, id, connector],
    );
    for (const stream of ["charges", "refunds", "balance_transactions", "customers"]) {
      await database.queryAs(
        tenant,
        `insert into sluice.stream_states (tenant_id, source_id, stream, cursor, cursor_at) values ($1, $2, $3, '{}', now())`,
        [tenant, id, stream],
      );
      await database.queryAs(
        tenant,
        `insert into sluice.stream_ranges (tenant_id, source_id, stream, run_id, range_id, status)
           values ($1, $2, $3, '', 0, 'OPEN'), ($1, $2, $3, 'run_1', 0, 'OPEN')`,
        [tenant, id, stream],
      );
    }
  }
  await database.migrate();
  const kept = (table: string, condition: string) =>
    database.queryAll<{ source_id: string; stream: string }>(
      `select source_id, stream from sluice.${table} where ${condition} order by source_id, stream`,
    );
  const expected = [
    { source_id: "bank", stream: "balance_transactions" },
    { source_id: "bank", stream: "charges" },
    { source_id: "bank", stream: "customers" },
    { source_id: "bank", stream: "refunds" },
    { source_id: "stripe-acme", stream: "customers" },
    { source_id: "stripe-umbrella", stream: "customers" },
  ];
  expect(await kept("stream_states", "cursor is not null")).toEqual(expected);
  expect(await kept("stream_ranges", "run_id = ''")).toEqual(expected);
  expect(await kept("stream_ranges", "run_id <> ''")).toHaveLength(12);
  const walls = await database.queryAll(
    `select relname from pg_class where relname in ('sources', 'stream_states', 'stream_ranges') and not relforcerowsecurity`,
  );
  expect(walls).toEqual([]);
});
