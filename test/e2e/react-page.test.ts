import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { useBrowser } from "../helpers/browser.ts";
import { type EventLog, runStarted, useEventLog } from "../helpers/event-log.ts";
import { eventually, WAIT_LIMIT_MS } from "../helpers/eventually.ts";
import { type FaultProxy, startFaultProxy } from "../helpers/fault-proxy.ts";
import { type LiveGraph, openLiveGraph } from "../helpers/live-graph.ts";
import { type PageProject, servePage } from "../helpers/page-project.ts";

const README = "clients/sluice-events/README.md";
const TENANT = "acme";
/** A page that uses the hook of the README, and shows the newest event first. */
const MAIN = `
import { createRoot } from "react-dom/client";
import { useSyncEvents } from "./use-sync-events";

const ignoreReset = () => undefined;

function Events() {
  const events = useSyncEvents(location.origin + "/graphql", ignoreReset);
  return <ol>{events.map(({ __typename, cursor }) => <li key={cursor} title={cursor}>{__typename}</li>)}</ol>;
}

createRoot(document.getElementById("root")!).render(<Events />);
`;

let used: Awaited<ReturnType<typeof useBrowser>>;
let log: EventLog;
let live: LiveGraph;
let network: FaultProxy;
let project: PageProject;
beforeAll(async () => {
  used = await useBrowser();
  log = await useEventLog();
  live = await openLiveGraph(log, [TENANT]);
  const [, hook = ""] = /```tsx\n(.+?)```/s.exec(await readFile(README, "utf8")) ?? [];
  project = await servePage({ files: { "main.tsx": MAIN, "use-sync-events.ts": hook }, graphUrl: live.server.url });
  network = await startFaultProxy(project.url);
}, 180_000);
afterAll(async () => {
  await network[Symbol.asyncDispose]();
  await project[Symbol.asyncDispose]();
  await live[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
  await used[Symbol.asyncDispose]();
});

test("the React hook of the README shows every event once and in order in a browser, also after its connection was cut", async () => {
  const page = await used.browser.newPage();
  const failures: string[] = [];
  page.on("pageerror", (error) => void failures.push(String(error)));
  let requests = 0;
  page.on("request", (request) => void (requests += Number(request.url().endsWith("/graphql"))));
  const append = (...runs: readonly string[]) => log.append(TENANT, ...runs.map(runStarted));
  const displayed = (): Promise<string[]> =>
    page.locator("li").evaluateAll((items) => items.map((item) => item.getAttribute("title") ?? ""));
  const expectEvents = async (count: number): Promise<void> => {
    await eventually(`${count} events`, async () => (await displayed()).length >= count, WAIT_LIMIT_MS);
    const cursors = Array.from({ length: count }, (_, index) =>
      live.cursors.encodeEventCursor(TENANT, BigInt(index + 1)),
    );
    expect(await displayed()).toEqual(cursors.toReversed());
  };

  await page.goto(network.url);
  await eventually("a request with the position", () => requests === 2); // the first one learns it
  await append("1", "2");
  await expectEvents(2);

  network.reset();
  await append("3", "4");
  await expectEvents(4);
  await append("5");
  await expectEvents(5);
  expect(failures).toEqual([]);

  await page.close();
  await eventually("the release", () => live.server.streams.open === 0 && live.feed.open === 0);
});
