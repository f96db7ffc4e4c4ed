import { expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { eventually } from "../../helpers/eventually.ts";
import { plainWebhook, PLAIN_HEADERS, unsignedWebhook } from "../../fakes/plain-webhook.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { startWebhookService, type WebhookService } from "../../helpers/webhook-service.ts";

const START_MS = 1_790_000_000_000;
const PING = JSON.stringify({
  type: "SYNC_UPDATES",
  changed: ["p1"],
  streams: ["whole"],
  parties: [["p9", "Eve", 1]],
});

const applied = (service: WebhookService, count: number) =>
  eventually(
    "all are applied",
    async () => (await service.query("select 1 from deliveries where status = 'APPLIED'")).length === count,
  );

test("the content of an unsigned call is ignored: it only makes the provider be read", async () => {
  await using service = await startWebhookService({
    sources: [scriptedSource({ pages: { whole: [] }, webhook: unsignedWebhook() })],
  });
  expect((await service.post(PING)).status).toBe(200);
  await applied(service, 1);
  expect(await service.query("select verification, event_type, effects from deliveries")).toEqual([
    {
      verification: { scheme: "unsigned" },
      event_type: "SYNC_UPDATES",
      effects: [
        { kind: "REFETCH", entityType: "Party", id: entityId("acme", "main", "Party", "p1") },
        { kind: "READ", stream: "whole" },
      ],
    },
  ]);
  expect(await service.query("select external_id from refetches")).toEqual([{ external_id: "p1" }]);
  expect(await service.query("select stream from stream_refresh_requests")).toEqual([{ stream: "whole" }]);
  expect(await service.query("select 1 from parties")).toEqual([]);
  expect([service.reads, service.refetchRequests]).toEqual([["main"], ["main"]]);
});

test("two equal unsigned calls are two, ten are accepted at once, and then one each six seconds (F58)", async () => {
  let nowMs = START_MS;
  await using service = await startWebhookService({
    sources: [scriptedSource({ pages: { whole: [] }, webhook: unsignedWebhook() })],
    now: () => nowMs,
    idle: true,
  });
  const answers = await Promise.all(Array.from({ length: 12 }, () => service.post(PING)));
  const counted = Map.groupBy(answers, ({ status }) => status);
  expect([counted.get(200)?.length, counted.get(503)?.length]).toEqual([10, 2]);
  expect(answers.find(({ status }) => status === 503)?.headers.get("retry-after")).toBe("6");
  expect(await service.query("select 1 from deliveries")).toHaveLength(10);
  nowMs += 6_000;
  expect([(await service.post(PING)).status, (await service.post(PING)).status]).toEqual([200, 503]);
  nowMs += 6_000;
  expect((await service.post(" ".repeat(64 * 1024 + 1))).status).toBe(413); // and costs nothing
  expect((await service.post(" ".repeat(64 * 1024))).status).toBe(200);
});

test("a stream that is often hinted at is requested once, and an unknown stream never", async () => {
  await using service = await startWebhookService({
    sources: [scriptedSource({ pages: { whole: [] }, webhook: plainWebhook() })],
  });
  for (const streams of [["whole"], ["whole", "nothing"], ["nothing"]]) {
    expect((await service.post(JSON.stringify({ id: String(streams), streams }), PLAIN_HEADERS)).status).toBe(200);
  }
  await applied(service, 3);
  expect(await service.query("select stream from stream_refresh_requests")).toEqual([{ stream: "whole" }]);
  const effects = await service.query("select effects from deliveries order by delivery_key");
  expect(effects).toEqual([
    { effects: null },
    { effects: [{ kind: "READ", stream: "whole" }] },
    { effects: [{ kind: "READ", stream: "whole" }] },
  ]);
});
