import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type TestSandbox, useSandbox } from "../../sandbox/stripe/testing.ts";
import { useBrowser } from "../helpers/browser.ts";
import { cursorsIn, cursorsInLog, installDashboard, visitDashboard, type Visit } from "../helpers/dashboard-page.ts";
import { eventually } from "../helpers/eventually.ts";
import { askGraph } from "../helpers/graphql.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { freePort, type Service, startService } from "../helpers/service.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { deliver, eventBody, sign } from "../helpers/stripe-deliveries.ts";

const SECRET = "whsec_dashboard";

let used: Awaited<ReturnType<typeof useBrowser>>;
let dataDir: Awaited<ReturnType<typeof useReadyDataDir>>;
let port: number;
let stripe: TestSandbox;
let settings: string;
let service: Service;
const start = () =>
  startService({
    env: { SLUICE_CONFIG: settings, DATA_DIR: dataDir.path, PORT: String(port), LOG_LEVEL: "error" },
  });
beforeAll(async () => {
  [used, dataDir, port, stripe] = await Promise.all([
    useBrowser(),
    useReadyDataDir(),
    freePort(),
    useSandbox({ payments: 20 }),
    installDashboard(),
  ]);
  const config = { baseUrl: stripe.url, apiKey: stripe.config.apiKey, webhookSecrets: [SECRET] };
  settings = await writeSluiceYaml(dataDir.path, config);
  service = await start();
}, 180_000);
afterAll(async () => {
  await service.stop();
  await stripe[Symbol.asyncDispose]();
  await Promise.all([used[Symbol.asyncDispose](), dataDir[Symbol.asyncDispose]()]);
});

/** Moves on with the key until an element with this text, or this label, has the focus. */
async function tabTo(page: Visit["page"], name: string | RegExp): Promise<void> {
  const focused = (): Promise<string> =>
    page.evaluate(`(() => { const { activeElement: element } = document;
      return element.labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent ?? ""; })()`);
  for (let step = 0; step < 300; step += 1) {
    const text = (await focused()).trim();
    if (typeof name === "string" ? text === name : name.test(text)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${String(name)}`);
}

test("parked deliveries are replayed, and a source is paused and resumed, by the keyboard alone", async () => {
  const unreadable = eventBody({ type: "customer.created", object: undefined }); // about nothing
  expect((await deliver(service.url, "stripe-main", sign(unreadable, SECRET))).status).toBe(200);
  await eventually("the unreadable delivery to be parked", async () => {
    const query = "{ deliveries(first: 1, filter: { status: [PARKED] }) { nodes { id } } }";
    const { data } = await askGraph<{ deliveries: { nodes: readonly unknown[] } }>(service.url, query);
    return data?.deliveries.nodes.length === 1;
  });
  await using visit = await visitDashboard({ browser: used.browser, url: service.url });
  const { page } = visit;
  await page.getByText("Live", { exact: true }).waitFor();
  await tabTo(page, "Deliveries");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Deliveries" }).waitFor();
  await tabTo(page, "Status");
  await page.keyboard.type("Parked");
  await page.waitForURL(/status=PARKED/);
  await tabTo(page, /^Select all .*that match$/);
  await page.keyboard.press("Enter");
  await tabTo(page, "Replay");
  await page.keyboard.press("Enter");
  await page.getByText(/^[0-9,]+ replayed\.$/).waitFor();

  await page.keyboard.press("Home");
  await page.goto(`${service.url}/#/overview`);
  await tabTo(page, "stripe-main");
  await page.keyboard.press("Enter");
  await tabTo(page, "Pause");
  await page.keyboard.press("Enter");
  await page.getByText("stripe-main is paused:").waitFor();
  await page.getByRole("button", { name: "Resume" }).first().waitFor();
  await tabTo(page, "Resume");
  await page.keyboard.press("Enter");
  // The button at the top of the page, or that of the remedy, whichever the keyboard reaches first.
  await page.getByText(/stripe-main is read again|Resume: requested for stripe-main/).waitFor();
  const { data } = await askGraph<{ source: { status: string } }>(
    service.url,
    '{ source(id: "stripe-main") { status } }',
  );
  expect(data?.source.status).toBe("ACTIVE");
  expect(visit.complaints).toEqual([]);
});

test("after the service was killed and came back, the events continue without a reload, a gap or a duplicate", async () => {
  await using visit = await visitDashboard({ browser: used.browser, url: service.url });
  const { page } = visit;
  let loads = 0;
  page.on("load", () => void (loads += 1));
  await visit.open("events");
  await page.getByText("Live", { exact: true }).waitFor();
  await stripe.control("POST", "activity", { count: 20 });
  const count = async () =>
    Number(/([\d,]+) events/.exec(await page.locator('main p[role="status"]').innerText())?.[1]?.replace(",", ""));
  await eventually("some events have come", async () => (await count()) > 5);
  await service.kill();
  await page.getByText(/Connection lost/).waitFor();
  const before = await count();
  await stripe.control("POST", "activity", { count: 20 });
  service = await start();
  await page.getByText("Live", { exact: true }).waitFor();
  await eventually("events have come since", async () => (await count()) > before + 5);
  await page.getByRole("button", { name: "Pause" }).click();
  const [first = "", ...others] = await cursorsIn(page);
  expect(others.length).toBeGreaterThan(before);
  expect(others).toEqual(await cursorsInLog({ url: service.url, after: first, last: others.at(-1) ?? "" }));
  expect(loads).toBe(0);
}, 240_000);
