import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { X509Certificate } from "node:crypto";
import { pino } from "pino";
import { connector as cardProcessor } from "../../../src/connectors/card-processor/index.ts";
import { findHealth } from "../../../src/diagnosis/find-health.ts";
import { claimDueTenants, registerTenants } from "../../../src/diagnosis/health-schedule.ts";
import { startHealthWatch } from "../../../src/diagnosis/health-watch.ts";
import { recordHealth } from "../../../src/diagnosis/record-health.ts";
import { findSourcesToEvaluate } from "../../../src/diagnosis/sources-to-evaluate.ts";
import { clientIdentity } from "../../../src/protocols/rest/fixtures/tls/load.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { atTime } from "../../helpers/at-time.ts";
import { addDeliveries } from "../../helpers/delivery-world.ts";
import { eventually } from "../../helpers/eventually.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const DAY_MS = 86_400_000;

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

const sql = (text: string, values: readonly unknown[] = [], tenantId = "acme") =>
  store.db.transaction(tenantId, (tx) => tx.query(text, values));
const evaluate = (...ids: readonly string[]) => store.db.transaction("acme", (tx) => recordHealth(tx, ids));
const eventsOf = (sourceId: string) =>
  sql("select kind, data from events where source_id = $1 order by seq", [sourceId]);
const add = (sourceId: string) => addSource({ database: store.db, tenantId: "acme", sourceId });

describe("an evaluation", () => {
  test("reports a state only when it changes, with its cause", async () => {
    await add("one");
    expect(await evaluate("one")).toBe(1); // recorded for the first time
    expect(await eventsOf("one")).toEqual([]);
    await addDeliveries({ database: store.db, tenantId: "acme", sourceId: "one" }, [{ key: "p", status: "PARKED" }]);
    expect([await evaluate("one"), await evaluate("one")]).toEqual([1, 0]);
    await sql("update deliveries set status = 'DISCARDED' where source_id = 'one'");
    expect(await evaluate("one")).toBe(1);
    expect(await eventsOf("one")).toEqual([
      { kind: "SourceHealthChanged", data: { state: "OUT_OF_STEP", previous: "IN_STEP", cause: "WEBHOOK" } },
      { kind: "SourceHealthChanged", data: { state: "IN_STEP", previous: "OUT_OF_STEP", cause: null } },
    ]);
  });

  test("records the diagnoses of some rules as findings, which close by themselves", async () => {
    await add("expiring");
    const kinds = () => sql("select kind, closed_at is null as open from findings where source_id = 'expiring'");
    await sql("update sources set credentials_expire_at = now() + interval '3 days' where id = 'expiring'");
    await evaluate("expiring");
    await evaluate("expiring");
    expect(await kinds()).toEqual([{ kind: "CREDENTIALS_EXPIRE", open: true }]);
    await sql("update sources set credentials_expire_at = now() + interval '300 days' where id = 'expiring'");
    await evaluate("expiring");
    expect(await kinds()).toEqual([{ kind: "CREDENTIALS_EXPIRE", open: false }]);
    const events = await eventsOf("expiring"); // a warning is no change of the state
    expect(events.map(({ kind }) => kind)).toEqual(["FindingOpened", "FindingClosed"]);
  });
});

test("a source whose client certificate ends within two weeks is diagnosed until its settings have another one (CREDENTIALS_EXPIRE)", async () => {
  const { certificate, key } = await clientIdentity();
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "key", clientCertificate: certificate, clientKey: key };
  const certified = (change: object) => ({
    ...scriptedSource({ pages: {} }, { id: "certified", tenantId: "acme" }),
    connector: cardProcessor,
    config: cardProcessor.config.parse({ ...config, ...change }),
  });
  const endMs = Date.parse(new X509Certificate(certificate).validTo);
  const diagnosesAt = (epochMs: number) =>
    store.db.read("acme", async (tx) => (await findHealth(atTime(tx, epochMs), ["certified"]))[0]?.diagnoses ?? []);
  const expires = async (epochMs: number) =>
    (await diagnosesAt(epochMs)).filter(({ rule }) => rule === "CREDENTIALS_EXPIRE").map(({ state }) => state);
  await registerSources(store.db, [certified({})]);
  expect(await expires(endMs - 15 * DAY_MS)).toEqual([]);
  expect(await expires(endMs - 3 * DAY_MS)).toEqual(["IN_STEP"]); // a warning
  expect(await expires(endMs + DAY_MS)).toEqual(["OUT_OF_STEP"]);
  await registerSources(store.db, [certified({ clientCertificate: undefined, clientKey: undefined })]);
  expect(await expires(endMs + DAY_MS)).toEqual([]);
  await sql("delete from sources where id = 'certified'");
});

describe("the schedule", () => {
  const limits = { limit: 10, everyMs: 0, completeMs: 3_600_000 };

  test("claims a tenant for one process when its log has grown, and not again before that", async () => {
    await registerTenants(store.db, ["acme", "umbrella"]);
    const first = await claimDueTenants(store.db, limits);
    expect(first.toSorted((a, b) => a.tenantId.localeCompare(b.tenantId))).toMatchObject([
      { tenantId: "acme", isComplete: true },
      { tenantId: "umbrella", isComplete: true },
    ]);
    expect(await claimDueTenants(store.db, limits)).toEqual([]);
    await sql("update event_heads set head = head + 1");
    expect(await claimDueTenants(store.db, limits)).toMatchObject([{ tenantId: "acme", isComplete: false }]);
  });

  test("evaluates what the events are about and what is not in step, and everything from time to time", async () => {
    await sql("update source_health set state = 'OUT_OF_STEP' where source_id = 'one'");
    const through = (await sql("select head from event_heads"))[0]?.["head"] as bigint;
    const find = (after: bigint, isComplete: boolean) =>
      store.db.read("acme", (tx) => findSourcesToEvaluate(tx, { after, through, isComplete }, "", 10));
    expect(await find(through, false)).toEqual(["one"]);
    expect(await find(2n, false)).toEqual(["expiring", "one"]);
    expect(await find(through, true)).toEqual(["expiring", "one"]);
  });
});

test("the watch evaluates sources in the background until it is closed", async () => {
  const { db } = store;
  await add("watched");
  const log = pino({ level: "silent" });
  const watch = startHealthWatch({
    db,
    tenants: { ids: ["acme"] },
    log,
    random: () => 0.5,
    everyMs: 20,
    completeMs: 20,
  });
  try {
    await sql("update sources set status = 'NEEDS_CREDENTIALS' where id = 'watched'");
    const recorded = await eventually("the state to change", async () =>
      (await sql("select cause from source_health where source_id = 'watched' and state = 'OUT_OF_STEP'")).at(0),
    );
    expect(recorded).toEqual({ cause: "ASYNC_BOTTLENECK" });
  } finally {
    await watch.close(5_000);
  }
});
