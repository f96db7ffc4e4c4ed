import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import type { UseCases } from "../../resolvers/use-cases.ts";
import { plainWebhook } from "../fakes/plain-webhook.ts";
import { scriptedSource } from "../fakes/scripted-connector.ts";
import { useBrowser } from "../helpers/browser.ts";
import { type ConnectedWorld, useConnectedWorld } from "../helpers/connected-world.ts";
import { useDashboardBundle, visitDashboard, type Visit, violationsOn } from "../helpers/dashboard-page.ts";
import { eventually } from "../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../helpers/graph-server.ts";
import { addSource } from "../helpers/ledger-world.ts";

const SECRET = "a secret of thirty-two characters";
/** A source with webhooks. */
const hooked = scriptedSource({ pages: {}, webhook: plainWebhook() }, { id: "hooked" });

let used: Awaited<ReturnType<typeof useBrowser>>;
let bundle: Awaited<ReturnType<typeof useDashboardBundle>>;
let world: ConnectedWorld;
let graph: GraphServer;
beforeAll(async () => {
  [used, bundle] = await Promise.all([useBrowser(), useDashboardBundle()]);
  world = await useConnectedWorld();
  await world.sources.connect("acme", world.request(), new AbortController().signal);
  const useCases = { updateSource: world.sources.update } as Partial<UseCases> as UseCases; // the others are not called
  const auth = { kind: "secret", secret: SECRET } as const;
  graph = await useGraphServer(
    { auth, dashboardFolder: bundle.path, useCases, sources: [hooked] },
    { connection: world.store.connection, close: async () => undefined },
  );
}, 180_000);
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
  await Promise.all([bundle[Symbol.asyncDispose](), used[Symbol.asyncDispose]()]);
});

/** Webhooks in every second minute from nine to ten, in UTC, of each of the last ten days. */
async function addWebhooks(): Promise<void> {
  await addSource({ database: world.store.db, tenantId: "acme", sourceId: hooked.id });
  await world.store.db.transaction("acme", async (tx) => {
    await tx.query(
      `insert into webhook_counts (tenant_id, source_id, at, received)
       select 'acme', $1, (date_trunc('day', now() at time zone 'UTC') - day * interval '1 day' + interval '9 hours'
         + minute * interval '2 minutes') at time zone 'UTC', 3
       from generate_series(1, 10) as day, generate_series(0, 29) as minute`,
      [hooked.id],
    );
    await tx.query("update sources set webhook_received_at = now() where id = $1", [hooked.id]);
  });
}

async function visit(scope: string, options: Partial<Parameters<typeof visitDashboard>[0]> = {}): Promise<Visit> {
  const jwt = new SignJWT({ tenant: "acme", scope }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h");
  const token = await jwt.sign(new TextEncoder().encode(SECRET));
  return visitDashboard({ browser: used.browser, url: graph.url, token, ...options });
}

const stored = async () => {
  const [row] = await world.store.db.read("acme", (tx) =>
    tx.query("select schedule_ms, budget, networks from source_settings where source_id = 'stripe-1'"),
  );
  return row;
};

test("an admin changes settings of a connected source; a mistake keeps what was typed, and changes nothing", async () => {
  await using opened = await visit("read admin");
  const { page } = opened;
  await opened.open("sources/stripe-1");
  const dialog = page.locator("dialog");
  const openDialog = () => page.getByRole("button", { name: "Settings…" }).click();
  await openDialog();
  const schedule = dialog.getByLabel(/^Schedule/);
  expect(await schedule.inputValue()).toBe("5m");
  await dialog.getByRole("button", { name: "Change" }).click();
  await page.getByText("Nothing was changed.").waitFor();

  await openDialog();
  await dialog.getByLabel("Limits", { exact: true }).selectOption("these");
  await dialog.getByLabel("Private networks").selectOption("these");
  await schedule.fill("every day");
  await dialog.getByLabel("Calls per second, by limit").fill("account=10");
  await dialog.getByLabel(/^Networks/).fill("127.0.0.0/8");
  expect(await violationsOn(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Change" }).click();
  await page.getByText(/input\.schedule must be/).waitFor();
  expect(await stored()).toEqual({ schedule_ms: 300_000n, budget: null, networks: [] });
  expect(await dialog.getByLabel("Calls per second, by limit").inputValue()).toBe("account=10");

  await schedule.fill("1h");
  await dialog.getByRole("button", { name: "Change" }).click();
  await page.getByText("The settings of stripe-1 are changed.").waitFor();
  expect(await stored()).toEqual({
    schedule_ms: 3_600_000n,
    budget: { rates: { account: 10 } },
    networks: ["127.0.0.0/8"],
  });

  await openDialog();
  await dialog.getByLabel(/^Setting of the connector/).fill("apiKey");
  await dialog.getByLabel(/^Its new value/).fill("sk_test_2");
  await dialog.getByRole("button", { name: "Change" }).click();
  await page.getByText("is a credential: use updateSourceCredentials").waitFor();
  expect(opened.complaints).toEqual([]);
});

test("settings are offered with the scope admin alone", async () => {
  await using opened = await visit("read sync");
  await opened.open("sources/stripe-1");
  await opened.page.getByRole("button", { name: "Sync now" }).first().waitFor();
  await eventually("the page to be read", async () => (await opened.page.locator(".loading").count()) === 0);
  expect(await opened.page.getByRole("button", { name: "Settings…" }).count()).toBe(0);
});

test.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["320 pixels", { viewport: { width: 320, height: 640 } }],
] as const)(
  "in %s the page of a source has the learned hours beside the webhooks of the last week",
  async (name, options) => {
    if (name === "light") await addWebhooks();
    await using opened = await visit("read", options);
    const { page } = opened;
    await opened.open("sources/hooked");
    const learned = page.getByRole("figure", { name: "Learned hours: expected arrivals, by hour (UTC)" });
    await page.getByRole("figure", { name: "Webhooks of the last week, by hour (UTC)" }).waitFor();
    await learned.waitFor();
    const [nine, night] = await learned
      .getByRole("row", { name: /^Mon/ })
      .getByRole("cell")
      .evaluateAll((cells) => [cells[9]?.textContent, cells[21]?.textContent].map(Number));
    expect(nine).toBeGreaterThan(20); // half of the minutes of the hour
    expect(night).toBeLessThan(3);
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(opened.complaints).toEqual([]);
  },
);
