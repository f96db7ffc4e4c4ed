import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { recordUnlisted } from "../../../src/reconcile/completeness/record-unlisted.ts";
import type { StoredPosition } from "../../../src/store/entities/compare-content.ts";
import { addSource, minute, paymentRecord, putRecords } from "../../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANT = "acme";
const PAYMENTS = 50;
const LIMIT = 7;
const range = { from: minute(10), to: minute(40) };

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  const place = { database: store.db, tenantId: TENANT, sourceId: "main" };
  const other = { ...place, sourceId: "other" };
  await addSource(place);
  await addSource(other);
  // Groups of ten of the same time, of which a page ends in the middle, and every ninth without a time.
  const records = Array.from({ length: PAYMENTS }, (_, n) =>
    paymentRecord(n, { createdAt: n % 9 === 0 ? undefined : minute(n - (n % 10)) }),
  );
  await putRecords(place, records);
  await putRecords(other, records);
});
afterAll(async () => store[Symbol.asyncDispose]());

const cases: readonly [withUndated: boolean, expected: readonly number[]][] = [
  [false, numbersWhere((n) => n >= 10 && n < 40 && n % 9 !== 0)],
  [true, numbersWhere((n) => (n >= 10 && n < 40) || n % 9 === 0)],
];

function numbersWhere(isExpected: (n: number) => boolean): readonly number[] {
  return Array.from({ length: PAYMENTS }, (_, n) => n).filter((n) => isExpected(n) && n % 3 !== 0);
}

test.each(cases)(
  "each stored object that was not listed is found once by pages of their own transactions (without a time too: %p)",
  async (withUndated, expected) => {
    const compared = { runId: `run_${withUndated}`, sourceId: "main", stream: "charges" };
    await store.db.transaction(TENANT, (tx) =>
      tx.query(
        `insert into compared_objects (tenant_id, run_id, stream, entity_type, entity_id, external_id, day, state, look)
         select tenant_id, $1, 'charges', 'Payment', id, external_id, date '2026-01-01', 'EQUAL', 0 from payments
         where source_id = 'main' and split_part(external_id, '_', 2)::integer % 3 = 0`,
        [compared.runId],
      ),
    );
    const selection = { sourceId: "main", ...range, withUndated, idPattern: undefined };
    const counts: number[] = [];
    let after: StoredPosition | undefined;
    do {
      const position = after;
      after = await store.db.transaction(TENANT, (tx) =>
        recordUnlisted(
          tx,
          compared,
          "Payment",
          { ...selection, writtenBefore: "2999-01-01T00:00:00Z" },
          position,
          LIMIT,
        ),
      );
      counts.push((await findUnlisted(compared.runId)).length);
    } while (after !== undefined);
    const found = counts.map((count, page) => count - (counts[page - 1] ?? 0));
    expect(Math.max(...found)).toBeLessThanOrEqual(LIMIT);
    expect(await findUnlisted(compared.runId)).toEqual(expected);
  },
);

/** Finds the numbers of the payments that were not listed. */
async function findUnlisted(runId: string): Promise<readonly number[]> {
  const rows = await store.db.transaction(TENANT, (tx) =>
    tx.query<{ n: number }>(
      `select split_part(external_id, '_', 2)::integer as n from compared_objects
       where run_id = $1 and state = 'SUSPECT' order by n`,
      [runId],
    ),
  );
  return rows.map(({ n }) => n);
}
