import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { type FreshWorld, SOURCE_ID, useFreshWorld } from "../../helpers/fresh-world.ts";
import type { GraphServer } from "../../helpers/graph-server.ts";
import { paymentRecord, putRecords } from "../../helpers/ledger-world.ts";

let world: FreshWorld;
let graph: GraphServer;
beforeAll(async () => {
  world = await useFreshWorld(120);
});
beforeEach(async () => {
  graph = await world.open();
  await world.takeCalls();
});
afterEach(async () => {
  await world.sandbox.control("DELETE", "faults");
  await graph[Symbol.asyncDispose]();
});
afterAll(async () => world[Symbol.asyncDispose]());

const NODES = /* GraphQL */ `
  query ($ids: [ID!]!, $maxAge: Int) {
    nodes(ids: $ids, maxAge: $maxAge) {
      id
      ... on Payment {
        freshness {
          via
          isStale
          staleReason
          retryAfterMs
        }
      }
    }
  }
`;
const FRESH = { via: "READ_THROUGH", isStale: false, staleReason: null, retryAfterMs: null };

const nodes = (ids: readonly string[], maxAge: number) => graph.query(NODES, { variables: { ids, maxAge } });
const callCount = async () => Object.values(await world.takeCalls()).reduce((sum, count) => sum + count, 0);
const setFaults = (faults: object) => world.sandbox.control("POST", "faults", faults);

async function aCustomer(): Promise<{ readonly externalId: string; readonly id: string }> {
  const { id: externalId } = await world.sandbox.stripe.customers.create({ name: "Ada" });
  const id = entityId("acme", SOURCE_ID, "Party", externalId);
  const identifiers = [{ scheme: "stripe.customer", value: externalId }];
  const record = { type: "Party", externalId, createdAt: undefined, extensions: {}, kind: undefined } as const;
  const place = { database: graph.database, tenantId: "acme", sourceId: SOURCE_ID };
  await putRecords(place, [{ ...record, name: "nobody yet", email: undefined, identifiers }]);
  return { externalId, id };
}

const PARTY =
  "query ($id: ID!, $maxAge: Int) { party(id: $id, maxAge: $maxAge) { name deletedAt freshness { via isStale } } }";
const party = async (id: string, maxAge: number) => {
  const { data, errors } = await graph.query(PARTY, { variables: { id, maxAge } });
  expect(errors).toEqual([]);
  return data.party;
};

describe("identical read-through requests", () => {
  test("of a hundred operations for the same five payments are one call for each payment", async () => {
    // Few payments, because all operations must have asked within the time for which a reader waits.
    const ids = (await world.paymentIds()).slice(0, 5);
    await setFaults({ latencyMs: 4_000 }); // so that they overlap
    const answers = await Promise.all(Array.from({ length: 100 }, () => nodes(ids, 0)));
    for (const { data, errors } of answers) {
      expect(errors).toEqual([]);
      expect(data.nodes).toEqual(ids.map((id) => ({ id, freshness: FRESH })));
    }
    expect(await callCount()).toBe(5);
  });

  test("of one operation, by several fields, make one call", async () => {
    const [id] = await world.paymentIds();
    const { data, errors } = await graph.query(
      `query ($id: ID!) { a: payment(id: $id, maxAge: 0) { id } b: node(id: $id) { ... on Payment { fresh(maxAge: 0) { id } } } c: nodes(ids: [$id, $id], maxAge: 0) { id } }`,
      { variables: { id } },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ a: { id }, b: { fresh: { id } }, c: [{ id }, { id }] });
    expect(await callCount()).toBe(1);
  });

  test("for a hundred ids at once are answered, each by a call", async () => {
    const ids = (await world.paymentIds()).slice(0, 100);
    const { data, errors } = await nodes(ids, 0);
    expect(errors).toEqual([]);
    expect(data.nodes).toEqual(ids.map((id) => ({ id, freshness: FRESH })));
    expect(await callCount()).toBe(100);
  });
});

