import { expect, test } from "@jest/globals";
import pg from "pg";
import { plainWebhook, PLAIN_HEADERS } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startWebhookService } from "../../helpers/webhook-service.ts";

test("while calls wait for a blocked database, others get 503 before verification, and nothing is lost (F58)", async () => {
  await using service = await startWebhookService({
    sources: [scriptedSource({ pages: {}, webhook: plainWebhook() })],
  });
  const holder = new pg.Client(service.store.connection);
  await holder.connect();
  const calls: Promise<Response>[] = [];
  try {
    await holder.query("begin; lock table sluice.deliveries in access exclusive mode");
    const putOff = await eventually("a forged call to be put off", async () => {
      calls.push(service.post(`{"id":"${calls.length}"}`, PLAIN_HEADERS));
      const forged = await service.post("{}", { "x-key": "wrong" });
      return forged.status === 503 && forged; // 401 while no call waits for long
    });
    expect(putOff.headers.get("retry-after")).toBe("5");
  } finally {
    await holder.end(); // which releases the lock
  }
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  const rows = await service.query("select 1 from deliveries");
  expect(rows.length).toBeGreaterThanOrEqual(statuses.filter((status) => status === 200).length);
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
});
