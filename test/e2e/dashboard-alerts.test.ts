import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { type AlertReceiver, startAlertReceiver, verifyByLibrary } from "../helpers/alert-receiver.ts";
import { alertUseCases } from "../helpers/alert-use-cases.ts";
import { type AlertWorld, useAlertWorld } from "../helpers/alert-world.ts";
import { useBrowser } from "../helpers/browser.ts";
import { useDashboardBundle, visitDashboard, type Visit, violationsOn } from "../helpers/dashboard-page.ts";
import { eventually } from "../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../helpers/graph-server.ts";

const SECRET = "a secret of thirty-two characters";
const HOSTILE = `"><img src=x onerror="document.title='hacked'">`;

let used: Awaited<ReturnType<typeof useBrowser>>;
let bundle: Awaited<ReturnType<typeof useDashboardBundle>>;
let world: AlertWorld;
let graph: GraphServer;
let receiver: AlertReceiver;
beforeAll(async () => {
  [used, bundle] = await Promise.all([useBrowser(), useDashboardBundle()]);
  world = await useAlertWorld();
  receiver = await startAlertReceiver();
  graph = await useGraphServer(
    {
      auth: { kind: "secret", secret: SECRET },
      dashboardFolder: bundle.path,
      useCases: alertUseCases(world.start()),
    },
    { connection: world.store.connection, close: async () => undefined },
  );
}, 180_000);
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await Promise.all([bundle[Symbol.asyncDispose](), used[Symbol.asyncDispose]()]);
});

async function visit(scope: string, options: Partial<Parameters<typeof visitDashboard>[0]> = {}): Promise<Visit> {
  const jwt = new SignJWT({ tenant: "acme", scope }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h");
  const token = await jwt.sign(new TextEncoder().encode(SECRET));
  return visitDashboard({ browser: used.browser, url: graph.url, token, ...options });
}

test("an admin makes an endpoint, sees its secret once, tests it, mutes it and sends a message again", async () => {
  await using opened = await visit("read admin");
  const { page } = opened;
  await opened.open("alerts");
  await page.getByText("Nothing is sent anywhere.").waitFor();
  await page.getByRole("button", { name: "New endpoint…" }).click();
  await page.getByLabel("Name").fill("on call");
  await page.getByLabel("URL").fill("ftp://nowhere.example");
  await page.getByRole("button", { name: "Make it" }).click();
  await page.getByText("input.url must be an http or https URL").waitFor(); // and what was typed is still there
  await page.getByLabel("URL").fill(receiver.url);
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole("button", { name: "Make it" }).click();
  const secret = (await page.locator("dialog code").textContent()) ?? "";
  expect(secret).toMatch(/^whsec_/);
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole("button", { name: "It is stored" }).click();
  await page.getByRole("row", { name: /on call/ }).waitFor();
  expect((await page.locator("main").innerHTML()).includes("canary")).toBe(false);

  await page.getByRole("button", { name: "Test", exact: true }).click();
  const call = await eventually("the test to arrive", () => receiver.calls[0]);
  verifyByLibrary(secret, call);
  await page.getByRole("link", { name: "Test" }).click();
  await page.getByText("accepted with 204").waitFor();
  await page.getByRole("button", { name: "Send again" }).click();
  await eventually("it to arrive again", () => receiver.calls.length === 2);
  expect(receiver.calls[1]?.id).toBe(call.id);

  await page.getByRole("button", { name: "Mute…" }).click();
  await page.locator("dialog").getByLabel("Source", { exact: true }).selectOption("other");
  await page.getByLabel("Reason").fill(HOSTILE);
  await page.getByRole("button", { name: "Mute", exact: true }).click();
  await page.getByText(HOSTILE).waitFor();
  await page.getByRole("button", { name: "Unmute" }).click();
  await page.getByText(HOSTILE).waitFor({ state: "detached" });
  expect(await page.locator("main img").count()).toBe(0);

  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("Nothing is sent anywhere.").waitFor();
  expect(opened.complaints).toEqual([]);
  expect(opened.requested.filter((url) => url.includes("canary") || url.includes(secret))).toEqual([]);
});

test.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["320 pixels", { viewport: { width: 320, height: 640 } }],
] as const)(
  "in %s the page with messages violates no rule, and offers no change without the scope admin",
  async (name, options) => {
    const { id } = await world.endpoint(receiver.url, { name });
    await world.open(`in ${name}`, { summary: `Hostile ${name} ${HOSTILE}` });
    await using opened = await visit("read sync", options);
    const { page } = opened;
    await opened.open(`alerts?endpoint=${id}`);
    await page.getByRole("link", { name: `Hostile ${name}` }).click();
    await page.getByText("accepted with 204").waitFor();
    expect(await page.locator("main img").count()).toBe(0);
    for (const change of ["New endpoint…", "Mute…", "Test", "Delete…", "Send again"])
      expect(await page.getByRole("button", { name: change }).count()).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(opened.complaints).toEqual([]);
    await world.alerts.deleteEndpoint("acme", id);
  },
);
