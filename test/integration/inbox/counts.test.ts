import { expect, test } from "@jest/globals";
import { plainWebhook, PLAIN_HEADERS } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { countRetention, WEBHOOK_STATISTICS_DAYS } from "../../../src/ingest/webhooks/retention.ts";
import { deleteOldRows } from "../../../src/store/delete-old-rows.ts";
import { createWebhookCounts } from "../../../src/ingest/webhooks/webhook-counts.ts";
import { useStore } from "../../helpers/store.ts";
import { eventually } from "../../helpers/eventually.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { startWebhookService } from "../../helpers/webhook-service.ts";

const SUMS = `select source_id, sum(received)::int as received, sum(duplicates)::int as duplicates,
  sum(conflicts)::int as conflicts, sum(refused)::int as refused, sum(parked)::int as parked
  from webhook_counts group by source_id order by source_id`;

test("webhooks are counted by minute, with the times of the last accepted and the last refused one", async () => {
  const webhook = plainWebhook();
  await using service = await startWebhookService({
    sources: [scriptedSource({ pages: {}, webhook }), scriptedSource({ pages: {}, webhook }, { id: "other" })],
  });
  const event = (id: string, name = id) => JSON.stringify({ id, parties: [["p", name, 1]] });
  for (const body of [event("a"), event("a"), event("a", "other"), event("b"), "parked"])
    expect((await service.post(body, PLAIN_HEADERS)).status).toBe(200);
  for (const headers of [{}, { "x-key": "wrong" }])
    expect((await service.post(event("c"), headers, "other")).status).toBe(401);
  expect((await service.post(event("c"), PLAIN_HEADERS, "nobody")).status).toBe(401);
  await eventually(
    "nothing waits",
    async () => (await service.query("select 1 from deliveries where status = 'PENDING'")).length === 0,
  );
  await service.inbox.close(5_000); // adds the remaining counts
  const none = { received: 0, duplicates: 0, conflicts: 0, refused: 0, parked: 0 };
  expect(await service.store.db.read("acme", (tx) => tx.query(SUMS))).toEqual([
    { ...none, source_id: "main", received: 5, duplicates: 1, conflicts: 1, parked: 1 },
    { ...none, source_id: "other", refused: 2 },
  ]);
  const minutes = await service.query("select 1 from webhook_counts where at <> date_trunc('minute', at)");
  expect(minutes).toEqual([]);
  expect(
    await service.query(
      `select id, webhook_received_at is not null as received, webhook_refused_at is not null as refused
       from sources order by id`,
    ),
  ).toEqual([
    { id: "main", received: true, refused: false },
    { id: "other", received: false, refused: true },
  ]);
});

test("counts of many processes add up, survive a database outage, and are deleted after five weeks", async () => {
  await using store = await useStore();
  const source = scriptedSource({ pages: {} });
  await registerSources(store.db, [source]);
  let away = true;
  const problems: unknown[] = [];
  const db: typeof store.db = {
    ...store.db,
    transaction: (tenantId, work) => (away ? Promise.reject(new Error("away")) : store.db.transaction(tenantId, work)),
  };
  const replicas = [db, store.db].map((one) =>
    createWebhookCounts({ db: one, random: Math.random, onProblem: (reason) => problems.push(reason) }),
  );
  for (const replica of replicas) {
    replica.add(source, "received", 2);
    replica.start();
  }
  await eventually("the first could not add its own", () => problems.length > 0);
  away = false;
  for (const replica of replicas) replica.add(source, "refused");
  for (const replica of replicas) await replica.close(5_000);
  const sums = () => store.db.read("acme", (tx) => tx.query(SUMS));
  expect(await sums()).toMatchObject([{ received: 4, refused: 2 }]);
  const retentions = [{ rule: countRetention, days: WEBHOOK_STATISTICS_DAYS }];
  await deleteOldRows({ db: store.db, tenantId: "acme", retentions });
  expect(await sums()).toHaveLength(1);
  await store.db.transaction("acme", (tx) => tx.query("update webhook_counts set at = at - interval '36 days'"));
  await deleteOldRows({ db: store.db, tenantId: "acme", retentions });
  expect(await sums()).toEqual([]);
});
