import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { buildDashboard } from "./dashboard-bundle.ts";
import { startAlertReceiver } from "../test/helpers/alert-receiver.ts";
import { useBrowser } from "../test/helpers/browser.ts";
import { eventually } from "../test/helpers/eventually.ts";
import { askGraph } from "../test/helpers/graphql.ts";
import { startService } from "../test/helpers/service.ts";
import { useDataDir } from "../test/helpers/use-embedded.ts";

/**
 * Pictures of the dashboard for the documents: `npm run screenshots` over a demo of its own, `npm run screenshots -- URL`
 * over a running one. Names after them are those of the only pictures to be taken: `npm run screenshots -- alerts`.
 */
const FOLDER = join(import.meta.dirname, "../docs/images");
/** A day whose month has statements, also at the beginning of the next one. */
const LAST_WEEK = new Date(Date.now() - 7 * 86_400_000).toISOString();
/** File name, place in the dashboard, and what is opened there. */
const PICTURES: readonly {
  readonly name: string;
  readonly place: string;
  readonly click?: string;
  readonly isDark?: boolean;
  /** Pixels of a page that is higher than the window. */
  readonly height?: number;
}[] = [
  { name: "overview", place: "overview" },
  { name: "overview-dark", place: "overview", isDark: true },
  { name: "source", place: "sources/stripe-demo", height: 1_740 },
  { name: "runs", place: "runs" },
  { name: "run", place: "runs?status=SUCCEEDED", click: "a.trigger" },
  { name: "deliveries", place: "deliveries?status=PARKED", click: "tbody a" },
  { name: "quarantine", place: "quarantine", click: "tbody a" },
  { name: "findings", place: "findings" },
  { name: "alerts", place: "alerts", click: "tbody a" },
  { name: "statements", place: `money?month=${LAST_WEEK.slice(0, 7)}`, click: "a.day" },
  { name: "reconciliation", place: "reconciliation?result=all&kind=PAYOUT", click: "tbody a" },
  { name: "audit", place: "reconciliation?tab=audit", click: "tbody a" },
  { name: "events", place: "events" },
];
const VIEWPORT = { width: 1280, height: 800 };
/** Time in which the charts get a course, and the demo its faults. */
const COURSE_MS = 60_000;
/** Its faults follow a script, and its files are read after the rest: on a busy machine it takes several minutes. */
const DEMO_LIMIT_MS = 20 * 60_000;

/** Sends the findings of the demo to a receiver, so that the page of alerts has some. */
async function addReceiver(url: string, receiver: string): Promise<void> {
  const mutation =
    "mutation ($input: CreateAlertEndpointInput!) { createAlertEndpoint(input: $input) { endpoint { id } } }";
  const input = { name: "On call", url: receiver, minSeverity: "INFO" };
  const { errors } = await askGraph(url, mutation, { input });
  if (errors !== undefined) throw new Error(`the endpoint of alerts could not be made: ${JSON.stringify(errors)}`);
}

/** Files that are still to be read, and payouts that arrived. */
const SETTLED = `query ($matched: Int!) {
  files(first: 1, filter: { status: [ACCEPTED] }) { nodes { id } }
  matched: reconciliationItems(first: $matched, filter: { kind: PAYOUT, state: [MATCHED] }) { nodes { id } }
}`;
const MATCHED = 50;

interface Settled {
  readonly files: { readonly nodes: readonly unknown[] };
  readonly matched: { readonly nodes: readonly unknown[] };
}

/** Takes the pictures of the dashboard of a service. */
async function takePictures(browser: Browser, url: string, names: ReadonlySet<string>): Promise<void> {
  await eventually(
    "the demo has its scripted faults",
    async () => {
      const query =
        "{ quarantinedRecords { nodes { id } } deliveries(filter: { status: [PARKED] }) { nodes { id } } findings { nodes { id } } }";
      const { data } = await askGraph<Record<string, { nodes: readonly unknown[] }>>(url, query);
      return Object.values(data ?? {}).every(({ nodes }) => nodes.length > 0);
    },
    DEMO_LIMIT_MS,
  );
  await eventually(
    "the files of the demo are read, and what they have is matched",
    async () => {
      const { data } = await askGraph<Settled>(url, SETTLED, { matched: MATCHED });
      return data?.files.nodes.length === 0 && data.matched.nodes.length === MATCHED;
    },
    DEMO_LIMIT_MS,
  );
  for (const isDark of [false, true]) {
    const pictures = PICTURES.filter(({ name, isDark: inDark = false }) => inDark === isDark && names.has(name));
    if (pictures.length === 0) continue;
    const colorScheme = isDark ? "dark" : "light";
    const context = await browser.newContext({
      viewport: VIEWPORT,
      colorScheme,
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
    });
    const page = await context.newPage();
    await page.goto(`${url}/`);
    await page.waitForTimeout(COURSE_MS);
    for (const { name, place, click, height = VIEWPORT.height } of pictures) {
      await page.goto(`${url}/#/${place}`);
      await page.locator(".loading").waitFor({ state: "detached" });
      if (click !== undefined) await page.locator(click).first().click();
      await page.waitForTimeout(1_500);
      await page.screenshot({
        path: join(FOLDER, `dashboard-${name}.png`),
        fullPage: true,
        clip: { x: 0, y: 0, width: VIEWPORT.width, height },
      });
    }
    await context.close();
  }
}

const given = process.argv.slice(2);
const running = given.find((each) => URL.canParse(each));
const chosen = given.filter((each) => each !== running);
const unknown = chosen.filter((each) => PICTURES.every(({ name }) => name !== each));
if (unknown.length > 0) throw new Error(`there is no picture ${unknown.join(", ")}`);
const names = new Set(chosen.length > 0 ? chosen : PICTURES.map(({ name }) => name));

await mkdir(FOLDER, { recursive: true });
await buildDashboard();
await using used = await useBrowser();
if (running === undefined) {
  await using dataDir = await useDataDir();
  await using receiver = await startAlertReceiver();
  const service = await startService({ env: { DATA_DIR: dataDir.path, PORT: "0" } });
  try {
    await addReceiver(service.url, receiver.url);
    await takePictures(used.browser, service.url, names);
  } finally {
    await service.stop();
  }
} else await takePictures(used.browser, running.replace(/\/$/, ""), names);
