import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connector as stripe } from "../../../src/connectors/stripe/index.ts";
import type { AnyConnector } from "../../../src/connector-api/connector.ts";
import { createWebhookEndpoints } from "../../../src/server/webhook-endpoints.ts";
import type { Source } from "../../../src/sources/source.ts";
import { scriptedConnector, scriptedSource } from "../../fakes/scripted-connector.ts";
import { addDeliveries } from "../../helpers/delivery-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

function sourceOf(id: string, connector: AnyConnector, config: unknown, tenantId = "acme"): Source {
  return { ...scriptedSource({ pages: {} }, { id, tenantId }), connector, config };
}

const stripeConfig = (webhookSecrets: readonly string[]) =>
  stripe.config.parse({ apiKey: "sk_test_1", webhookSecrets });

/** A provider without signatures. */
const unsigned: AnyConnector = {
  ...scriptedConnector({ pages: {} }),
  webhook: { trust: "HINT", identify: () => ({ deliveryId: undefined, eventType: undefined }), parse: () => [] },
};

const SOURCES = [
  sourceOf("signed", stripe, stripeConfig(["whsec_canary"])),
  sourceOf("quiet", stripe, stripeConfig(["whsec_canary"])),
  sourceOf("regular", stripe, stripeConfig(["whsec_canary"])),
  sourceOf("unsigned", unsigned, {}),
  sourceOf("without-secret", stripe, stripeConfig([])),
  sourceOf("without-webhooks", scriptedConnector({ pages: {} }), {}),
  sourceOf("foreign", stripe, stripeConfig(["whsec_canary"]), "umbrella"),
];

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer({ sources: SOURCES });
  const { database } = graph;
  for (const { id: sourceId, tenantId } of SOURCES) await addSource({ database, tenantId, sourceId });
  await addSource({ database, tenantId: "acme", sourceId: "no-longer-configured" });
  const place = { database, tenantId: "acme", sourceId: "signed" };
  await addDeliveries(place, [
    ...["p1", "p2", "p3"].map((key) => ({ key, status: "PARKED" as const })),
    ...["w1", "w2"].map((key) => ({ key, status: "PENDING" as const })),
    { key: "a" },
    { key: "d", status: "DISCARDED" as const },
  ]);
  await addDeliveries({ ...place, tenantId: "umbrella", sourceId: "foreign" }, [{ key: "p1", status: "PARKED" }]);
  await count("signed", 20, { received: 60, duplicates: 10, conflicts: 1, refused: 15, parked: 5, missed: 2 });
  await count("signed", 90, { received: 20, duplicates: 5, refused: 5, parked: 3 });
  await count("signed", 30 * 60, { received: 56, refused: 1_000, parked: 1_000, duplicates: 1_000, missed: 1_000 });
  await count("signed", 13 * 24 * 60, { received: 200 });
  await count("signed", 15 * 24 * 60, { received: 1_000_000 });
  // Every second minute from nine to ten, in UTC, of each of the last ten days.
  await database.transaction("acme", async (tx) => {
    await tx.query(
      `insert into webhook_counts (tenant_id, source_id, at, received)
       select 'acme', 'regular', (date_trunc('day', now() at time zone 'UTC') - day * interval '1 day' + interval '9 hours'
         + minute * interval '2 minutes') at time zone 'UTC', 3
       from generate_series(1, 10) as day, generate_series(0, 29) as minute`,
    );
    await tx.query("update sources set webhook_received_at = now() where id = 'regular'");
  });
  await count("unsigned", 10, { received: 12, parked: 40 });
  await database.transaction("acme", (tx) =>
    tx.query(
      `update sources set webhook_received_at = '2026-01-01T00:00:01Z', webhook_refused_at = '2026-01-01T00:00:02Z',
         webhook_silent_since = '2026-01-01T00:00:03Z' where id = 'signed'`,
    ),
  );
});
afterAll(async () => graph[Symbol.asyncDispose]());

/** Counts of a minute of acme's, that many minutes ago. */
async function count(sourceId: string, minutesAgo: number, counts: Readonly<Record<string, number>>): Promise<void> {
  const names = Object.keys(counts);
  await graph.database.transaction("acme", (tx) =>
    tx.query(
      `insert into webhook_counts (tenant_id, source_id, at, ${names.join(", ")})
       values ('acme', $1, date_trunc('minute', now()) - $2 * interval '1 minute', ${Object.values(counts).join(", ")})`,
      [sourceId, minutesAgo],
    ),
  );
}

const FIELDS = `url isVerified lastReceivedAt lastRefusedAt expectedPerHour receivedLastHour failureRate duplicatesLastDay
  missedLastDay parked pending silentSince`;

