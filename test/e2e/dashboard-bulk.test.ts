import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { pino } from "pino";
import { createAuditTrail } from "../../src/audit/audit-trail.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { createInbox, type Inbox } from "../../src/ingest/webhooks/inbox.ts";
import { createUseCases, type UseCaseParts } from "../../src/parts/use-cases.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import { registryOf } from "../../src/sources/source-registry.ts";
import { scriptedSource } from "../fakes/scripted-connector.ts";
import { useBrowser } from "../helpers/browser.ts";
import { useDashboardBundle, visitDashboard, type Visit, violationsOn } from "../helpers/dashboard-page.ts";
import { addDeliveries } from "../helpers/delivery-world.ts";
import { type GraphServer, useGraphServer } from "../helpers/graph-server.ts";
import { addSource, type Place } from "../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../helpers/store.ts";

const SECRET = "a secret of thirty-two characters";
const HOSTILE = `"><img src=x onerror="document.title='hacked'">`;
/** Deliveries of acme: three calls of the page. */
const DELIVERIES = 4_500;
/** Records of acme: three calls of the page. */
const RECORDS = 250;

let used: Awaited<ReturnType<typeof useBrowser>>;
let bundle: Awaited<ReturnType<typeof useDashboardBundle>>;
let store: TestStore;
let inbox: Inbox;
let graph: GraphServer;
/** What the calls of the page wait for, in order; a call without an entry does not wait. */
const gates: Promise<void>[] = [];
const places: Readonly<Record<string, Omit<Place, "database">>> = {
  acme: { tenantId: "acme", sourceId: "main" },
  umbrella: { tenantId: "umbrella", sourceId: "umbrella-main" },
};
beforeAll(async () => {
  [used, bundle] = await Promise.all([useBrowser(), useDashboardBundle()]);
  store = await useStore();
  const database = store.db;
  const sources = Object.values(places).map(({ tenantId, sourceId }) =>
    scriptedSource({ pages: {}, fetchable: ["Payment"] }, { id: sourceId, tenantId }),
  );
  const registry = registryOf(sources);
  const wakeUps = createWakeUps();
  const log = pino({ level: "silent" });
  inbox = createInbox({ db: database, sources: registry, log, now: Date.now, random: Math.random, wakeUps });
  for (const [tenantId, place] of Object.entries(places)) {
    await addSource({ database, ...place });
    const count = tenantId === "acme" ? DELIVERIES : 3;
    const keys = Array.from(
      { length: count },
      (_, n) => ({ key: `k${n}`, status: "PARKED", eventType: HOSTILE }) as const,
    );
    await addDeliveries({ database, ...place }, keys);
    await addRecords(place, tenantId === "acme" ? RECORDS : 3);
  }
  const others = { engine: {}, connectedSources: {}, apiKeys: {}, alerts: {}, matchByHand: {}, evidencePacks: {} };
  const parts = { ...others, db: database, sources: registry, inbox, files: {}, wakeUps };
  const useCases = createUseCases(parts as unknown as UseCaseParts); // no other mutation is sent
  graph = await useGraphServer(
    {
      auth: { kind: "secret", secret: SECRET },
      dashboardFolder: bundle.path,
      auditTrail: createAuditTrail({ db: database, random: Math.random, onProblem: () => undefined }),
      useCases: {
        ...useCases,
        async replayDeliveries(tenantId, batch) {
          await gates.shift();
          return useCases.replayDeliveries(tenantId, batch);
        },
      },
    },
    { connection: store.connection, close: async () => undefined },
  );
}, 180_000);
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await inbox.close(1_000);
  await store[Symbol.asyncDispose]();
  await Promise.all([bundle[Symbol.asyncDispose](), used[Symbol.asyncDispose]()]);
});

