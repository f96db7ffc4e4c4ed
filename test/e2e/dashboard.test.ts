import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { OPERATION_ID_PREFIXES } from "../../src/domain/ids.ts";
import { appendEvents } from "../../src/events/append.ts";
import type { EventBody } from "../../src/events/event.ts";
import { useBrowser } from "../helpers/browser.ts";
import { useDashboardBundle, visitDashboard, type Visit, violationsOn } from "../helpers/dashboard-page.ts";
import { addDeliveries } from "../helpers/delivery-world.ts";
import { eventually } from "../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../helpers/graph-server.ts";
import { addSource } from "../helpers/ledger-world.ts";

const SECRET = "a secret of thirty-two characters";
const HOSTILE = `"><img src=x onerror="document.title='hacked'"><script>document.title='hacked'</script>{{7*7}}\u202E`;
const DELIVERIES = 5_000;
const RUN = `${OPERATION_ID_PREFIXES.SyncRun}_${"a".repeat(22)}`;

let used: Awaited<ReturnType<typeof useBrowser>>;
let bundle: Awaited<ReturnType<typeof useDashboardBundle>>;
let graph: GraphServer;
beforeAll(async () => {
  [used, bundle] = await Promise.all([useBrowser(), useDashboardBundle()]);
  graph = await useGraphServer({ auth: { kind: "secret", secret: SECRET }, dashboardFolder: bundle.path });
  const acme = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  const umbrella = { ...acme, tenantId: "umbrella", sourceId: "umbrella-bank" };
  await addSource(acme);
  await addSource(umbrella);
  await addRun();
  const keys = Array.from({ length: DELIVERIES }, (_, index) => ({
    key: `evt_${index}`,
    eventType: `charge.${index}`,
  }));
  await addDeliveries(acme, keys);
  const parked = { status: "PARKED", receivedAt: "2026-11-29T10:00:00.000Z" } as const;
  await addDeliveries(acme, [{ key: HOSTILE, eventType: HOSTILE, errorCode: "DELIVERY_MALFORMED", ...parked }]);
  await addDeliveries(umbrella, [{ key: "evt_umbrella", eventType: "umbrella.event", ...parked }]);
}, 180_000);
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await Promise.all([bundle[Symbol.asyncDispose](), used[Symbol.asyncDispose]()]);
});

const tokenOf = (tenant: string, scope: string, expires = "1h"): Promise<string> =>
  new SignJWT({ tenant, scope })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(SECRET));

const visit = async (scope = "read sync admin", tenant = "acme"): Promise<Visit> =>
  await visitDashboard({ browser: used.browser, url: graph.url, token: await tokenOf(tenant, scope) });

/** A run of two streams: one was read at the second attempt, one has failed. */
async function addRun(): Promise<void> {
  await graph.database.transaction("acme", async (tx) => {
    await tx.query(
      `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, started_at, finished_at, event_seq)
       values ('acme', $1, 'stripe-main', 'FULL', 'REQUEST', 'FAILED', now() - interval '1 hour', now() - interval '59 minutes', now() - interval '57 minutes', 0)`,
      [RUN],
    );
    await tx.query(
      `insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, records, changed, quarantined, attempts, next_attempt_at, finished_at, error_code, error_message)
       values ('acme', $1, 'payments', 'stripe-main', 'SUCCEEDED', 5000000000, 12, 3, 2, now(), now(), null, null),
         ('acme', $1, 'refunds', 'stripe-main', 'FAILED', 7, 0, 0, 1, now(), now(), 'UPSTREAM_MALFORMED', $2)`,
      [RUN, HOSTILE],
    );
  });
}

const changed = (entityId: string): EventBody => ({
  kind: "EntityChanged",
  entityType: "Payment",
  entityId,
  change: "CREATED",
});
const isLive = (page: Visit["page"]) => page.getByText("Live", { exact: true }).waitFor();

