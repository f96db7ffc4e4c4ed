import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { callControlText } from "../../../sandbox/shared/call-control.ts";
import { truthOf, useSandbox } from "../../../sandbox/stripe/testing.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { requestRefetches } from "../../../src/ingest/refetch-queue/request-refetches.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { type ChildSettings, startInboxProcess } from "../../helpers/inbox-process.ts";
import { type TestDatabase, useDatabase } from "../../helpers/postgres.ts";
import { customer, deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";
import { eventually } from "../../helpers/eventually.ts";

const SECRET = "whsec_of_acme";
const SOURCES = [
  {
    id: "stripe-acme",
    tenantId: "acme",
    config: { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: [SECRET] },
  },
];

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  db = createDatabase({ connection: database.connection, max: 2 });
});
beforeEach(async () => {
  await db.transaction("acme", async (tx) => {
    for (const table of ["deliveries", "parties", "events", "delivery_attempts"])
      await tx.query(`delete from ${table}`);
  });
});
afterAll(async () => {
  await db.close();
  await database.close();
});

const start = (killAt: ChildSettings["killAt"], idle = false) =>
  startInboxProcess({ connection: database.connection, sources: SOURCES, killAt, idle });

function statuses(): Promise<Record<string, unknown>[]> {
  return db.read("acme", (tx) => tx.query("select status, attempts from deliveries"));
}

/** The effects of the event, and the number of its announcements. */
async function effects(): Promise<readonly [names: unknown[], events: number]> {
  return db.read("acme", async (tx) => {
    const parties = await tx.query<{ name: string }>("select name from parties");
    const events = await tx.query("select 1 from events where kind = 'EntityChanged'");
    return [parties.map(({ name }) => name), events.length] as const;
  });
}

async function applied(): Promise<boolean> {
  const rows = await statuses();
  return rows.length > 0 && rows.every(({ status }) => status === "APPLIED");
}

function signed() {
  return sign(eventBody({ id: "evt_1", type: "customer.updated", object: customer("cus_1", "Ada") }), SECRET);
}

/** Makes calls as the provider does: repeatedly until it gets a 2xx. */
async function deliverUntilTaken(url: string): Promise<void> {
  await eventually("a 2xx", async () => (await deliver(url, "stripe-acme", signed())).ok);
}

describe("a replica that is killed", () => {
  test("after the signature check and before the commit: no 2xx, nothing stored, one effect when it is sent again (F1)", async () => {
    await using killed = await start("before the commit");
    await expect(deliver(killed.url, "stripe-acme", signed())).rejects.toThrow("fetch failed");
    expect(await killed.exited).toBe("SIGKILL");
    expect(await statuses()).toEqual([]);
    await using next = await start("never");
    await deliverUntilTaken(next.url);
    await eventually("the delivery is applied", applied);
    expect(await effects()).toEqual([["Ada"], 1]);
  });

  test("after the commit and before the response: the duplicate is answered 2xx, one effect (F2)", async () => {
    await using killed = await start("after the commit", true);
    await expect(deliver(killed.url, "stripe-acme", signed())).rejects.toThrow("fetch failed");
    expect(await killed.exited).toBe("SIGKILL");
    expect(await statuses()).toEqual([{ status: "PENDING", attempts: 0 }]);
    await using next = await start("never");
    expect((await deliver(next.url, "stripe-acme", signed())).status).toBe(200);
    await eventually("the delivery is applied", applied);
    expect([await statuses(), await effects()]).toEqual([[{ status: "APPLIED", attempts: 1 }], [["Ada"], 1]]);
  });

  test("between the effects and the status: neither is stored, and the next replica does both once (F3)", async () => {
    await using killed = await start("before the mark");
    const answer = deliver(killed.url, "stripe-acme", signed()).catch(() => undefined); // it may die before it responds
    expect(await killed.exited).toBe("SIGKILL");
    await answer;
    expect([await statuses(), await effects()]).toEqual([[{ status: "PENDING", attempts: 0 }], [[], 0]]);
    await using _next = await start("never");
    await eventually("the delivery is applied", applied);
    expect(await effects()).toEqual([["Ada"], 1]);
  });
});

