import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createDatabase, type Database } from "../../../src/store/database.ts";
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

/** What the event did, and how often it was told. */
async function effects(): Promise<readonly [names: unknown[], told: number]> {
  return db.read("acme", async (tx) => {
    const parties = await tx.query<{ name: string }>("select name from parties");
    const told = await tx.query("select 1 from events where kind = 'EntityChanged'");
    return [parties.map(({ name }) => name), told.length] as const;
  });
}

async function applied(): Promise<boolean> {
  const rows = await statuses();
  return rows.length > 0 && rows.every(({ status }) => status === "APPLIED");
}

function signed() {
  return sign(eventBody({ id: "evt_1", type: "customer.updated", object: customer("cus_1", "Ada") }), SECRET);
}

/** Calls as the provider does: again and again until it gets a 2xx. */
async function deliverUntilTaken(url: string): Promise<void> {
  await eventually("a 2xx", async () => (await deliver(url, "stripe-acme", signed())).ok);
}

describe("a replica that is killed", () => {
  test("after the signature check, before the commit: no 2xx, nothing stored, one effect when it is sent again (F1)", async () => {
    await using dying = await start("before the commit");
    await expect(deliver(dying.url, "stripe-acme", signed())).rejects.toThrow("fetch failed");
    expect(await dying.exited).toBe("SIGKILL");
    expect(await statuses()).toEqual([]);
    await using next = await start("never");
    await deliverUntilTaken(next.url);
    await eventually("the delivery is applied", applied);
    expect(await effects()).toEqual([["Ada"], 1]);
  });

  test("after the commit, before the answer: the duplicate is answered 2xx, one effect (F2)", async () => {
    await using dying = await start("after the commit", true);
    await expect(deliver(dying.url, "stripe-acme", signed())).rejects.toThrow("fetch failed");
    expect(await dying.exited).toBe("SIGKILL");
    expect(await statuses()).toEqual([{ status: "PENDING", attempts: 0 }]);
    await using next = await start("never");
    expect((await deliver(next.url, "stripe-acme", signed())).status).toBe(200);
    await eventually("the delivery is applied", applied);
    expect([await statuses(), await effects()]).toEqual([[{ status: "APPLIED", attempts: 1 }], [["Ada"], 1]]);
  });

  test("between the effects and the mark: neither is there, the next replica does both once (F3)", async () => {
    await using dying = await start("before the mark");
    const answer = deliver(dying.url, "stripe-acme", signed()).catch(() => undefined); // it may die before it answers
    expect(await dying.exited).toBe("SIGKILL");
    await answer;
    expect([await statuses(), await effects()]).toEqual([[{ status: "PENDING", attempts: 0 }], [[], 0]]);
    await using _next = await start("never");
    await eventually("the delivery is applied", applied);
    expect(await effects()).toEqual([["Ada"], 1]);
  });
});

describe("a replica that is killed while a try fails", () => {
  const tries = () =>
    db.read("acme", (tx) => tx.query("select number, outcome, error_code from delivery_attempts order by number"));
  const parkedEvents = () => db.read("acme", (tx) => tx.query("select 1 from events where kind = 'DeliveryParked'"));

  test.each([
    ["before the verdict", []],
    ["after the verdict", [{ number: 1, outcome: "PARKED", error_code: "DELIVERY_MALFORMED" }]],
  ] as const)("%s is committed leaves it whole or not at all, and no try is counted twice", async (killAt, left) => {
    await using dying = await start(killAt);
    const signedText = sign("no event", SECRET);
    const answer = deliver(dying.url, "stripe-acme", signedText).catch(() => undefined); // it may die before it answers
    expect(await dying.exited).toBe("SIGKILL");
    await answer;
    expect([await tries(), (await parkedEvents()).length]).toEqual([left, left.length]);
    await using _next = await start("never");
    await eventually("it is parked", async () => (await statuses())[0]?.["status"] === "PARKED");
    const once = [{ number: 1, outcome: "PARKED", error_code: "DELIVERY_MALFORMED" }];
    expect([await tries(), (await parkedEvents()).length]).toEqual([once, 1]);
    expect(await statuses()).toEqual([{ status: "PARKED", attempts: 1 }]);
  });
});

describe("four replicas", () => {
  test("given the same event a thousand times at once answer all with 2xx, and it has one effect (F39)", async () => {
    const replicas = await Promise.all(Array.from({ length: 4 }, () => start("never")));
    try {
      const delivery = signed();
      const calls = Array.from({ length: 1_000 }, (_, index) => replicas[index % replicas.length]?.url ?? "");
      const answers = await Promise.all(calls.map((url) => deliver(url, "stripe-acme", delivery)));
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      await eventually("the delivery is applied", applied);
      expect([await statuses(), await effects()]).toEqual([[{ status: "APPLIED", attempts: 1 }], [["Ada"], 1]]);
      const received = "select 1 from events where kind = 'DeliveryReceived'";
      expect(await db.read("acme", (tx) => tx.query(received))).toHaveLength(1);
    } finally {
      await Promise.all(replicas.map((replica) => replica[Symbol.asyncDispose]()));
    }
  }, 90_000); // five processes that all start at once
});