describe("the token", () => {
  test("is requested, kept in this tab alone, and never in a URL", async () => {
    await using opened = await visitDashboard({ browser: used.browser, url: graph.url });
    const { page, requested, complaints } = opened;
    await page.getByLabel("Token").fill("nonsense");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    const token = await tokenOf("acme", "read");
    await page.getByLabel("Token").fill(token);
    await page.keyboard.press("Enter");
    await isLive(page);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    const [local, session] = await page.evaluate<string[]>(
      "[JSON.stringify(localStorage) + document.cookie, JSON.stringify(sessionStorage)]",
    );
    expect([local?.includes(token), session?.includes(token)]).toEqual([false, true]);
    expect([...requested, page.url()].filter((address) => address.includes(token))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("decides what is offered: without the scope sync no action, without admin no bytes", async () => {
    await using reader = await visit("read");
    await reader.open("deliveries?status=PARKED");
    await reader.page.locator("tbody a").first().click();
    await reader.page.getByText("A token with the scope admin displays them.").waitFor();
    expect(await reader.page.getByRole("button", { name: "Replay" }).count()).toBe(0);
    await using operator = await visit();
    await operator.open("deliveries?status=PARKED");
    await operator.page.locator("tbody a").first().click();
    await operator.page.getByLabel("Bytes as they were received").waitFor();
    expect(await operator.page.getByRole("button", { name: "Replay" }).count()).toBe(2);
  });

  test("of another tenant displays that tenant's data alone", async () => {
    await using opened = await visit("read", "umbrella");
    const { page } = opened;
    await opened.open("deliveries");
    await page.getByText("umbrella.event").waitFor();
    expect(await page.locator("tbody tr").count()).toBe(1);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Token").fill(await tokenOf("acme", "read"));
    await page.keyboard.press("Enter");
    await page.getByText("charge.4999").waitFor();
    expect(await page.getByText("umbrella").count()).toBe(0);
  });
});

test("a run has a page with its counts, streams, errors and source, to which its list leads", async () => {
  await using opened = await visit("read");
  const { page } = opened;
  await opened.open("runs");
  await page.getByRole("link", { name: "full · request" }).click();
  await page.getByRole("heading", { name: "Full run of stripe-main" }).waitFor();
  const facts = Object.fromEntries(
    await Promise.all(
      (await page.locator("main .facts > div").all()).map(async (fact) => [
        await fact.locator("dt").textContent(),
        await fact.locator("dd").textContent(),
      ]),
    ),
  ) as Record<string, string>;
  expect(facts).toMatchObject({
    Status: "Failed",
    Source: "stripe-main",
    Trigger: "request",
    Duration: "2 min",
    "Records read": "5,000,000,007",
    Changed: "12",
    Quarantined: "3",
    Retries: "3 since the last progress",
    Id: RUN,
  });
  await page
    .getByRole("row", { name: /^payments/ })
    .getByText("5,000,000,000")
    .waitFor();
  await page
    .getByRole("row", { name: /^refunds/ })
    .getByText(`UPSTREAM_MALFORMED: ${HOSTILE}`)
    .waitFor();
  await page.getByRole("link", { name: "All runs of stripe-main" }).click();
  await page.getByRole("heading", { name: "Runs", exact: true }).waitFor();
  await opened.open(`runs/${OPERATION_ID_PREFIXES.SyncRun}_${"b".repeat(22)}`);
  await page.getByText("This run no longer exists.").waitFor();
  expect(opened.complaints).toEqual([]);
});

describe("security of the page", () => {
  test("everything comes from its own host, within its content security policy", async () => {
    await using opened = await visit();
    for (const place of [
      "overview",
      "deliveries",
      "quarantine",
      "findings",
      "alerts",
      "money",
      "reconciliation",
      "reconciliation?tab=completeness",
      "reconciliation?tab=balances",
      "reconciliation?tab=routes",
      "reconciliation?tab=evidence",
      "reconciliation?tab=audit",
      "events",
    ])
      await opened.open(place);
    await isLive(opened.page);
    const hosts = new Set(opened.requested.map((url) => new URL(url).host));
    expect([...hosts]).toEqual([new URL(graph.url).host]);
    expect(opened.complaints).toEqual([]);
  });

  test("hostile text of an upstream is displayed as text", async () => {
    await using opened = await visit();
    const { page } = opened;
    await opened.open("deliveries?status=PARKED");
    const link = page.locator("tbody a").first();
    expect(await link.textContent()).toBe(HOSTILE);
    await link.click();
    await page.getByRole("heading", { name: '"><img' }).waitFor();
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(await page.title()).toBe("Deliveries · Sluice");
    expect(opened.complaints).toEqual([]);
  });
});

describe("long lists and many events", () => {
  test("a list of thousands has few rows in the document, from its beginning to its end", async () => {
    await using opened = await visit();
    const { page } = opened;
    await opened.open("deliveries?status=APPLIED");
    await page.getByText("charge.4999").waitFor();
    const scroller = page.getByRole("region", { name: "Deliveries" });
    await eventually("the oldest delivery is in view", async () => {
      await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight));
      expect(await page.locator("tbody tr").count()).toBeLessThan(80);
      return (await page.getByText("charge.0", { exact: true }).count()) === 1;
    });
    await scroller.evaluate((element) => (element.scrollTop = 0));
    await page.getByText("charge.4999").waitFor(); // dropped from memory, and read again
    expect(await page.locator("tbody tr").count()).toBeLessThan(80);
  });

  test("a burst of events is displayed completely, once each and in order, with far fewer changes of the document", async () => {
    await using opened = await visit();
    const { page } = opened;
    await opened.open("events");
    await isLive(page);
    await page.evaluate(`window.updates = 0;
      new MutationObserver(() => { window.updates += 1; }).observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });`);
    const runs = Array.from({ length: 3_000 }, (_, index) => ({
      sourceId: "stripe-main",
      body: changed(`pay_${index}`),
    }));
    await graph.database.transaction("acme", (tx) => appendEvents(tx, runs));
    await page.getByText("3,000 events").waitFor();
    expect(await page.locator("tbody tr").count()).toBeLessThan(80);
    expect(await page.evaluate("window.updates")).toBeLessThan(1_500);
    const visible = await page.locator("tbody tr td:nth-child(4)").allTextContents();
    expect(visible.slice(0, 3)).toEqual([2_999, 2_998, 2_997].map((index) => `Payment pay_${index} created`));
  });

  test("a paused list keeps still while events arrive, and its filter applies at once", async () => {
    await using opened = await visit();
    const { page } = opened;
    await opened.open("events");
    await isLive(page);
    const append = (name: string) =>
      graph.database.transaction("acme", (tx) => appendEvents(tx, [{ sourceId: "stripe-main", body: changed(name) }]));
    await append("before");
    await page.getByText("Payment before created").waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await append("while-paused");
    await page.getByText("newer ones are waiting").waitFor();
    expect(await page.getByText("Payment while-paused created").count()).toBe(0);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("Payment while-paused created").waitFor();
    await page.getByLabel("Contains").fill("paused");
    await page.keyboard.press("Enter");
    await page.getByText("1 of 2 events").waitFor();
  });
});

describe.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["320 pixels", { viewport: { width: 320, height: 640 } }],
  ["200 % zoom", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
] as const)("in %s", (_name, options) => {
  test("no page violates a rule of accessibility or is wider than its window", async () => {
    const token = await tokenOf("acme", "read sync admin");
    await using opened = await visitDashboard({ browser: used.browser, url: graph.url, token, ...options });
    const { page } = opened;
    for (const place of [
      "overview",
      "sources/stripe-main",
      "runs",
      `runs/${RUN}`,
      "deliveries",
      "quarantine",
      "findings",
      "alerts",
      "money",
      "money?tab=payouts",
      "reconciliation",
      "reconciliation?tab=completeness",
      "reconciliation?tab=balances",
      "reconciliation?tab=routes",
      "reconciliation?tab=evidence",
      "reconciliation?tab=audit",
      "events",
    ]) {
      await opened.open(place);
      await page.locator(".loading").waitFor({ state: "detached" });
      expect([place, await violationsOn(page)]).toEqual([place, []]);
      expect([place, await page.evaluate("document.documentElement.scrollWidth <= innerWidth")]).toEqual([place, true]);
    }
    await opened.open("deliveries?status=PARKED");
    await page.locator("tbody a").first().click();
    await page.getByLabel("Bytes as they were received").waitFor();
    expect(await violationsOn(page)).toEqual([]);
  });
});
