import { describe, expect, test } from "@jest/globals";
import type * as grpc from "@grpc/grpc-js";
import type { FeedMessage } from "../../connector-api/change-feed.ts";
import { startProcessor, type Wire } from "./fixtures/processor-contract.ts";
import { FIELDS, mistakesIn, openProcessor } from "./fixtures/processor-source.ts";
import { connector } from "./index.ts";

const CHARGE = { state: "CHARGE_STATE_DONE", cents: "5", currency: "EUR" };
const WATCH = { method: "acme.v1.Processor/Changes", request: "after", response: "sequence", item: "charge" };

/** The messages that a source makes of changes of the server, up to a number of them. */
async function follow(
  changes: readonly Wire[],
  stream: object,
  count: number,
): Promise<readonly FeedMessage<unknown>[]> {
  await using server = await startProcessor({
    Changes(call: grpc.ServerWritableStream<Wire, Wire>) {
      for (const change of changes) call.write(change);
    },
  });
  await using session = await openProcessor(server.url, { payments: stream });
  const signal = AbortSignal.timeout(60_000);
  const input = { client: session.client, sourceId: "grpc", position: { tokens: {} }, nowMs: Date.now, signal };
  const feed = connector.feed?.open({ ...input, config: session.config as never }); // parsed by the connector's schema
  const messages: FeedMessage<unknown>[] = [];
  for await (const message of feed?.messages ?? []) {
    if (message.type === "lag" || message.type === "gap") continue;
    messages.push(message);
    if (messages.length === count) break;
  }
  await feed?.close();
  return messages;
}

describe("a watched method", () => {
  test("reports deletions by the id and the version of its message, and continues after each", async () => {
    const changes = [
      { sequence: "1", charge: { ...CHARGE, id: "ch_1", sequence: "1" } },
      { sequence: "2", deleted_id: "ch_1" },
      { sequence: "3", charge: { ...CHARGE, id: "ch_2", sequence: "3" } },
    ];
    const watch = { ...WATCH, deleted: { id: "deleted_id", version: "sequence" } };
    const messages = await follow(changes, { watch, fields: { ...FIELDS, version: "sequence" } }, 7);
    expect(messages.filter(({ type }) => type !== "checkpoint")).toMatchObject([
      { type: "record", record: { externalId: "ch_1" }, version: { from: 1n } },
      { type: "tombstone", entity: "Payment", externalId: "ch_1", version: { from: 2n, until: 2n } },
      { type: "record", record: { externalId: "ch_2" }, version: { from: 3n } },
    ]);
    expect(messages.at(-1)).toMatchObject({ type: "checkpoint", cursor: { tokens: { [WATCH.method]: "3" } } });
  });

  test("whose messages are the objects themselves has no item", async () => {
    const changes = [{ sequence: "4", deleted_id: "ch_9", charge: { ...CHARGE, id: "none" } }];
    const watch = { method: WATCH.method, request: "after", response: "sequence" };
    const fields = {
      externalId: "deleted_id",
      currency: "charge.currency",
      amount: { path: "charge.cents", as: "minorUnits" },
      kind: { value: "PAYIN" },
      status: { value: "SUCCEEDED" },
      version: "sequence",
    };
    expect(await follow(changes, { watch, fields }, 2)).toContainEqual(
      expect.objectContaining({ type: "record", raw: expect.objectContaining({ path: "" }) as unknown }),
    );
  });

  test("needs the version of a deletion if versions are numbers, and paths without positions", () => {
    const fields = { ...FIELDS, version: "sequence" };
    const deleted = { id: "deleted_id" };
    expect(mistakesIn({ payments: { watch: { ...WATCH, deleted }, fields } })).toEqual([
      "streams.payments.watch.deleted.version: must be given, because the versions of objects are numbers",
    ]);
    const gap = { ...WATCH, gap: "charge.parties[0]" };
    expect(mistakesIn({ payments: { watch: gap, fields } })).toContainEqual(
      expect.stringContaining("streams.payments.watch.gap"),
    );
  });
});