describe("a maximum age", () => {
  test("is relative to the start of the operation: an object observed just before is fresh, except for 0", async () => {
    const ids = (await world.paymentIds()).slice(0, 5);
    await nodes(ids, 0);
    expect(await callCount()).toBe(5);
    const { data } = await nodes(ids, 60);
    expect(data.nodes).toEqual(ids.map((id) => ({ id, freshness: FRESH })));
    expect(await callCount()).toBe(0);
    await nodes(ids, 0);
    expect(await callCount()).toBe(5);
  });

  test("of null accepts any age", async () => {
    const [id] = await world.paymentIds();
    await graph.query("query ($id: ID!) { payment(id: $id, maxAge: null) { id } node(id: $id) { id } }", {
      variables: { id },
    });
    expect(await callCount()).toBe(0);
  });

  test("of an object that another subgraph refers to fetches it when it is older", async () => {
    const ids = (await world.paymentIds()).slice(0, 3);
    const { data, errors } = await graph.query(
      `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Payment {
         fresh(maxAge: 0) { id freshness { isStale via } } stored: freshness { isStale } } } }`,
      { variables: { keys: ids.map((id) => ({ __typename: "Payment", id })) } },
    );
    expect(errors).toEqual([]);
    const freshness = { isStale: false, via: "READ_THROUGH" };
    expect(data._entities).toEqual(ids.map((id) => ({ fresh: { id, freshness }, stored: { isStale: false } })));
    expect(await callCount()).toBe(3);
  });

  test("that is met makes an object fresh, whatever the schedule of its source", async () => {
    const [id = ""] = await world.paymentIds();
    await world.query("update payments set observed_at = now() - interval '1 hour' where id = $1", [id]);
    await world.query("update sources set last_success_at = now() - interval '1 hour'");
    const ask = async (maxAge: string) =>
      (await graph.query(`{ payment(id: "${id}"${maxAge}) { freshness { isStale staleReason } } }`)).data.payment;
    expect(await ask("")).toEqual({ freshness: { isStale: true, staleReason: "SYNC_LATE" } });
    expect(await ask(", maxAge: 7200")).toEqual({ freshness: { isStale: false, staleReason: null } });
    expect(await callCount()).toBe(0);
    expect(await ask(", maxAge: 3000")).toEqual({ freshness: { isStale: false, staleReason: null } });
    expect(await callCount()).toBe(1);
    await world.query("update sources set last_success_at = now()");
  });

  test.each([
    'payment(id: "x", maxAge: -1) { id }',
    'nodes(ids: ["x"], maxAge: -1) { id }',
    "accounts(first: 1) { nodes { balances(maxAge: -1) { id } } }",
    "payments(first: 1) { nodes { fresh(maxAge: -1) { id } } }",
  ])("below 0 is refused: %s (F93)", async (field) => {
    const { errors } = await graph.query(`{ ${field} }`);
    expect(errors).toMatchObject([
      { message: "maxAge must be 0 or more, got -1", extensions: { code: "INVALID_INPUT" } },
    ]);
  });
});

