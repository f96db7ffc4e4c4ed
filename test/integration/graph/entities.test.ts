import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, euro, ledgerWorld, paymentRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";

const SIZE = 25;
let graph: GraphServer;
let place: Place;
beforeAll(async () => {
  graph = await useGraphServer();
  place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, SIZE));
});
afterAll(async () => graph[Symbol.asyncDispose]());

const idOf = (type: Parameters<typeof entityId>[2], externalId: string) =>
  entityId("acme", "stripe-main", type, externalId);

describe("node, nodes and _entities", () => {
  test("return any object by its id, and null where there is none", async () => {
    const ids = [
      idOf("Payment", "pi_1"),
      "stripe-main",
      idOf("Party", "nobody"),
      "no id",
      idOf("Balance", "acct_1:available:EUR"),
    ];
    const { data, errors } = await graph.query(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } node(id: "stripe-main") { __typename } }',
      {
        variables: { ids },
      },
    );
    expect(errors).toEqual([]);
    expect(data.nodes).toEqual([
      { __typename: "Payment", id: ids[0] },
      { __typename: "Source", id: "stripe-main" },
      null,
      null,
      null,
    ]);
    expect(data.node).toEqual({ __typename: "Source" });
  });

  test("a representation resolves by our id and by the source's, and a wrong one fails only itself", async () => {
    const { data, errors } = await graph.query(
      "query ($keys: [_Any!]!) { _entities(representations: $keys) { __typename ... on Payment { externalId } ... on Party { name } } }",
      {
        variables: {
          keys: [
            { __typename: "Payment", id: idOf("Payment", "pi_1") },
            { __typename: "Party", source: { id: "stripe-main" }, externalId: "cus_4" },
            { __typename: "Payment", source: null, externalId: 7 },
            { __typename: "Payment", id: idOf("Party", "cus_4") },
            { __typename: "Source", id: "stripe-main" },
            { __typename: "Nothing", id: idOf("Payment", "pi_1") },
            { __typename: "PaymentAttempt", id: idOf("Payment", "pi_1") },
            "Payment",
            { __typename: "Node", id: idOf("Payment", "pi_1") },
            { __typename: "Node", id: "stripe-main" },
            { __typename: "Node", id: idOf("Party", "nobody") },
            { __typename: "Node", source: { id: "stripe-main" }, externalId: "cus_4" },
          ],
        },
      },
    );
    expect(data._entities).toEqual([
      { __typename: "Payment", externalId: "pi_1" },
      { __typename: "Party", name: "Payer 4" },
      null,
      null,
      { __typename: "Source" },
      null,
      null,
      null,
      { __typename: "Payment", externalId: "pi_1" },
      { __typename: "Source" },
      null,
      null,
    ]);
    const wrong = errors.map(({ path, extensions }) => `${path?.join(".")} ${extensions.code}`);
    expect(wrong.sort()).toEqual([11, 2, 5, 6, 7].map((place) => `_entities.${place} INVALID_INPUT`));
  });

  test("_service returns the SDL with its federation link", async () => {
    const { data } = await graph.query("{ _service { sdl } }");
    expect(data._service.sdl).toContain("https://specs.apollo.dev/federation/v2.9");
    expect(data._service.sdl).toContain(`@key(fields: "source { id } externalId")`);
  });
});

describe("tenants", () => {
  const umbrella = { headers: { "x-sluice-tenant": "umbrella" } };

  test("cannot see each other's objects, by list, id or key", async () => {
    const id = idOf("Payment", "pi_1");
    const { data } = await graph.query(
      `{ payments { nodes { id } } sources { nodes { id } } payment(id: "${id}") { id } node(id: "${id}") { id }
         _entities(representations: [{ __typename: "Payment", id: "${id}" }, { __typename: "Payment", source: { id: "stripe-main" }, externalId: "pi_1" }, { __typename: "Node", id: "${id}" },
         { __typename: "Node", id: "stripe-main" }]) { __typename } }`,
      umbrella,
    );
    expect(data).toEqual({
      payments: { nodes: [] },
      sources: { nodes: [] },
      payment: null,
      node: null,
      _entities: [null, null, null, null],
    });
  });

  test("a tenant that is not configured is refused", async () => {
    const { status, errors } = await graph.query("{ sources { nodes { id } } }", {
      headers: { "x-sluice-tenant": "nobody" },
    });
    expect(status).toBe(403);
    expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

describe("freshness", () => {
  const FRESH =
    '{ payments(first: 1, filter: { externalId: "pi_1" }) { nodes { freshness { isStale } source { status } } } }';
  const update = (change: string) =>
    graph.database.transaction("acme", (tx) => tx.query(`update sources set ${change} where id = 'stripe-main'`));
  const isStale = async () => (await graph.query(FRESH)).data.payments.nodes[0].freshness.isStale as boolean;

  test("is lost by age or a pause, and regained by a run that succeeds", async () => {
    expect(await isStale()).toBe(false);
    await update("last_success_at = null, schedule_seconds = 1");
    await graph.database.transaction("acme", (tx) =>
      tx.query("update payments set observed_at = now() - interval '4 seconds' where external_id = 'pi_1'"),
    );
    expect(await isStale()).toBe(true);
    await update("last_success_at = now(), schedule_seconds = 300");
    expect(await isStale()).toBe(false);
    await update("status = 'PAUSED'");
    expect(await isStale()).toBe(true);
    expect((await graph.query(FRESH)).data.payments.nodes[0].source.status).toBe("PAUSED");
    await update("status = 'ACTIVE'");
  });

  test("a source that is no longer configured keeps its objects readable, and stale", async () => {
    const other = { ...place, sourceId: "removed" };
    await putRecords(other, [paymentRecord(1, { amount: euro(1n) })]);
    const { data, errors } = await graph.query(
      `{ payment(id: "${entityId("acme", "removed", "Payment", "pi_1")}") { source { id status connector } freshness { isStale } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.payment).toEqual({
      source: { id: "removed", status: null, connector: null },
      freshness: { isStale: true },
    });
  });
});
