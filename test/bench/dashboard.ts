import type { Page } from "playwright-core";
import { appendEvents } from "../../src/events/append.ts";
import { useBrowser } from "../helpers/browser.ts";
import { heapOf, useDashboardBundle, visitDashboard } from "../helpers/dashboard-page.ts";
import { addDeliveries } from "../helpers/delivery-world.ts";
import { eventually } from "../helpers/eventually.ts";
import { useGraphServer } from "../helpers/graph-server.ts";
import { addSource } from "../helpers/ledger-world.ts";
import { useDatabase } from "../helpers/postgres.ts";
import { migrate } from "../../src/store/migrate.ts";

const GOAL_MS = 200;
const DELIVERIES = 50_000;
const EVENTS = 20_000;
const BATCH = 200;
/** Height that one turn of the wheel scrolls, in pixels. */
const STEP = 1_500;

/**
 * The dashboard in a real browser: the longest task of its page while 50,000 deliveries are scrolled from end to end, and
 * while 20,000 events arrive as fast as they can be committed; the growth of its heap.
 */
export async function run(): Promise<Record<string, unknown>> {
  await using used = await useBrowser();
  await using bundle = await useDashboardBundle();
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  await using graph = await useGraphServer({ dashboardFolder: bundle.path }, database);
  const place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(place);
  const deliveries = Array.from({ length: DELIVERIES }, (_, index) => ({
    key: `evt_${index}`,
    eventType: `charge.${index}`,
  }));
  for (let from = 0; from < DELIVERIES; from += 5_000) await addDeliveries(place, deliveries.slice(from, from + 5_000));
  await using visit = await visitDashboard({ browser: used.browser, url: graph.url });
  const { page } = visit;

  await visit.open("deliveries?status=APPLIED");
  await page.locator("tbody a").first().waitFor();
  await watchTasks(page);
  const before = await heapOf(page);
  let rows = 0;
  const scroller = page.getByRole("region", { name: "Deliveries" });
  await eventually(
    "the list was scrolled to its end",
    async () => {
      await scroller.evaluate((element, step) => (element.scrollTop += step), STEP);
      rows = Math.max(rows, await page.locator("tbody tr").count());
      return await scroller.evaluate(
        (element) =>
          element.scrollTop + element.clientHeight >= element.scrollHeight - 1 &&
          element.querySelector(".pending") === null,
      );
    },
    480_000,
  );
  const scrolling = { longestTaskMs: await longestTask(page), rows, heapGrowth: (await heapOf(page)) - before };

  await visit.open("events");
  await page.getByText("Live", { exact: true }).waitFor();
  await longestTask(page);
  const startMs = performance.now();
  for (let index = 0; index < EVENTS; index += BATCH) {
    const bodies = Array.from({ length: BATCH }, (_, offset) => ({
      sourceId: "stripe-main",
      body: {
        kind: "EntityChanged",
        entityType: "Payment",
        entityId: `pay_${index + offset}`,
        change: "UPDATED",
      } as const,
    }));
    await graph.database.transaction("acme", (tx) => appendEvents(tx, bodies));
  }
  await page.getByText(`PAYMENT pay_${EVENTS - 1} updated`).waitFor();
  const perSecond = Math.round(EVENTS / ((performance.now() - startMs) / 1_000));
  return {
    deliveries: DELIVERIES,
    scrolling,
    events: { perSecond, longestTaskMs: await longestTask(page) },
    goalMs: GOAL_MS,
  };
}

/** Records the tasks of the page that last more than 50 ms, as the browser reports them. */
async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(`window.longest = 0;
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration); })
      .observe({ type: "longtask" });`);
}

/** Returns the longest task since the last call, in milliseconds; 0 for none over 50. */
async function longestTask(page: Page): Promise<number> {
  const duration: unknown = await page.evaluate(
    "(() => { const { longest } = window; window.longest = 0; return longest; })()",
  );
  return Math.round(Number(duration));
}
