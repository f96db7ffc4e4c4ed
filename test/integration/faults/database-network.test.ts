import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { type FaultProxy, startFaultProxy } from "../../helpers/fault-proxy.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { type InboxService, startInboxService } from "../../helpers/inbox-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { customer, deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";

const SECRET = "whsec_of_acme";
const QUERY = "{ parties(first: 5) { nodes { id name } } sources(first: 5) { nodes { id } } }";

let store: TestStore;
let proxy: FaultProxy;
let inbox: InboxService;
let graph: GraphServer;

beforeAll(async () => {
  store = await useStore();
  const { host, port } = store.connection;
  proxy = await startFaultProxy({ path: join(host, `.s.PGSQL.${port}`) });
  const connection = { ...store.connection, host: "127.0.0.1", port: proxy.port };
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: [SECRET] };
  inbox = await startInboxService({ connection, sources: [{ id: "main", tenantId: "acme", config }] });
  graph = await useGraphServer({}, { connection, close: () => Promise.resolve() });
});
afterAll(async () => {
  await proxy.heal();
  await graph[Symbol.asyncDispose]();
  await inbox[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

/** Sends an event of a customer and returns the status of the answer. */
async function send(id: string, created?: number): Promise<number> {
  const event = eventBody({
    id: `evt_${id}`,
    type: "customer.created",
    object: customer(`cus_${id}`, "Ada"),
    ...(created !== undefined && { created }),
  });
  const answer = await deliver(inbox.url, "main", sign(event, SECRET));
  await answer.body?.cancel();
  return answer.status;
}

/** Returns the codes of the errors of a query: none if everything was answered. */
async function ask(): Promise<readonly string[]> {
  const { errors } = await graph.query(QUERY, { headers: { "x-sluice-tenant": "acme" } });
  return errors.map(({ extensions }) => extensions.code);
}

async function readiness(): Promise<number> {
  const answer = await fetch(`${graph.url}/readyz`, { signal: AbortSignal.timeout(WAIT_LIMIT_MS) });
  await answer.body?.cancel();
  return answer.status;
}

/**
 * Opens several connections, of which the faults then take all along. Those that an earlier fault took along while
 * nobody used them fail first: only the operating system's keep-alive could have noticed.
 */
async function warmUp(prefix: string): Promise<void> {
  const attempt = async (): Promise<boolean> => {
    const statuses = await of(8, (index) => send(`${prefix}${index}`));
    return statuses.every((status) => status === 200);
  };
  await eventually("webhooks to be answered", attempt);
  await eventually("queries to be answered", async () => (await of(3, ask)).flat().length === 0);
}

const of = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

describe("a network to PostgreSQL that swallows packets", () => {
  test("leaves no call without an answer; once it is back the first webhook, query and probe succeed (F14, F119)", async () => {
    await warmUp("before");
    expect(await readiness()).toBe(200);
    proxy.swallow();
    const queries = of(4, ask);
    const sent = of(4, (index) => send(`during${index}`));
    expect(await readiness()).toBe(503);
    expect(new Set(await sent)).toEqual(new Set([503]));
    const failures = (await queries).flat();
    await proxy.heal();
    expect(failures.length).toBeGreaterThan(0);
    // OVERLOADED is the error of a read that waited for a connection until its deadline.
    expect(["OVERLOADED", "STORE_UNAVAILABLE"]).toEqual(expect.arrayContaining(failures));
    // On the connections of before, each of them would wait for a deadline.
    expect(await send("after")).toBe(200);
    expect(await ask()).toEqual([]);
    expect(await readiness()).toBe(200);
  });
});

describe("a latency of 100 ms in each direction to PostgreSQL", () => {
  /** One call after the other, so that new calls arrive while others are answered. */
  async function inTurn<T>(count: number, run: (index: number) => Promise<T>): Promise<readonly T[]> {
    const results: T[] = [];
    for (let index = 0; index < count; index += 1) results.push(await run(index));
    return results;
  }

  test("lets no webhook and no query fail", async () => {
    await warmUp("near");
    proxy.delay(100);
    const webhooks = of(8, (sender) => inTurn(12, (index) => send(`far${sender}_${index}`)));
    const queries = of(3, () => inTurn(8, ask));
    expect((await webhooks).flat().filter((status) => status !== 200)).toEqual([]);
    expect((await queries).flat(2)).toEqual([]);
    await proxy.heal();
  });
});

describe("a connection that dies while its COMMIT is answered", () => {
  test("gets 503 for the webhook, which is stored, and is a duplicate when it is sent again: one effect (F10)", async () => {
    const stored = (sql: string) => store.db.read("acme", (tx) => tx.query<{ status: string }>(sql));
    const delivery = "select status from deliveries where delivery_key = 'evt_unknown'";
    await warmUp("calm");
    proxy.cut("down");
    const sent = send("unknown", 1_790_000_000);
    // All of it arrived at once: BEGIN, the statement and COMMIT, none of which has been answered.
    await eventually("the commit", async () => (await stored(delivery)).length === 1);
    proxy.reset();
    expect(await sent).toBe(503);
    await proxy.heal();
    expect(await send("unknown", 1_790_000_000)).toBe(200);
    await eventually("it to be applied", async () => (await stored(delivery))[0]?.status === "APPLIED");
    expect(await stored(delivery)).toEqual([{ status: "APPLIED" }]);
    const effects = await stored(
      "select events.kind as status from events join parties on parties.id = events.entity_id where external_id = 'cus_unknown'",
    );
    expect(effects).toHaveLength(1);
  });
});

describe("a session that listens", () => {
  test("ends when a network swallows its packets, so that a new one is opened and notifications arrive again (F14, F119)", async () => {
    const received: string[] = [];
    let ended = 0;
    const listen = () =>
      graph.database.listen(
        "test_channel",
        (payload) => void received.push(payload),
        () => (ended += 1),
      );
    const lost = await listen();
    proxy.swallow();
    await eventually("the session to be given up", () => ended === 1);
    await proxy.heal();
    await lost.close();
    const next = await listen();
    await store.db.query("select pg_notify('test_channel', 'hello')");
    await eventually("the notification", () => received.includes("hello"));
    await next.close();
    expect(ended).toBe(1);
  });
});
