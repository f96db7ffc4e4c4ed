import { expect, test } from "@jest/globals";
import { useOldDatabase } from "../../helpers/old-database.ts";

const amount = (name: string, minor: string, currency: string, exchange?: object) => ({
  name,
  money: { minor: { $int: minor }, exponent: 2, currency },
  ...(exchange && { exchange }),
});

/** Amounts that banks state of transactions in euro. */
const AMOUNTS = {
  none: null,
  empty: [],
  stated: [
    amount("InstdAmt", "100000", "SEK", { unitCurrency: "SEK", rate: "0.0870" }),
    amount("TxAmt", "8700", "EUR"),
  ],
  elsewhere: [
    amount("InstdAmt", "100000", "SEK"),
    amount("TxAmt", "8700", "EUR", { unitCurrency: "SEK", rate: "0.087" }),
  ],
  twice: [amount("InstdAmt", "100000", "SEK"), amount("InstdAmt", "100000", "SEK", { rate: "0.0871" })],
  several: [amount("InstdAmt", "100000", "SEK"), amount("InstdAmt", "100001", "SEK")],
  currencies: [amount("InstdAmt", "100000", "SEK"), amount("InstdAmt", "100000", "NOK")],
  own: [amount("InstdAmt", "8700", "EUR"), amount("TxAmt", "100000", "SEK")],
  rates: [
    amount("InstdAmt", "100000", "SEK"),
    amount("TxAmt", "8700", "EUR", { rate: "0.087" }),
    amount("CntrValAmt", "8700", "EUR", { rate: "11.49" }),
  ],
};

test("the instructed amounts of transactions that were stored before are known, for every tenant, where a bank states one", async () => {
  await using database = await useOldDatabase("0061-instructed-amounts");
  for (const tenantId of ["acme", "umbrella"])
    await database.queryAs(
      tenantId,
      `insert into sluice.bank_transactions (tenant_id, id, source_id, external_id, ordered_at, version_from, version_until,
         finality, observed_at, written_at, via, content_hash, raw_path, direction, status, is_reversal, booking_date,
         amount_minor, exponent, currency, amounts)
       select $1, $1 || '-' || key, 'bank', key, now(), 1, 1, 1, now(), now(), 'FILE', 'x', '', 'CREDIT', 'BOOKED', false,
         '2026-11-20', 8700, 2, 'EUR', nullif(value, 'null')
       from jsonb_each($2::jsonb)`,
      [tenantId, JSON.stringify(AMOUNTS)],
    );
  await database.migrate();
  const stored = await database.queryAll<{ found: string }>(
    `select id || ' ' || instructed_amount || ' ' || instructed_currency as found from sluice.bank_search
     where instructed_currency is not null order by id`,
  );
  const expected = ["elsewhere", "rates", "stated", "twice"].map((name) => `${name} 1000 SEK`);
  expect(stored.map(({ found }) => found)).toEqual(
    ["acme", "umbrella"].flatMap((tenant) => expected.map((text) => `${tenant}-${text}`)),
  );
  const rates = await database.queryAll<{ name: string; rate: string | null; unit: string | null }>(
    `select key as name, rate, unit_currency as unit from jsonb_each('${JSON.stringify(AMOUNTS)}'::jsonb)
     cross join lateral sluice.instructed_amount(nullif(value, 'null'), 'EUR') order by key`,
  );
  expect(rates).toEqual([
    { name: "elsewhere", rate: "0.087", unit: "SEK" },
    { name: "rates", rate: null, unit: null },
    { name: "stated", rate: "0.0870", unit: "SEK" },
    { name: "twice", rate: "0.0871", unit: null },
  ]);
});
