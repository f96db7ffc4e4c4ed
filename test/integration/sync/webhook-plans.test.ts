import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { resolveAliases } from "../../../src/ingest/apply/aliases/resolve-aliases.ts";
import type { ListedEventMessage } from "../../../src/connector-api/messages.ts";
import { detectMissed } from "../../../src/ingest/webhooks/health/detect-missed.ts";
import { noteListed } from "../../../src/ingest/webhooks/health/note-listed.ts";
import { countRefused, findPast, findPasts } from "../../../src/ingest/webhooks/health/delivery-history.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** Fourteen days of two sources of two tenants. */
const FILL = [
  `insert into webhook_counts (tenant_id, source_id, at, received)
   select $1, source, now() - n * interval '1 minute', 1 from generate_series(1, 8000) n, unnest(array['main', 'other']) source`,
  `insert into deliveries (tenant_id, id, source_id, delivery_key, event_type, content_hash, received_at, status, next_attempt_at, finished_at)
   select $1, source || n, source, n::text, 'charge.updated', '', now() - n * interval '1 minute', 'APPLIED', now(), now()
   from generate_series(1, 5000) n, unnest(array['main', 'other']) source`,
  `insert into listed_events (tenant_id, id, source_id, event_type, at, missed_at)
   select $1, 'evt' || n, 'source' || n % 1000, 'charge.updated', now(), now() from generate_series(1, 5000) n`,
  `insert into webhook_types (tenant_id, source_id, event_type, first_at, last_at)
   select $1, 'source' || n, 'charge.updated', now() - interval '1 day', now() from generate_series(1, 2000) n`,
  `insert into entity_aliases (tenant_id, id, source_id, entity_type, external_id, root_id, root_external_id, first_at)
   select $1, 'pty_' || n, 'main', 'Party', '', 'pty_' || n / 2, '', now() from generate_series(1, 5000) n`,
] as const;

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  for (const tenantId of ["acme", "umbrella"]) {
    await store.db.transaction(tenantId, async (tx) => {
      for (const statement of FILL) await tx.query(statement, [tenantId]);
    });
  }
  await analyze(store);
});
afterAll(async () => store[Symbol.asyncDispose]());

const listed: ListedEventMessage[] = Array.from({ length: 100 }, (_, n) => ({
  type: "listedEvent",
  deliveryId: `evt_${n}`,
  eventType: "charge.updated",
  at: new Date().toISOString(),
}));
const renamed = { ...partyMessage("b", "b", at(1n)), replaces: "a" };

test.each<[what: string, index: string, work: (tx: Transaction) => Promise<unknown>]>([
  ["what of a list was delivered", "deliveries_pkey", (tx) => noteListed(tx, "source1", listed)],
  ["types that come", "webhook_types_pkey", (tx) => noteListed(tx, "source1", listed)],
  ["what was missed", "listed_events_by_source", (tx) => detectMissed(tx, "source1")],
  ["what came late", "deliveries_pkey", (tx) => detectMissed(tx, "source1")],
  ["the past of a source", "webhook_counts_pkey", (tx) => findPast(tx, "main", Date.now())],
  [
    "the pasts of many sources",
    "webhook_counts_pkey",
    (tx) => findPasts(tx, [{ sourceId: "main", untilMs: Date.now() }]),
  ],
  ["calls that were refused", "webhook_counts_pkey", (tx) => countRefused(tx, "main", Date.now())],
  [
    "ids of objects",
    "entity_aliases_by_root",
    (tx) => resolveAliases(tx, { sourceId: "main", renames: ["Party"], messages: [renamed] }),
  ],
])("%s is found by %s", async (_what, index, work) => {
  const nodes = await plansOfWork(store, work);
  expect(nodes.map((node) => node["Index Name"])).toContain(index);
  const scanned = nodes
    .filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] !== "source_erasures") // its policy; a handful of rows
    .map((node) => node["Relation Name"]);
  // Rows of a silence, of a finding and of a source are few.
  expect(
    scanned.filter((table) => !["webhook_silences", "findings", "parties", "sources"].includes(table ?? "")),
  ).toEqual([]);
});
