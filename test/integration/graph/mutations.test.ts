import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../../helpers/eventually.ts";
import { post } from "../../helpers/graph-server.ts";
import { databaseUrl } from "../../helpers/postgres.ts";
import { type ServiceInProcess, startServiceInProcess } from "../../helpers/service-in-process.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** The complete service with its sandbox: mutations are tested with their real effects. */
let store: TestStore;
let folder: string;
let service: ServiceInProcess;
const sourceId = "stripe-demo";
beforeAll(async () => {
  store = await useStore();
  folder = await mkdtemp(join(tmpdir(), "sluice-mutations-"));
  service = await startServiceInProcess({
    DATABASE_URL: databaseUrl(store.connection),
    DATA_DIR: folder,
    DEMO_PAYMENTS: "100",
    PORT: "0",
  });
});
afterAll(async () => {
  await service?.stop();
  await store?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const ask = (query: string, variables: Readonly<Record<string, unknown>> = {}) =>
  post(service.url, { query, variables });
const start = (input: Readonly<Record<string, unknown>>) =>
  ask(
    "mutation ($input: StartSyncInput!) { startSync(input: $input) { run { id mode trigger status streams { stream } range { from to } } cursor } }",
    {
      input: { sourceId, ...input },
    },
  );

describe("startSync", () => {
  test("starts a run, and the same key returns the same run and cursor again", async () => {
    const first = await start({ streams: ["balance"], mode: "FULL", idempotencyKey: "once" });
    expect(first.errors).toEqual([]);
    expect(first.data.startSync.run).toMatchObject({
      mode: "FULL",
      trigger: "REQUEST",
      streams: [{ stream: "balance" }],
    });
    const again = await start({ streams: ["balance"], mode: "FULL", idempotencyKey: "once" });
    expect(again.data.startSync.run.id).toBe(first.data.startSync.run.id);
    expect(again.data.startSync.cursor).toBe(first.data.startSync.cursor);
    const other = await start({ streams: ["balance"], mode: "INCREMENTAL", idempotencyKey: "once" });
    expect(other.errors).toMatchObject([{ path: ["startSync"], extensions: { code: "CONFLICT" } }]);
    const status = async () =>
      (await ask(`{ syncRun(id: "${first.data.startSync.run.id}") { status } }`)).data.syncRun.status;
    expect(
      await eventually("the run to end", async () => ((await status()) === "SUCCEEDED" ? "SUCCEEDED" : undefined)),
    ).toBe("SUCCEEDED");
  });

  test("accepts a range in any UTC offset, with the mode RANGE only", async () => {
    const range = { from: "2026-01-01T00:00:00+01:00", to: "2026-02-01T00:00:00Z" };
    const { data, errors } = await start({ streams: ["charges"], mode: "RANGE", range });
    expect(errors).toEqual([]);
    expect(data.startSync.run.range).toEqual({ from: "2025-12-31T23:00:00.000Z", to: "2026-02-01T00:00:00.000Z" });
    expect((await start({ mode: "FULL", range })).errors[0]?.extensions.code).toBe("INVALID_INPUT");
    expect((await start({ mode: "RANGE" })).errors[0]?.extensions.code).toBe("INVALID_INPUT");
  });

  test.each([
    [{ sourceId: "nobody" }, "NOT_FOUND"],
    [{ sourceId: "a\u0000" }, "NOT_FOUND"],
    [{ streams: ["nope"] }, "INVALID_INPUT"],
    [{ streams: [] }, "INVALID_INPUT"],
    [{ idempotencyKey: "" }, "INVALID_INPUT"],
    [{ idempotencyKey: "k".repeat(201) }, "INVALID_INPUT"],
    [{ idempotencyKey: "\u0000" }, "INVALID_INPUT"],
  ])("%j is refused with %s (F93)", async (input, code) => {
    const { errors } = await start(input);
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });
});

describe("other mutations", () => {
  test("pauseSource and resumeSource return the source in its new state", async () => {
    const set = async (field: string) =>
      (await ask(`mutation { ${field}(id: "${sourceId}") { id status } }`)).data[field];
    expect(await set("pauseSource")).toEqual({ id: sourceId, status: "PAUSED" });
    expect(await set("resumeSource")).toEqual({ id: sourceId, status: "ACTIVE" });
  });

  test("two in one operation run one after the other, and each returns its own state", async () => {
    const { data } = await ask(
      `mutation { pauseSource(id: "${sourceId}") { status } resumeSource(id: "${sourceId}") { status } }`,
    );
    expect(data).toEqual({ pauseSource: { status: "PAUSED" }, resumeSource: { status: "ACTIVE" } });
  });

  test("cancelSync requests the end of a run", async () => {
    const { data } = await start({ mode: "FULL" });
    const canceled = await ask(`mutation { cancelSync(runId: "${data.startSync.run.id}") { id isCancelRequested } }`);
    expect(canceled.data.cancelSync).toEqual({ id: data.startSync.run.id, isCancelRequested: true });
    const done = await eventually("the run to end", async () => {
      const run = (await ask(`{ syncRun(id: "${data.startSync.run.id}") { status finishedAt } }`)).data.syncRun;
      return run.finishedAt === null ? undefined : run.status;
    });
    expect(["CANCELED", "SUCCEEDED"]).toContain(done);
  });

  test("replayDelivery makes a delivery be applied again", async () => {
    const id = await eventually("a delivery", async () => {
      const { data } = await ask("{ deliveries(first: 1, filter: { status: [APPLIED] }) { nodes { id } } }");
      return data.deliveries.nodes[0]?.id as string | undefined;
    });
    const { data, errors } = await ask(`mutation { replayDelivery(id: "${id}") { id status } }`);
    expect(errors).toEqual([]);
    expect(data.replayDelivery.id).toBe(id);
    const status = async () => (await ask(`{ delivery(id: "${id}") { status } }`)).data.delivery.status;
    expect(
      await eventually("it to be applied", async () => ((await status()) === "APPLIED" ? "APPLIED" : undefined)),
    ).toBe("APPLIED");
  });

  test("replayDeliveries makes the deliveries that match a filter be applied again", async () => {
    const { data, errors } = await ask(
      `mutation { replayDeliveries(input: { filter: { status: [APPLIED], sourceIds: ["${sourceId}"] }, limit: 1 }) {
         count cursor } }`,
    );
    expect(errors).toEqual([]);
    expect(data.replayDeliveries).toEqual({ count: 1, cursor: expect.any(String) });
    const isDone = async () =>
      (await ask("{ deliveries(filter: { status: [PENDING, PARKED] }) { nodes { id } } }")).data;
    await eventually("it to be applied", async () => (await isDone()).deliveries.nodes.length === 0 || undefined);
  });

  test("discardDelivery refuses an applied delivery", async () => {
    const { data } = await ask("{ deliveries(first: 1, filter: { status: [APPLIED] }) { nodes { id } } }");
    const { errors } = await ask(
      `mutation { discardDelivery(id: "${data.deliveries.nodes[0].id}", reason: "no") { id } }`,
    );
    expect(errors).toMatchObject([{ path: ["discardDelivery"], extensions: { code: "CONFLICT" } }]);
  });

  test.each([
    `cancelSync(runId: "nope") { id }`,
    `pauseSource(id: "nope") { id }`,
    `resumeSource(id: "a\\u0000") { id }`,
    `replayDelivery(id: "nope") { id }`,
    `discardDelivery(id: "nope", reason: "why") { id }`,
    `discardDelivery(id: "a\\u0000", reason: "why") { id }`,
    `discardQuarantined(ids: ["nope"], reason: "why") { records { id } }`,
    `discardQuarantined(ids: ["a\\u0000"], reason: "why") { records { id } }`,
    `replayQuarantined(ids: ["nope"]) { records { id } }`,
    `replayQuarantined(ids: ["a\\u0000"]) { records { id } }`,
    `cancelSync(runId: "a\\u0000") { id }`,
    `undoMatchDecision(id: "nope") { id }`,
    `undoMatchDecision(id: "a\\u0000") { id }`,
    `cancelEvidencePack(id: "nope") { id }`,
    `cancelEvidencePack(id: "a\\u0000") { id }`,
    `revokeApiKey(id: "a\\u0000") { id }`,
    `resendAlert(id: "nope") { id }`,
    `resendAlert(id: "a\\u0000") { id }`,
    `sendTestAlert(endpointId: "a\\u0000") { id }`,
    `updateAlertEndpoint(input: { id: "a\\u0000", name: "b" }) { id }`,
    `rotateAlertSecret(id: "a\\u0000") { secret }`,
    `deleteAlertEndpoint(id: "a\\u0000") { id }`,
    `unmuteAlerts(id: "a\\u0000") { id }`,
  ])("%s: NOT_FOUND for an unknown id (F93)", async (field) => {
    const { errors } = await ask(`mutation { ${field} }`);
    expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });
});

describe("a query by an id that no text of PostgreSQL can have (F93)", () => {
  test.each(["apiKey", "alertEndpoint", "alert", "evidencePack", "sourceErasure", "node", "finding"])(
    "%s is null",
    async (field) => {
      const argument = field === "sourceErasure" ? "sourceId" : "id";
      const { data, errors } = await ask(`{ ${field}(${argument}: "a\\u0000") { __typename } }`);
      expect({ data, errors }).toEqual({ data: { [field]: null }, errors: [] });
    },
  );
});