async function addRecords({ tenantId, sourceId }: Omit<Place, "database">, count: number): Promise<void> {
  await store.db.transaction(tenantId, (tx) =>
    tx.query(
      `insert into quarantined_records (tenant_id, id, source_id, entity_type, external_id, code, path, problem, raw_path,
         status, first_at, last_at)
       select $1, 'qua_' || lpad(n::text, 22, '0'), $2, 'Payment', 'p' || n, 'UPSTREAM_MALFORMED', 'amount', $4, '', 'OPEN',
         now() - n * interval '1 minute', now() from generate_series(1, $3) as n`,
      [tenantId, sourceId, count, HOSTILE],
    ),
  );
}

async function visit(scope: string, options: Partial<Parameters<typeof visitDashboard>[0]> = {}): Promise<Visit> {
  const jwt = new SignJWT({ tenant: "acme", scope, sub: "ada" })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("1h");
  const token = await jwt.sign(new TextEncoder().encode(SECRET));
  return visitDashboard({ browser: used.browser, url: graph.url, token, ...options });
}

async function statusesOf(tenantId: string): Promise<Readonly<Record<string, number>>> {
  const rows = await store.db.read(tenantId, (tx) =>
    tx.query<{ status: string; count: number }>("select status, count(*)::int from deliveries group by 1"),
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/** Number of rows of the audit trail about a mutation that has ended, by how. */
async function auditedCalls(mutation: string): Promise<Readonly<Record<string, number>>> {
  const rows = await store.db.read("acme", (tx) =>
    tx.query<{ outcome: string; count: number }>(
      "select outcome, count(*)::int from audit_entries where action = $1 and outcome is not null group by 1",
      [`mutation.${mutation}`],
    ),
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

test("all deliveries that match are replayed in many calls, with progress; stopped, failed and continued, each of them once", async () => {
  const [second, third] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  gates.push(Promise.resolve(), second.promise, third.promise);
  await using opened = await visit("read sync", { viewport: { width: 320, height: 640 } });
  const { page } = opened;
  await opened.open("deliveries?status=PARKED");
  await page.getByRole("button", { name: "Select all 4,500 that match" }).click();
  await page.getByRole("button", { name: "Replay" }).click();
  const progress = page.getByRole("group", { name: "Progress" });
  await progress.getByText("2,000 of 4,500 replayed").waitFor();
  expect(await progress.getByRole("progressbar").getAttribute("value")).toBe("2000");
  expect(await page.getByRole("button", { name: "Replay" }).isDisabled()).toBe(true);
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);

  await progress.getByRole("button", { name: "Stop" }).focus();
  await page.keyboard.press("Enter");
  second.resolve();
  await progress.getByText("4,000 of 4,500 replayed. Stopped.").waitFor();
  expect(await statusesOf("acme")).toEqual({ PENDING: 4_000, PARKED: 500 });

  await progress.getByRole("button", { name: "Continue" }).click();
  third.reject(new ServiceError("OVERLOADED", "too many operations wait"));
  await progress.getByText("It ended: too many operations wait").waitFor();
  expect(await violationsOn(page)).toEqual([]);
  await progress.getByRole("button", { name: "Continue" }).click();
  await progress.getByText("4,500 replayed.").waitFor();
  expect(await statusesOf("acme")).toEqual({ PENDING: DELIVERIES });
  expect(await statusesOf("umbrella")).toEqual({ PARKED: 3 });
  expect(await auditedCalls("replayDeliveries")).toEqual({ SUCCEEDED: 3, FAILED: 1 });
  await page.getByText("No deliveries match.").waitFor(); // and the report is still there
  await progress.getByRole("button", { name: "Dismiss" }).click();
  await progress.waitFor({ state: "detached" });

  await opened.open("deliveries?status=PENDING");
  await page.getByRole("button", { name: "Select all 4,500 that match" }).click();
  await page.getByRole("button", { name: "Discard…" }).click();
  await page.getByLabel("Reason").fill(`of no use ${HOSTILE}`);
  await page.keyboard.press("Enter");
  await progress.getByText("4,500 discarded.").waitFor();
  expect(await statusesOf("acme")).toEqual({ DISCARDED: DELIVERIES });
  expect(await auditedCalls("discardDeliveries")).toEqual({ SUCCEEDED: 3 });
  expect(await page.locator("main img").count()).toBe(0);
  expect(opened.complaints).toEqual([]);
});

async function recordsOf(tenantId: string): Promise<Readonly<Record<string, number>>> {
  const rows = await store.db.read(tenantId, (tx) =>
    tx.query<{ status: string; count: number }>("select status, count(*)::int from quarantined_records group by 1"),
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

test("all open records that match are tried again and then discarded with a reason, by the keyboard; single ones too, and a replay reverses it", async () => {
  await using reader = await visit("read");
  await reader.open("quarantine");
  await reader.page.getByRole("region", { name: "Quarantined records" }).waitFor();
  expect(await reader.page.getByRole("button", { name: /^(Replay|Select|Discard)/ }).count()).toBe(0);
  expect(await reader.page.getByRole("checkbox").count()).toBe(0);

  await using opened = await visit("read sync", { colorScheme: "dark" });
  const { page } = opened;
  const progress = page.getByRole("group", { name: "Progress" });
  await opened.open("quarantine");
  await page.getByRole("button", { name: "Select all 250 that match" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Replay", exact: true }).focus();
  await page.keyboard.press("Enter");
  await progress.getByText("250 tried again.").waitFor();
  const [row] = await store.db.read("acme", (tx) =>
    tx.query<{ count: number; generations: number }>(
      "select count(*)::int, max(generation)::int as generations from refetches",
    ),
  );
  expect(row).toEqual({ count: RECORDS, generations: 1 });
  expect(await auditedCalls("replayManyQuarantined")).toEqual({ SUCCEEDED: 3 });
  expect(await violationsOn(page)).toEqual([]);

  await page.getByRole("link", { name: "Payment p7", exact: true }).click();
  const details = page.getByRole("complementary", { name: "Details" });
  await details.getByRole("button", { name: "Discard…" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill(`a test ${HOSTILE}`);
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await details.getByText("Discarded", { exact: true }).first().waitFor();
  await details.getByText(`a test ${HOSTILE}`).waitFor();
  expect(await details.getByRole("button", { name: "Discard…" }).isDisabled()).toBe(true);
  expect(await recordsOf("acme")).toEqual({ OPEN: RECORDS - 1, DISCARDED: 1 });
  await details.getByRole("button", { name: "Replay" }).click();
  await details.getByText("Open", { exact: true }).waitFor();
  expect(await recordsOf("acme")).toEqual({ OPEN: RECORDS });

  await opened.open("quarantine?path=currency");
  await page.getByText("No quarantined records match.").waitFor();
  await opened.open("quarantine?path=amount");
  await page.getByRole("checkbox", { name: "Select Payment p3", exact: true }).check();
  await page.getByRole("checkbox", { name: "Select Payment p4", exact: true }).check();
  await page.getByRole("button", { name: "Discard…" }).click();
  await page.getByLabel("Reason").fill("of no use");
  await page.keyboard.press("Enter");
  await page.getByText("2 records are discarded. A replay reverses that.").waitFor();
  expect(await recordsOf("acme")).toEqual({ OPEN: RECORDS - 2, DISCARDED: 2 });

  await page.getByRole("button", { name: /^Select all .*that match$/ }).click();
  await page.getByRole("button", { name: "Discard…" }).click();
  await page.getByLabel("Reason").fill("all of no use");
  await page.keyboard.press("Enter");
  await progress.getByText("248 discarded.").waitFor();
  expect(await recordsOf("acme")).toEqual({ DISCARDED: RECORDS });
  expect(await recordsOf("umbrella")).toEqual({ OPEN: 3 });
  expect(await auditedCalls("discardManyQuarantined")).toEqual({ SUCCEEDED: 1 });
  await opened.open("quarantine?status=DISCARDED");
  await page.getByText("To select all, choose the status Open.").waitFor();
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.locator("main img").count()).toBe(0);
  expect(opened.complaints).toEqual([]);
});
