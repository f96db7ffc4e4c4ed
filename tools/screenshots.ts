import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { buildDashboard } from "./dashboard-bundle.ts";
import { useBrowser } from "../test/helpers/browser.ts";
import { eventually } from "../test/helpers/eventually.ts";
import { askGraph } from "../test/helpers/graphql.ts";
import { startService } from "../test/helpers/service.ts";
import { useDataDir } from "../test/helpers/use-embedded.ts";

/**
 * Pictures of the dashboard for the documents: `npm run screenshots` over a demo of its own, `npm run screenshots -- URL`
 * over a running one.
 */
const FOLDER = join(import.meta.dirname, "../docs/images");
/** File name, place in the dashboard, and what is opened there. */
const PICTURES: readonly {
  readonly name: string;
  readonly place: string;
  readonly click?: string;
  readonly isDark?: boolean;
}[] = [
  { name: "overview", place: "overview" },
  { name: "overview-dark", place: "overview", isDark: true },
  { name: "source", place: "sources/stripe-demo" },
  { name: "runs", place: "runs" },
  { name: "deliveries", place: "deliveries?status=PARKED", click: "tbody a" },
  { name: "quarantine", place: "quarantine", click: "tbody a" },
  { name: "findings", place: "findings" },
  { name: "alerts", place: "alerts" },
  { name: "statements", place: "money", click: "a.day" },
  { name: "reconciliation", place: "reconciliation?result=all&kind=PAYOUT", click: "tbody a" },
  { name: "events", place: "events" },
];
/** Time in which the charts get a course, and the demo its faults. */
const COURSE_MS = 60_000;

/** Takes the pictures of the dashboard of a service. */
async function takePictures(browser: Browser, url: string): Promise<void> {
  await eventually("the demo has its scripted faults", async () => {
    const query =
      "{ quarantinedRecords { nodes { id } } deliveries(filter: { status: [PARKED] }) { nodes { id } } findings { nodes { id } } }";
    const { data } = await askGraph<Record<string, { nodes: readonly unknown[] }>>(url, query);
    return Object.values(data ?? {}).every(({ nodes }) => nodes.length > 0);
  });
  for (const isDark of [false, true]) {
    const colorScheme = isDark ? "dark" : "light";
    const viewport = { width: 1280, height: 800 };
    const context = await browser.newContext({ viewport, colorScheme, locale: "en-GB", timezoneId: "Europe/Berlin" });
    const page = await context.newPage();
    await page.goto(`${url}/`);
    await page.waitForTimeout(COURSE_MS);
    for (const { name, place, click } of PICTURES.filter((picture) => (picture.isDark ?? false) === isDark)) {
      await page.goto(`${url}/#/${place}`);
      await page.locator(".loading").waitFor({ state: "detached" });
      if (click !== undefined) await page.locator(click).first().click();
      await page.waitForTimeout(1_500);
      await page.screenshot({ path: join(FOLDER, `dashboard-${name}.png`) });
    }
    await context.close();
  }
}

await mkdir(FOLDER, { recursive: true });
await buildDashboard();
await using used = await useBrowser();
const [running] = process.argv.slice(2);
if (running === undefined) {
  await using dataDir = await useDataDir();
  const service = await startService({ env: { DATA_DIR: dataDir.path, PORT: "0" } });
  try {
    await takePictures(used.browser, service.url);
  } finally {
    await service.stop();
  }
} else await takePictures(used.browser, running.replace(/\/$/, ""));