describe("the result of a fetch", () => {
  test("is returned in the same response, stored, and sent to subscribers", async () => {
    const { id, externalId } = await aCustomer();
    expect(await party(id, 60)).toMatchObject({ name: "nobody yet" });
    await world.sandbox.stripe.customers.update(externalId, { name: "Ada King" });
    const expected = { name: "Ada King", deletedAt: null, freshness: { via: "READ_THROUGH", isStale: false } };
    expect(await party(id, 0)).toEqual(expected);
    expect(await party(id, 60)).toEqual(expected);
    expect(await world.query("select kind, data->>'change' as change from events where entity_id = $1", [id])).toEqual([
      { kind: "EntityChanged", change: "UPDATED" },
    ]);
    expect(
      await world.query("select 1 from raw_payloads p join parties o on o.raw_hash = p.content_hash where o.id = $1", [
        id,
      ]),
    ).toHaveLength(1);
  });

  test("confirms an unchanged object, without an event", async () => {
    const { id } = await aCustomer();
    await party(id, 0);
    const events = "select seq from events where entity_id = $1";
    const before = await world.query(events, [id]);
    await party(id, 0);
    expect(await world.query(events, [id])).toEqual(before);
  });

  test("may be a deletion", async () => {
    const { id, externalId } = await aCustomer();
    await world.sandbox.stripe.customers.del(externalId);
    expect(await party(id, 0)).toMatchObject({ deletedAt: expect.any(String), freshness: { isStale: false } });
  });

  test("may be that the object does not exist (F60)", async () => {
    await putRecords({ database: graph.database, tenantId: "acme", sourceId: SOURCE_ID }, [
      paymentRecord(0, { externalId: "pi_never" }),
    ]);
    const id = entityId("acme", SOURCE_ID, "Payment", "pi_never");
    const { data, errors } = await graph.query(
      `{ payment(id: "${id}", maxAge: 0) { deletedAt freshness { isStale } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.payment).toEqual({ deletedAt: expect.any(String), freshness: { isStale: false } });
  });

  test("contains all of an account's balances, by one call", async () => {
    const id = entityId("acme", SOURCE_ID, "Account", "balance");
    const ask = async (maxAge: number) => {
      const query = `{ account(id: "${id}") { balances(maxAge: ${maxAge}) { kind money { amount currency } freshness { via isStale } } } }`;
      const { data, errors } = await graph.query(query);
      expect(errors).toEqual([]);
      return data.account.balances as { freshness: object }[];
    };
    const before = await ask(3_600);
    expect(await callCount()).toBe(0);
    const card = { payment_method: "pm_card_visa", confirm: true };
    await world.sandbox.stripe.paymentIntents.create({ amount: 12_345, currency: "eur", ...card });
    await world.takeCalls();
    const after = await ask(0);
    expect(await world.takeCalls()).toEqual({ "GET /v1/balance 200": 1 });
    expect(after).not.toEqual(before);
    expect(after.length).toBeGreaterThan(0);
    for (const { freshness } of after) expect(freshness).toEqual({ via: "READ_THROUGH", isStale: false });
    expect(await ask(60)).toEqual(after);
    expect(await callCount()).toBe(0);
  });
});

describe("one operation", () => {
  test("may cause a hundred calls, and fields beyond that fail alone", async () => {
    const ids = (await world.paymentIds()).slice(0, 102);
    const { data, errors } = await graph.query(
      `query ($ids: [ID!]!, $id: ID!, $last: ID!) {
         nodes(ids: $ids, maxAge: 0) { id } payment(id: $id, maxAge: 0) { id } stored: payment(id: $last) { id }
       }`,
      { variables: { ids: ids.slice(0, 100), id: ids[100], last: ids[101] } },
    );
    expect(errors).toMatchObject([
      {
        path: ["payment"],
        message: expect.stringContaining("at most 100 upstream calls"),
        extensions: { code: "UPSTREAM_CALL_LIMIT", cause: "RATE_LIMIT", retryable: false },
      },
    ]);
    expect(data.nodes).toHaveLength(100);
    expect([data.payment, data.stored]).toEqual([null, { id: ids[101] }]);
    expect(await callCount()).toBe(100);
  });
});

describe("tenants", () => {
  const umbrella = { headers: { "x-sluice-tenant": "umbrella" } };

  test("an id of another tenant returns null and makes no call (F94)", async () => {
    const [id] = await world.paymentIds();
    const { data, errors } = await graph.query(
      `query ($id: ID!) { payment(id: $id, maxAge: 0) { id } node(id: $id) { id } nodes(ids: [$id], maxAge: 0) { id } }`,
      { variables: { id }, ...umbrella },
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ payment: null, node: null, nodes: [null] });
    expect(await callCount()).toBe(0);
  });

  test("a source is called for its own tenant only, also when another tenant has one of the same name (F94)", async () => {
    const place = { database: graph.database, tenantId: "umbrella", sourceId: SOURCE_ID };
    await putRecords(place, [paymentRecord(7)]);
    const id = entityId("umbrella", SOURCE_ID, "Payment", "pi_7");
    const { data, errors } = await graph.query(
      `{ payment(id: "${id}", maxAge: 0) { externalId freshness { isStale staleReason } } }`,
      umbrella,
    );
    expect(errors).toEqual([]);
    expect(data.payment).toEqual({
      externalId: "pi_7",
      freshness: { isStale: true, staleReason: "SOURCE_REMOVED" },
    });
    expect(await callCount()).toBe(0);
  });
});
