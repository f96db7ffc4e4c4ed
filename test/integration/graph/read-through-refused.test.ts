import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId, type EntityType } from "../../../src/domain/ids.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { type FreshWorld, type OpenOptions, SOURCE_ID, useFreshWorld } from "../../helpers/fresh-world.ts";
import type { GraphServer } from "../../helpers/graph-server.ts";
import { startHttpServer } from "../../helpers/local-server.ts";
import { paymentRecord, putRecords } from "../../helpers/ledger-world.ts";

/** For any failure at the source, its readers get the stored copy and the reason, never an error. */
let world: FreshWorld;
beforeAll(async () => {
  world = await useFreshWorld(5);
});
afterEach(async () => {
  await world.sandbox.control("DELETE", "faults");
  await world.sandbox.control("POST", "keys", { add: [world.sandbox.config.apiKey] });
  await world.query("update sources set status = 'ACTIVE'");
});
afterAll(async () => world[Symbol.asyncDispose]());

const PAYMENT = /* GraphQL */ `
  query ($id: ID!) {
    payment(id: $id, maxAge: 0) {
      rawStatus
      freshness {
        isStale
        staleReason
        retryAfterMs
      }
    }
  }
`;

/** A graph with its own connection to the source. */
async function useGraph(options: OpenOptions = {}): Promise<GraphServer> {
  const graph = await world.open(options);
  await world.takeCalls();
  return graph;
}

/** Freshness of the oldest payment, with maxAge 0. */
async function ask(graph: GraphServer, id?: string) {
  const { data, errors } = await graph.query(PAYMENT, { variables: { id: id ?? (await world.paymentIds())[0] } });
  expect(errors).toEqual([]);
  expect(data.payment.rawStatus).toEqual(expect.any(String));
  return data.payment.freshness as { isStale: boolean; staleReason: string; retryAfterMs: number | null };
}

const stale = (staleReason: string, retryAfterMs: unknown = null) => ({ isStale: true, staleReason, retryAfterMs });
const fresh = { isStale: false, staleReason: null, retryAfterMs: null };
const callCount = async () => Object.values(await world.takeCalls()).reduce((sum, count) => sum + count, 0);
const idOf = (type: EntityType, externalId: string) => entityId("acme", SOURCE_ID, type, externalId);

