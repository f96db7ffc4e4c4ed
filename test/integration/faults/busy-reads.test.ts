import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import pg from "pg";
import { WebSocket } from "ws";
import { checkCommit } from "../../../src/ingest/webhooks/check-commit.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import type { GraphAnswer } from "../../helpers/graph-server.ts";
import { type SharedService, type SharedServiceOptions, startSharedService } from "../../helpers/shared-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

const start = (options: Partial<SharedServiceOptions> = {}): Promise<SharedService> =>
  startSharedService({ connection: store.connection, connections: 19, tenants: ["acme", "umbrella"], ...options });

/** Wide: four lists, each a read of its own. All of them wait for the locked table. */
const WIDE = `{ ${[1, 2, 3, 4].map((index) => `p${index}: payments(first: 100) { nodes { id } }`).join(" ")} }`;
const OTHER = "{ sources { nodes { id } } }";
const ABUSERS = 20;

/** Locks a table until the returned function is called: every read of it holds its connection. */
async function lock(table: string): Promise<() => Promise<void>> {
  const holder = new pg.Client(store.connection);
  await holder.connect();
  await holder.query(`begin; lock table sluice.${table} in access exclusive mode`);
  return () => holder.end();
}

/** Number of connections that wait for a lock. */
async function waitingForLock(): Promise<number> {
  const client = new pg.Client(store.connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

const holding = (count: number) =>
  eventually(`${count} connections in use`, async () => (await waitingForLock()) === count);

const READY = { status: 200, text: '{"status":"ready"}' };
const OVERLOADED = {
  code: "OVERLOADED",
  cause: "ASYNC_BOTTLENECK",
  retryable: true,
  retryAfterMs: 1_000,
};

describe("while one tenant's 20 clients hold every connection that they may", () => {
  test("another tenant is read, webhooks of both are acknowledged, and the process is ready (F120)", async () => {
    await using service = await start({ maxWaitMs: WAIT_LIMIT_MS });
    const release = await lock("payments");
    const answers: Promise<GraphAnswer>[] = [];
    let isAnswered = false;
    try {
      for (let index = 0; index < ABUSERS; index += 1) {
        const answer = service.query("acme", WIDE);
        answers.push(answer);
        void answer.then(() => (isAnswered = true));
      }
      await eventually(
        "the others to wait",
        () => service.reads.waiting() === 4 * ABUSERS - service.graphConnections + 1,
      );
      await holding(service.graphConnections - 1);
      const { status, data } = await service.query("umbrella", OTHER);
      expect([status, data]).toEqual([200, { sources: { nodes: [{ id: "of-umbrella" }] } }]);
      expect([await service.webhook("umbrella"), await service.webhook("acme")]).toEqual([200, 200]);
      expect(await service.readiness()).toEqual(READY);
      expect([isAnswered, await waitingForLock()]).toEqual([false, service.graphConnections - 1]);
    } finally {
      await release();
    }
    for (const { status, errors } of await Promise.all(answers)) expect([status, errors]).toEqual([200, []]);
    expect(service.reads.waiting()).toBe(0);
  });

  test("one operation holds four connections at most, and the next operation of the same caller is read (F120)", async () => {
    await using service = await start({ connections: 40, maxWaitMs: WAIT_LIMIT_MS });
    const release = await lock("payments");
    const lists = Array.from({ length: 12 }, (_, index) => `p${index}: payments { nodes { id } }`);
    const wide = service.query("acme", `{ ${lists.join(" ")} }`);
    try {
      await eventually("the others to wait", () => service.reads.waiting() === lists.length - 4);
      await holding(4);
      expect((await service.query("acme", OTHER)).data).toEqual({ sources: { nodes: [{ id: "of-acme" }] } });
      expect(await waitingForLock()).toBe(4);
    } finally {
      await release();
    }
    expect((await wide).errors).toEqual([]);
  });

  test("a client that leaves takes its waiting reads with it (F103)", async () => {
    await using service = await start({ maxWaitMs: WAIT_LIMIT_MS });
    const release = await lock("payments");
    const leaving = new AbortController();
    try {
      const first = service.query("acme", WIDE);
      await holding(4);
      const second = service.query("acme", WIDE, { signal: leaving.signal }).catch(() => "left");
      await eventually("its reads to wait", () => service.reads.waiting() === 4);
      leaving.abort();
      expect(await second).toBe("left");
      await eventually("nothing to wait", () => service.reads.waiting() === 0);
      await release();
      expect((await first).errors).toEqual([]);
    } finally {
      await release().catch(() => undefined); // ended already
    }
  });
});

describe("with all connections for reads in use", () => {
  test("reads are refused with OVERLOADED and Retry-After, webhooks acknowledged, and the process is ready (F12)", async () => {
    await using service = await start({ maxWaitMs: 100 });
    const release = await lock("payments");
    const accepted: Promise<GraphAnswer>[] = [];
    try {
      accepted.push(service.query("acme", WIDE)); // four
      await holding(4);
      accepted.push(service.query("umbrella", "{ payments { nodes { id } } }"));
      await holding(service.graphConnections);
      const response = await fetch(`${service.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-sluice-tenant": "umbrella" },
        body: JSON.stringify({ query: OTHER }),
      });
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
      expect(await response.json()).toMatchObject({ errors: [{ path: ["sources"], extensions: OVERLOADED }] });
      const partly = await service.query("acme", `{ __typename node(id: "src_1") { id } }`);
      expect(partly.status).toBe(200); // the rest of the operation has data
      expect(await overWebSocket(service, "acme", OTHER)).toMatchObject([{ extensions: OVERLOADED }]);
      expect([await service.webhook("acme"), await service.webhook("umbrella")]).toEqual([200, 200]);
      expect(await service.readiness()).toEqual(READY);
      expect(await waitingForLock()).toBe(service.graphConnections);
    } finally {
      await release();
    }
    for (const { errors } of await Promise.all(accepted)) expect(errors).toEqual([]);
    expect((await service.query("umbrella", OTHER)).errors).toEqual([]);
  });
});

async function overWebSocket(service: SharedService, tenantId: string, query: string): Promise<readonly unknown[]> {
  class TenantSocket extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers: { "x-sluice-tenant": tenantId } });
    }
  }
  const client = createClient({
    url: `${service.url.replace("http", "ws")}/graphql/ws`,
    webSocketImpl: TenantSocket,
    retryAttempts: 0,
  });
  try {
    const answer = await client.iterate({ query }).next();
    return answer.value?.errors ?? [];
  } catch (reason) {
    return reason as readonly unknown[]; // an operation that was refused as a whole
  } finally {
    await client.dispose();
  }
}

test("a caller at its limit is refused over HTTP and WebSocket until one of its operations ends (F118)", async () => {
  await using service = await start({ operationLimits: { concurrent: 1, perSecond: undefined } });
  const release = await lock("payments");
  const first = service.query("acme", "{ payments { nodes { id } } }");
  const limited = { code: "RATE_LIMITED", cause: "RATE_LIMIT", retryable: true, retryAfterMs: 1_000 };
  try {
    await holding(1);
    const second = await service.query("acme", OTHER);
    expect([second.status, second.errors]).toMatchObject([429, [{ extensions: limited }]]);
    expect(await overWebSocket(service, "acme", OTHER)).toMatchObject([{ extensions: limited }]);
    expect((await service.query("umbrella", OTHER)).status).toBe(200);
  } finally {
    await release();
  }
  expect((await first).status).toBe(200);
  // Its response has arrived here before the server has noticed that it is sent.
  await eventually("the caller's next operation", async () => (await service.query("acme", OTHER)).status === 200);
  expect(await overWebSocket(service, "acme", OTHER)).toEqual([]);
});

describe("readiness", () => {
  test("is lost while webhooks cannot be committed, although reads are answered, and comes back (F9)", async () => {
    await using service = await start();
    expect(await service.readiness()).toEqual(READY);
    const release = await lock("deliveries");
    try {
      expect(await service.readiness()).toMatchObject({ status: 503 });
      expect((await service.query("acme", "{ payments { nodes { id } } }")).status).toBe(200);
    } finally {
      await release();
    }
    expect(await service.readiness()).toEqual(READY);
  });

  test("the check fails on a read-only database, and writes no row on another (F9)", async () => {
    await using own = await useStore();
    await checkCommit(own.db);
    const { database } = own.connection;
    const admin = new pg.Client(own.connection);
    await admin.connect();
    await admin.query(`alter database ${pg.escapeIdentifier(database)} set default_transaction_read_only = on`);
    const readOnly = createDatabase({ connection: own.connection, max: 1 });
    await expect(checkCommit(readOnly)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    await readOnly.close();
    expect((await admin.query("select from sluice.deliveries")).rowCount).toBe(0);
    await admin.end();
  });
});
