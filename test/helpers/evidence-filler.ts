import { bankTransactionRecord } from "./bank-world.ts";
import { euro, ledgerEntryRecord, payoutRecord, type Place, putRecords } from "./ledger-world.ts";
import { analyze } from "./plans.ts";
import type { TestStore } from "./store.ts";

/** Rows that no pack of a test is about, so that a plan that reads whole tables is noticed. */
export interface EvidenceFiller {
  /** Adds many objects of other days, once. */
  objects(): Promise<void>;
  /** Adds these, and comparisons, matches and decisions of many other days, once. */
  reconciliation(): Promise<void>;
}

export function evidenceFiller(store: TestStore): EvidenceFiller {
  const objects = once(async () => {
    const place: Place = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
    const numbers = Array.from({ length: 3_000 }, (_, n) => n);
    await putRecords(
      place,
      numbers.map((n) => ledgerEntryRecord(100 + n, undefined)),
    );
    await putRecords(
      place,
      numbers.map((n) => ({ ...payoutRecord(100 + n), amount: euro(1n) })),
    );
    await putRecords(
      { ...place, sourceId: "bank" },
      numbers.map((n) => bankTransactionRecord(`many-${n}`, 1 + (n % 28), {})),
    );
  });

  const reconciliation = once(async () => {
    await objects();
    await store.db.transaction("acme", async (tx) => {
      const days = "generate_series(date '2010-01-01', date '2019-12-31', interval '1 day')";
      await tx.query(
        `insert into compared_days (tenant_id, source_id, stream, day, run_id, state, checked_at)
       select 'acme', source_id, stream, day, 'run_0', 'IN_STEP', day from ${days} as day,
         unnest(array['stripe-main', 'bank']) as source_id, unnest(array['a', 'b']) as stream on conflict do nothing`,
      );
      await tx.query(
        `insert into record_differences (tenant_id, source_id, run_id, stream, entity_type, entity_id, external_id, day, kind, found_at)
       select 'acme', source_id, 'run_' || day, 'a', 'Payout', 'x', 'x', day, 'ALTERED', day + interval '1 day' from ${days} as day,
         unnest(array['stripe-main']) as source_id on conflict do nothing`,
      );
      await tx.query(
        `insert into reconciliation_items (tenant_id, id, object_type, source_id, route, currency, direction, amount, day, last_day,
         due_on, state, since)
       select 'acme', 'item_' || day, 'Payout', 'stripe-main', 'r', 'EUR', 'CREDIT', 1, day, day, day, 'OPEN', day from ${days} as day
       on conflict do nothing`,
      );
      await tx.query(
        `insert into payout_match_decisions (tenant_id, id, source_id, kind, reason, decided_by, decided_at)
       select 'acme', 'dec_' || day, 'stripe-main', 'UNMATCH', 'r', 'kim', day from ${days} as day on conflict do nothing`,
      );
      await tx.query(
        `insert into payout_match_decision_objects (tenant_id, decision_id, object_id, source_id, object_type, joins)
       select 'acme', 'dec_' || day, 'item_' || day, 'stripe-main', 'Payout', false from ${days} as day on conflict do nothing`,
      );
    });
    await analyze(store);
  });
  return { objects, reconciliation };
}

/** Runs `work` once; every later call returns the first call's promise. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