test("a delivery that ends each process that applies it is parked, and those beside it are applied (F17)", async () => {
  {
    await using storing = await start("never", true);
    for (const id of ["cus_1", "cus_poison", "cus_2"]) {
      const body = eventBody({ id: `evt_${id}`, type: "customer.updated", object: customer(id, id) });
      expect((await deliver(storing.url, "stripe-acme", sign(body, SECRET))).status).toBe(200);
    }
  }
  // The first one applies all of them at once, the others one at a time.
  for (let killed = 0; killed < 3; killed += 1) {
    await using replica = await start("at the poison");
    expect(await replica.exited).toBe("SIGKILL");
  }
  await using _last = await start("at the poison");
  await eventually("none is pending", async () => !(await statuses()).some(({ status }) => status === "PENDING"));
  const rows = await db.read("acme", (tx) =>
    tx.query("select delivery_key as key, status, error_code, error_message from deliveries order by received_at"),
  );
  expect(rows).toEqual([
    { key: "evt_cus_1", status: "APPLIED", error_code: null, error_message: null },
    {
      key: "evt_cus_poison",
      status: "PARKED",
      error_code: "INTERNAL",
      error_message: "the process ended 3 times while it applied the delivery",
    },
    { key: "evt_cus_2", status: "APPLIED", error_code: null, error_message: null },
  ]);
  expect(new Set((await effects())[0])).toEqual(new Set(["cus_1", "cus_2"]));
});

// Sluice sends no writes to an upstream yet, so the calls with an effect of ours are reads: fetches that were requested.
test("a replica that is killed after the upstream's answer and before it is stored: it is fetched again, one effect (F4)", async () => {
  await using sandbox = await useSandbox({ payments: 3 });
  const customerId = (await truthOf(sandbox, "customer")).objects[0]?.id ?? "";
  const { apiKey, webhookSecrets } = sandbox.config;
  const config = { baseUrl: sandbox.url, apiKey, webhookSecrets };
  const sources = [{ id: "stripe-acme", tenantId: "acme", config }];
  const settings = { connection: database.connection, sources };
  const calls = async () => {
    const text = await callControlText(sandbox.url, { method: "GET", path: "arrivals" });
    return text.split("\n").filter((line) => line !== "").length; // each replica calls for nothing else
  };
  const open = () => db.read("acme", (tx) => tx.query("select 1 from refetches"));
  await db.transaction("acme", (tx) =>
    requestRefetches(tx, "stripe-acme", [{ entity: "Party", externalId: customerId }]),
  );
  await using killed = await startInboxProcess({ ...settings, killAt: "before the refetch is stored" });
  expect(await killed.exited).toBe("SIGKILL");
  expect([await calls(), (await open()).length, await effects()]).toEqual([1, 1, [[], 0]]);
  await db.transaction("acme", (tx) => tx.query("update refetches set lease_until = now() - interval '1 second'"));
  await using _next = await startInboxProcess({ ...settings, killAt: "never" });
  await eventually("the request is answered", async () => (await open()).length === 0);
  const [names, events] = await effects();
  expect([await calls(), names.length, events]).toEqual([2, 1, 1]);
});

describe("a replica that is killed while an attempt fails", () => {
  const tries = () =>
    db.read("acme", (tx) => tx.query("select number, outcome, error_code from delivery_attempts order by number"));
  const parkedEvents = () => db.read("acme", (tx) => tx.query("select 1 from events where kind = 'DeliveryParked'"));

  test.each([
    ["before the failure", []],
    ["after the failure", [{ number: 1, outcome: "PARKED", error_code: "DELIVERY_MALFORMED" }]],
  ] as const)("%s is committed leaves a complete state, and no attempt is counted twice", async (killAt, left) => {
    await using killed = await start(killAt);
    const signedText = sign("no event", SECRET);
    const answer = deliver(killed.url, "stripe-acme", signedText).catch(() => undefined); // it may die before it responds
    expect(await killed.exited).toBe("SIGKILL");
    await answer;
    expect([await tries(), (await parkedEvents()).length]).toEqual([left, left.length]);
    await using _next = await start("never");
    await eventually("it is parked", async () => (await statuses())[0]?.["status"] === "PARKED");
    const once = [{ number: 1, outcome: "PARKED", error_code: "DELIVERY_MALFORMED" }];
    expect([await tries(), (await parkedEvents()).length]).toEqual([once, 1]);
    expect(await statuses()).toEqual([{ status: "PARKED", attempts: 1 }]);
  });
});
