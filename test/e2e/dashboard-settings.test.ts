import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import type { UseCases } from "../../resolvers/use-cases.ts";
import { useBrowser } from "../helpers/browser.ts";
import { type ConnectedWorld, useConnectedWorld } from "../helpers/connected-world.ts";
import { useDashboardBundle, visitDashboard, type Visit, violationsOn } from "../helpers/dashboard-page.ts";
import { eventually } from "../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../helpers/graph-server.ts";

const SECRET = "a secret of thirty-two characters";

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
    { auth, dashboardFolder: bundle.path, useCases },
    { connection: world.store.connection, close: async () => undefined },
  );
}, 180_000);
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
  await Promise.all([bundle[Symbol.asyncDispose](), used[Symbol.asyncDispose]()]);
});

async function visit(scope: string): Promise<Visit> {
  const jwt = new SignJWT({ tenant: "acme", scope }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h");
  const token = await jwt.sign(new TextEncoder().encode(SECRET));
  return visitDashboard({ browser: used.browser, url: graph.url, token });
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
