import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { useBrowser } from "../helpers/browser.ts";
import { eventually } from "../helpers/eventually.ts";
import { type PageProject, servePage } from "../helpers/page-project.ts";
import { intent } from "../helpers/stripe-payment.ts";
import { type StripeService, useStripeService } from "../helpers/stripe-service.ts";

const FOLDER = "docs/examples/frontend";
const MAIN = { "main.tsx": 'import "./page";' };
const read = (name: string): Promise<string> => readFile(`${FOLDER}/${name}`, "utf8");

let used: Awaited<ReturnType<typeof useBrowser>>;
let service: StripeService;
beforeAll(async () => {
  [used, service] = await Promise.all([useBrowser(), useStripeService()]);
}, 180_000);
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await used[Symbol.asyncDispose]();
});

/** Changes a payment at the upstream, which sends its webhook. */
async function change(id: string, status: string, amount: number): Promise<void> {
  const object = intent({ id, status, amount, currency: "eur" });
  service.account.put(object);
  expect(await service.deliver(service.account.event({ type: "payment_intent.updated", object }))).toBe(200);
}

test.each([
  ["plain JavaScript", [], async () => ({ "index.html": await read("plain.html") })],
  [
    "React with Apollo Client",
    ["@apollo/client", "graphql", "rxjs"],
    async () => ({ ...MAIN, "page.jsx": await read("apollo.jsx") }),
  ],
  ["React with urql", ["urql"], async () => ({ ...MAIN, "page.jsx": await read("urql.jsx") })],
] as const)(
  "the example in %s lists payments, shows one with its freshness, and follows its changes in a browser",
  async (name, packages, files) => {
    const key = name.replaceAll(/\W/g, "");
    const [first, second] = [`pi_${key}_1`, `pi_${key}_2`];
    await change(first, "processing", 1_050);
    await service.waitUntilIdle();
    const project: PageProject = await servePage({ files: await files(), packages, graphUrl: service.url });
    const page = await used.browser.newPage();
    const failures: string[] = [];
    page.on("pageerror", (error) => void failures.push(String(error)));
    try {
      await page.goto(project.url);
      const textOf = (id: string): Promise<string[]> => page.locator("button", { hasText: id }).allTextContents();
      const expectLine = (id: string, line: string): Promise<unknown> =>
        eventually(`the line ${line}`, async () => (await textOf(id)).join() === `${id}: ${line}`);
      await expectLine(first, "PROCESSING, 10.50 EUR");

      await page.locator("button", { hasText: first }).click();
      const displays = async (text: string): Promise<boolean> =>
        (await page.locator("#payment").textContent())?.includes(text) === true;
      await eventually("the payment", () => displays(`${first}: PROCESSING, 10.50 EUR, as of 20`));
      expect(await page.locator("#payment").textContent()).toMatch(/ by (WEBHOOK|READ_THROUGH)$/);

      await change(first, "succeeded", 1_050);
      await expectLine(first, "SUCCEEDED, 10.50 EUR");
      await eventually("the change of the payment", () => displays(`${first}: SUCCEEDED`));
      await change(second, "canceled", 99);
      await expectLine(second, "CANCELED, 0.99 EUR");
      expect(failures).toEqual([]);
    } finally {
      await page.close();
      await project[Symbol.asyncDispose]();
    }
  },
  180_000,
);
