import { expect, test } from "@jest/globals";
import { takeDue } from "../../../src/ingest/webhooks/due-deliveries.ts";
import { createRecentBodies } from "../../../src/ingest/webhooks/recent-bodies.ts";
import { plainWebhook, PLAIN_HEADERS } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { startWebhookService } from "../../helpers/webhook-service.ts";

test("a cached body is used for a set of deliveries, even if it is evicted while the other bodies are read (F58)", async () => {
  const source = scriptedSource({ pages: {}, webhook: plainWebhook() });
  await using service = await startWebhookService({ sources: [source], idle: true });
  for (const id of ["a", "b"]) expect((await service.post(`{"id":"${id}"}`, PLAIN_HEADERS)).status).toBe(200);
  const [stored] = await service.query("select id from deliveries order by received_at limit 1");
  const recent = createRecentBodies(100);
  recent.add(String(stored?.["id"]), Buffer.from('{"id":"a"}'));
  const taken = await service.store.db.transaction("acme", (tx) => {
    const pushedOut: typeof tx.query = (text, ...rest) => {
      if (text.includes("delivery_bodies")) recent.add("another", Buffer.alloc(100));
      return tx.query(text, ...rest);
    };
    return takeDue({ ...tx, query: pushedOut }, source.id, 10, recent);
  });
  expect(recent.get(String(stored?.["id"]))).toBeUndefined();
  expect(taken.deliveries.map(({ body }) => Buffer.from(body ?? []).toString())).toEqual(['{"id":"a"}', '{"id":"b"}']);
});
