import { cp, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { followSyncEvents } from "../../clients/sluice-events/src/index.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";
import { madeOnce } from "./made-once.ts";

/** Where the service expects the dashboard. */
const INSTALLED = join(import.meta.dirname, "../../dashboard/dist");

/** The dashboard as it is in the checkout, built once per run. Nothing may be written into the folder. */
export async function useDashboardBundle(): Promise<{ readonly path: string } & AsyncDisposable> {
  const shared = await madeOnce("dashboard", build);
  if (shared !== undefined) return { path: shared, [Symbol.asyncDispose]: () => Promise.resolve() };
  const path = await mkdtemp(join(tmpdir(), "sluice-dashboard-"));
  await build(path);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Puts the dashboard where a service that is a process of its own expects it. */
export async function installDashboard(): Promise<void> {
  await using bundle = await useDashboardBundle();
  const copy = `${INSTALLED}.${process.pid}`;
  await cp(bundle.path, copy, { recursive: true });
  await rm(INSTALLED, { recursive: true, force: true });
  await rename(copy, INSTALLED);
}

/** Loads the bundler only in the process that builds. */
async function build(folder: string): Promise<void> {
  const { buildDashboard } = await import("../../tools/dashboard-bundle.ts");
  await buildDashboard(folder);
}

/** One visit of the dashboard with a browser profile of its own, and what the browser reported. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** URLs of all requests and WebSockets. */
  readonly requested: readonly string[];
  /** Errors in the console, uncaught errors, and violations of the content security policy. */
  readonly complaints: readonly string[];
  /** Goes to a page of the dashboard: `deliveries?status=PARKED`. */
  open(place: string): Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
  readonly browser: Browser;
  /** URL of the service. */
  readonly url: string;
  /** Entered as a user of this tab did before. */
  readonly token?: string;
}

export async function visitDashboard({ browser, url, token, ...options }: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", ...options });
  context.setDefaultTimeout(WAIT_LIMIT_MS);
  const page = await context.newPage();
  const [requested, complaints]: [string[], string[]] = [[], []];
  page.on("request", (request) => void requested.push(request.url()));
  page.on("websocket", (socket) => void requested.push(socket.url()));
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  await page.exposeFunction("reportViolation", (text: string) => void complaints.push(text));
  await page.addInitScript(
    `addEventListener("securitypolicyviolation", (event) => reportViolation("CSP " + event.violatedDirective + " " + event.blockedURI));`,
  );
  if (token !== undefined) await page.addInitScript(`sessionStorage.setItem("sluice.token", ${JSON.stringify(token)})`);
  await page.goto(`${url}/`);
  return {
    page,
    requested,
    complaints,
    async open(place) {
      await page.goto(`${url}/#/${place}`);
      await page.locator("main h1").waitFor();
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Violations of accessibility rules on the page, each with the elements concerned. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  // Another place of the dashboard is the same document, which keeps the script.
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(await readFile(AXE, "utf8"));
  const found: unknown = await page.evaluate(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ": " + nodes.map(({ target, failureSummary }) => target + " " + failureSummary).slice(0, 3).join(" | ")))`,
  );
  return found as string[]; // what the expression makes
}

/** Cursors of all events in the list, oldest first: the list is scrolled through, because few rows are in the document. */
export async function cursorsIn(page: Page): Promise<readonly string[]> {
  const byRow = new Map<number, string>();
  const scroller = page.getByRole("region", { name: "Events, newest first" });
  for (let top = 0; ; top += 300) {
    await scroller.evaluate((element, to) => (element.scrollTop = to), top);
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    const rows = await page
      .locator("tbody tr")
      .evaluateAll((elements) =>
        elements.map((row): [number, string] => [
          Number(row.getAttribute("data-index")),
          row.querySelector("[data-cursor]")?.getAttribute("data-cursor") ?? "",
        ]),
      );
    for (const [index, cursor] of rows) byRow.set(index, cursor);
    if (await scroller.evaluate((element) => element.scrollTop + element.clientHeight >= element.scrollHeight)) break;
  }
  return [...byRow].toSorted(([a], [b]) => b - a).map(([, cursor]) => cursor);
}

export interface LogRange {
  /** URL of the service. */
  readonly url: string;
  readonly token?: string;
  /** Cursor before the first event. */
  readonly after: string;
  /** Cursor of the last event. */
  readonly last: string;
}

/** Cursors of all events after one, up to another, as the log has them. */
export async function cursorsInLog({ url, token, after, last }: LogRange): Promise<readonly string[]> {
  const cursors: string[] = [];
  const signal = AbortSignal.timeout(WAIT_LIMIT_MS);
  for await (const item of followSyncEvents({ url: `${url}/graphql`, after, signal, token: () => token })) {
    if (item.type === "event") cursors.push(item.cursor);
    if (item.cursor === last) break;
  }
  return cursors;
}

/** Bytes of the page's JavaScript heap after a garbage collection. */
export async function heapOf(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  await client.detach();
  return usedSize;
}
