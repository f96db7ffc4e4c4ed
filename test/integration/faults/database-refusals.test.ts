import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import type { Transaction } from "../../../src/store/database.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { type InboxService, startInboxService } from "../../helpers/inbox-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { customer, deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";

const SECRET = "whsec_of_acme";
const QUERY = "{ parties(first: 5) { nodes { id name } } deliveries(first: 5) { nodes { status } } }";

let store: TestStore;
let inbox: InboxService;
let graph: GraphServer;
let admin: pg.Client;

beforeAll(async () => {
  store = await useStore();
  const { connection } = store;
  admin = new pg.Client(connection);
  await admin.connect();
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: [SECRET] };
  inbox = await startInboxService({ connection, sources: [{ id: "main", tenantId: "acme", config }] });
  graph = await useGraphServer({}, { connection, close: () => Promise.resolve() });
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await inbox[Symbol.asyncDispose]();
  await admin.end();
  await store[Symbol.asyncDispose]();
});

async function send(id: string): Promise<Response> {
  const event = eventBody({ id: `evt_${id}`, type: "customer.created", object: customer(`cus_${id}`, "Ada") });
  const answer = await deliver(inbox.url, "main", sign(event, SECRET));
  await answer.body?.cancel();
  return answer;
}

const ask = () => graph.query(QUERY, { headers: { "x-sluice-tenant": "acme" } });

/** Runs until all deliveries are applied. */
async function applied(): Promise<void> {
  await eventually("all deliveries to be applied", async () => {
    const { rows } = await admin.query("select 1 from sluice.deliveries where status = 'PENDING'");
    return rows.length === 0;
  });
}

/** A database that refuses to be written, and how it recovers. */
const refusals: readonly (readonly [string, () => Promise<unknown>, () => Promise<unknown>])[] = [
  [
    "is read-only, as after a failover",
    async () => {
      await admin.query(`alter database ${store.connection.database} set default_transaction_read_only = on`);
      // A session keeps the default that it began with. Other test files use the same server.
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'sluice'`,
      );
    },
    () => admin.query(`alter database ${store.connection.database} set default_transaction_read_only = off`),
  ],
  [
    "has a full disk",
    () =>
      admin.query(`
        create function sluice.full_disk() returns trigger language plpgsql as
          $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
        create trigger full_disk before insert or update on sluice.deliveries execute function sluice.full_disk();
        create trigger full_disk before insert or update on sluice.events execute function sluice.full_disk()`),
    () => admin.query("drop function sluice.full_disk() cascade"),
  ],
];

describe("a PostgreSQL that", () => {
  test.each(refusals)(
    "%s refuses webhooks with 503 and answers queries; both work again afterwards (F9)",
    async (name, refuse, recover) => {
      const prefix = name.replaceAll(/\W/g, "");
      expect((await send(`${prefix}before`)).status).toBe(200);
      await applied();
      await refuse();
      try {
        const refused = await eventually("the first refusal", async () => {
          const answer = await send(`${prefix}during`);
          return answer.status !== 200 && answer;
        });
        expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
        const { errors, data } = await ask();
        expect(errors).toEqual([]);
        expect(data.parties.nodes.length).toBeGreaterThan(0);
      } finally {
        await recover();
      }
      // Read-only sessions are not kept: the same pool writes again. Each that began before the recovery fails once.
      await eventually("webhooks to be taken again", async () => (await send(`${prefix}after`)).status === 200);
      expect((await ask()).errors).toEqual([]);
      await applied();
    },
  );
});

describe("transactions that block each other", () => {
  test("in a real deadlock are both committed, one of them after a repetition (F11)", async () => {
    await send("first");
    await send("second");
    await applied();
    const { rows } = await admin.query<{ id: string }>("select id from sluice.deliveries limit 2");
    const lock = (tx: Transaction, index: number) =>
      tx.query("update deliveries set size = size where id = $1", [rows[index]?.id]);
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let attempts = 0;
    const run = (index: 0 | 1) =>
      store.db.transaction("acme", async (tx) => {
        attempts += 1;
        await lock(tx, index);
        both[index]?.resolve();
        await Promise.all(both.map(({ promise }) => promise)); // each has its first lock, and wants the other's
        await lock(tx, 1 - index);
        return index;
      });
    expect(await Promise.all([run(0), run(1)])).toEqual([0, 1]);
    expect(attempts).toBe(3);
  });

  test.each(["40001", "40P01"])(
    "that fail again and again with %s end after six attempts with a temporary error (F11)",
    async (code) => {
      let attempts = 0;
      const failing = store.db.transaction("acme", async (tx) => {
        attempts += 1;
        await tx.query(`do $$ begin raise exception 'again' using errcode = '${code}'; end $$`);
      });
      await expect(failing).rejects.toMatchObject({ code: "STORE_UNAVAILABLE", retryable: true });
      expect(attempts).toBe(6);
    },
  );
});
