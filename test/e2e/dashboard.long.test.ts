import { expect, test } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import { appendEvents } from "../../src/events/append.ts";
import type { EventBody } from "../../src/events/event.ts";
import { useBrowser } from "../helpers/browser.ts";
import { cursorsIn, cursorsInLog, heapOf, useDashboardBundle, visitDashboard } from "../helpers/dashboard-page.ts";
import { eventually } from "../helpers/eventually.ts";
import { useGraphServer } from "../helpers/graph-server.ts";
import { addSource } from "../helpers/ledger-world.ts";

const PER_SECOND = 2_000;
const SECONDS = 600;
const BATCH = 200;
/** Growth of the heap that is noise: 5,000 events are in memory from the first seconds on. */
const MAX_GROWTH_BYTES = 8 * 1024 * 1024;

const changed = (index: number): EventBody => ({
  kind: "EntityChanged",
  entityType: "Payment",
  entityId: `pay_${index}`,
  change: "UPDATED",
});

test("a page that follows thousands of events per second for ten minutes loses none and does not grow", async () => {
  await using used = await useBrowser();
  await using bundle = await useDashboardBundle();
  await using graph = await useGraphServer({ dashboardFolder: bundle.path });
  await addSource({ database: graph.database, tenantId: "acme", sourceId: "stripe-main" });
  await using visit = await visitDashboard({ browser: used.browser, url: graph.url });
  const { page } = visit;
  await visit.open("events");
  await page.getByText("Live", { exact: true }).waitFor();

  /** Appends events at the rate, or as fast as the machine can. */
  async function append(from: number, count: number): Promise<void> {
    const startMs = performance.now();
    for (let index = from; index < from + count; index += BATCH) {
      const bodies = Array.from({ length: BATCH }, (_, offset) => ({
        sourceId: "stripe-main",
        body: changed(index + offset),
      }));
      await graph.database.transaction("acme", (tx) => appendEvents(tx, bodies));
      await pause(Math.max(0, startMs + ((index - from + BATCH) / PER_SECOND) * 1_000 - performance.now()));
    }
    const last = `Payment pay_${from + count - 1} updated`;
    await eventually("the last event is displayed", async () => (await page.getByText(last).count()) === 1);
  }

  await append(0, 10_000);
  const heap = await heapOf(page);
  await append(10_000, PER_SECOND * SECONDS);
  expect((await heapOf(page)) - heap).toBeLessThan(MAX_GROWTH_BYTES);
  await page.getByRole("button", { name: "Pause" }).click();
  const [first = "", ...others] = await cursorsIn(page);
  expect(others).toHaveLength(4_999);
  expect(others).toEqual(await cursorsInLog({ url: graph.url, after: first, last: others.at(-1) ?? "" }));
  expect(visit.complaints).toEqual([]);
}, 1_800_000);