async function webhooksOf(sourceId: string, tenantId = "acme") {
  const { data, errors } = await graph.query(`{ source(id: "${sourceId}") { webhooks { ${FIELDS} } } }`, {
    headers: { "x-sluice-tenant": tenantId },
  });
  expect(errors).toEqual([]);
  return data.source?.webhooks;
}

describe("the webhooks of a source", () => {
  test("have an address and statistics, each over its period", async () => {
    expect(await webhooksOf("signed")).toEqual({
      url: `${graph.url}/webhooks/signed`,
      isVerified: true,
      lastReceivedAt: "2026-01-01T00:00:01.000Z",
      lastRefusedAt: "2026-01-01T00:00:02.000Z",
      silentSince: "2026-01-01T00:00:03.000Z",
      expectedPerHour: expect.closeTo(336 / (13 * 24), 2),
      receivedLastHour: 60,
      failureRate: 0.28, // 15 + 5 refused, 5 + 3 parked, of 80 accepted and 20 refused
      duplicatesLastDay: 15,
      missedLastDay: 2,
      parked: 3,
      pending: 2,
    });
  });

  test("of a provider without signatures are not verified; less than an hour counts as one, and no share exceeds 1", async () => {
    expect(await webhooksOf("unsigned")).toMatchObject({ isVerified: false, expectedPerHour: 12, failureRate: 1 });
  });

  test("have no statistics where nothing was received", async () => {
    expect(await webhooksOf("quiet")).toEqual({
      url: `${graph.url}/webhooks/quiet`,
      isVerified: true,
      lastReceivedAt: null,
      lastRefusedAt: null,
      expectedPerHour: null,
      receivedLastHour: 0,
      failureRate: null,
      duplicatesLastDay: 0,
      missedLastDay: 0,
      parked: 0,
      pending: 0,
      silentSince: null,
    });
  });

  test.each(["without-secret", "without-webhooks", "no-longer-configured"])("are null for %s", async (sourceId) => {
    expect(await webhooksOf(sourceId)).toBeNull();
  });

  test("are its own tenant's, and so are the statistics (F94)", async () => {
    expect(await webhooksOf("signed", "umbrella")).toBeUndefined();
    expect(await webhooksOf("foreign", "acme")).toBeUndefined();
    expect(await webhooksOf("foreign", "umbrella")).toMatchObject({ parked: 1, receivedLastHour: 0 });
    const { data } = await graph.query("{ sources { nodes { id webhooks { url } } } }");
    expect(JSON.stringify(data)).not.toMatch(/foreign|canary/);
  });

  test("have the hours that were learned, from Monday on, and null while too little is known", async () => {
    const learned = async (sourceId: string, tenantId = "acme") => {
      const { data, errors } = await graph.query(
        `{ source(id: "${sourceId}") { webhooks { learnedHours { weekday hour expected } } } }`,
        { headers: { "x-sluice-tenant": tenantId } },
      );
      expect(errors).toEqual([]);
      return data.source?.webhooks.learnedHours;
    };
    const hours = await learned("regular");
    expect(hours).toHaveLength(168);
    expect([hours[0], hours[167]]).toMatchObject([
      { weekday: 1, hour: 0 },
      { weekday: 7, hour: 23 },
    ]);
    const at = (hour: number) => hours.filter((one: { hour: number }) => one.hour === hour);
    const most = Math.max(...at(9).map(({ expected }: { expected: number }) => expected));
    expect(most).toBeGreaterThan(20); // half of the minutes of that hour, each day
    for (const { expected } of at(21)) expect(expected).toBeLessThan(most / 10);
    expect([await learned("quiet"), await learned("unsigned"), await learned("foreign", "umbrella")]).toEqual([
      null,
      null,
      null,
    ]);
    graph.takeStatements();
    await graph.query("{ sources(first: 100) { nodes { webhooks { learnedHours { expected } } } } }");
    expect(graph.takeStatements()).toHaveLength(4); // the sources, their last deliveries, counts and silences
  });

  test("of all sources take as many SQL statements as of one", async () => {
    graph.takeStatements();
    await webhooksOf("signed");
    expect(graph.takeStatements()).toHaveLength(4); // the source, recent counts, usual counts, pending deliveries
    await graph.query(`{ sources(first: 100) { nodes { webhooks { ${FIELDS} } } } }`);
    expect(graph.takeStatements()).toHaveLength(4);
  });
});

test("have an address that begins with the public URL", async () => {
  const ownUrl = () => "http://127.0.0.1:4000";
  const find = (publicUrl: string | undefined) =>
    createWebhookEndpoints({ sources: registryOf(SOURCES), publicUrl, ownUrl }).find("acme", "signed");
  expect((await find("https://hooks.example.com/sluice"))?.url).toBe(
    "https://hooks.example.com/sluice/webhooks/signed",
  );
  expect((await find(undefined))?.url).toBe("http://127.0.0.1:4000/webhooks/signed");
});