describe("the stored copy is returned with the reason", () => {
  test("RATE_LIMITED and the time, when the source requests a pause, which is kept (F19)", async () => {
    await using graph = await useGraph();
    await world.sandbox.control("POST", "faults", { rate429: { count: 1, retryAfter: "600" } });
    for (const calls of [1, 0]) {
      const answer = await ask(graph);
      expect(answer).toEqual(stale("RATE_LIMITED", expect.any(Number)));
      expect(answer.retryAfterMs).toBeGreaterThan(500_000);
      expect(answer.retryAfterMs).toBeLessThanOrEqual(600_000);
      expect(await callCount()).toBe(calls);
    }
  });

  test("RATE_LIMITED, when our own budget allows no call in time", async () => {
    await using graph = await useGraph({ requestsPerSecond: 0.05 });
    await ask(graph);
    const answer = await ask(graph);
    expect(answer).toEqual(stale("RATE_LIMITED", expect.any(Number)));
    expect(await callCount()).toBe(1);
  });

  test("UNREACHABLE, when the connection is refused", async () => {
    const away = await startHttpServer(() => undefined);
    await away[Symbol.asyncDispose]();
    await using graph = await useGraph({ baseUrl: away.url });
    expect(await ask(graph)).toEqual(stale("UNREACHABLE"));
  });

  test("UNREACHABLE, when it answers 500, and the next request succeeds because the failure is not cached (F22)", async () => {
    await using graph = await useGraph();
    await world.sandbox.control("POST", "faults", { rate500: true });
    expect(await ask(graph)).toEqual(stale("UNREACHABLE"));
    await world.sandbox.control("DELETE", "faults");
    expect(await ask(graph)).toEqual(fresh);
  });

  test("UNREACHABLE, when it accepts the request and never responds (F24)", async () => {
    await using graph = await useGraph();
    await world.sandbox.control("POST", "faults", { neverRespond: true });
    expect(await ask(graph)).toEqual(stale("UNREACHABLE"));
  });

  test("NEEDS_CREDENTIALS, when it refuses the key, which the refetcher is notified of (F29)", async () => {
    const refetchNeeded: string[] = [];
    const wakeUps = createWakeUps();
    wakeUps.on("refetchNeeded", ({ id }) => refetchNeeded.push(id));
    await using graph = await useGraph({ wakeUps });
    await world.sandbox.control("POST", "keys", { revoke: [world.sandbox.config.apiKey] });
    expect(await ask(graph)).toEqual(stale("NEEDS_CREDENTIALS"));
    await graph.readThrough.close(); // the report is sent after the response
    expect(refetchNeeded).toEqual([SOURCE_ID]);
    expect(await world.query("delete from refetches returning entity_type")).toEqual([{ entity_type: "Payment" }]);
  });

  test("NEEDS_CREDENTIALS, without a call, once that is known (F29)", async () => {
    await using graph = await useGraph();
    await world.query("update sources set status = 'NEEDS_CREDENTIALS'");
    expect(await ask(graph)).toEqual(stale("NEEDS_CREDENTIALS"));
    expect(await callCount()).toBe(0);
  });

  test("SOURCE_PAUSED, without a call", async () => {
    await using graph = await useGraph();
    await world.query("update sources set status = 'PAUSED'");
    expect(await ask(graph)).toEqual(stale("SOURCE_PAUSED"));
    expect(await callCount()).toBe(0);
  });

  test("SOURCE_REMOVED, without a call, when it is no longer configured", async () => {
    await using graph = await useGraph();
    await putRecords({ database: graph.database, tenantId: "acme", sourceId: "removed" }, [paymentRecord(1)]);
    expect(await ask(graph, entityId("acme", "removed", "Payment", "pi_1"))).toEqual(stale("SOURCE_REMOVED"));
    expect(await callCount()).toBe(0);
  });

  test("UPSTREAM_FAULT, when the object does not have the documented shape, and it is quarantined (F26)", async () => {
    await using graph = await useGraph();
    const place = { database: graph.database, tenantId: "acme", sourceId: SOURCE_ID };
    await putRecords(place, [paymentRecord(9, { externalId: "pi_odd" })]);
    const json = '{"id":"pi_odd","object":"payment_intent","created":"yesterday"}';
    await world.sandbox.control("POST", "objects", { type: "payment_intent", json, id: "pi_odd", created: 1 });
    expect(await ask(graph, idOf("Payment", "pi_odd"))).toEqual(stale("UPSTREAM_FAULT"));
    const [row] = await world.query("select external_id, status from quarantined_records");
    expect(row).toEqual({ external_id: "pi_odd", status: "OPEN" });
  });
});

describe("balances of an unreachable source", () => {
  test("are returned as they are stored, too", async () => {
    await using graph = await useGraph();
    await world.query("update sources set status = 'PAUSED'");
    const { data, errors } = await graph.query(
      `{ account(id: "${idOf("Account", "balance")}") {
           balances(maxAge: 0) { money { currency } freshness { isStale staleReason retryAfterMs } }
         } }`,
    );
    expect(errors).toEqual([]);
    expect(data.account.balances.length).toBeGreaterThan(0);
    for (const { freshness } of data.account.balances) expect(freshness).toEqual(stale("SOURCE_PAUSED"));
  });
});

describe("without maxAge, an object of a source that is", () => {
  test.each([
    ["paused", "status = 'PAUSED'", "SOURCE_PAUSED"],
    ["without credentials", "status = 'NEEDS_CREDENTIALS'", "NEEDS_CREDENTIALS"],
    ["away", "status = 'UNREACHABLE'", "UNREACHABLE"],
  ])("%s is stale for this reason", async (_name, change, reason) => {
    await using graph = await useGraph();
    await world.query(`update sources set ${change}`);
    const query = "{ payments(first: 1) { nodes { freshness { isStale staleReason retryAfterMs } } } }";
    expect((await graph.query(query)).data.payments.nodes).toEqual([{ freshness: stale(reason) }]);
    await world.query("update sources set status = 'ACTIVE'");
    expect((await graph.query(query)).data.payments.nodes).toEqual([{ freshness: fresh }]);
    expect(await callCount()).toBe(0);
  });
});
