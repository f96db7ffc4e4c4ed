import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import pg from "pg";
import { eventually } from "../../helpers/eventually.ts";
import { databaseUrl } from "../../helpers/postgres.ts";
import { type SeededSource, seedPolledSources } from "../../helpers/seed-polled-sources.ts";
import { startServiceInProcess } from "../../helpers/service-in-process.ts";
import { useStore } from "../../helpers/store.ts";

const TWENTY_DAYS_S = 20 * 86_400;
const SOURCES_OF_A_TENANT = 4;
/** Statement of the slowest of the frequent loops, that of the health evaluation: when it has come twice, all have. */
const SLOWEST = /update health_schedules/;

/** Statements by database, in the order in which they were sent. */
const sent = new Map<string, string[]>();
const prototype = pg.Client.prototype as { query: (...args: readonly unknown[]) => unknown }; // one of its overloads
const { query } = prototype;
prototype.query = function record(this: pg.Client, ...args: readonly unknown[]): unknown {
  const [given] = args as [string | { readonly text?: string }];
  const text = typeof given === "string" ? given : (given.text ?? "");
  const own = sent.get(this.database ?? "") ?? [];
  sent.set(this.database ?? "", own);
  own.push(text.replaceAll(/\s+/g, " ").trim());
  return Reflect.apply(query, this, args);
};

/** The settings of each tenant are recorded by the first start, and signed a moment later. */
async function signed(connection: pg.ClientConfig, tenants: number): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await eventually("the audit trail of each tenant to be signed", async () => {
      const { rows } = await client.query("select distinct tenant_id from sluice.audit_heads");
      return rows.length === tenants;
    });
  } finally {
    await client.end();
  }
}

/** A service with that many sources, of which none has anything to do. */
async function startIdle(count: number, settings: Readonly<Record<string, string>> = {}) {
  const stack = new AsyncDisposableStack();
  const store = stack.use(await useStore());
  const folder = await mkdtemp(join(tmpdir(), "sluice-idle-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const sources = Array.from({ length: count }, (_, index): SeededSource => ({
    id: `source-${index}`,
    tenant: `tenant-${Math.floor(index / SOURCES_OF_A_TENANT)}`,
    connector: "stripe",
  }));
  const polled = { streams: ["payments", "refunds"], scheduleSeconds: TWENTY_DAYS_S, evaluatedWithinSeconds: 0 };
  await seedPolledSources(store.connection, sources, polled);
  const file = join(folder, "sluice.yaml");
  const lines = sources.map(
    ({ id, tenant, connector }) =>
      `  - { id: ${id}, tenant: ${tenant}, connector: ${connector}, schedule: 20d, config: { apiKey: sk_test_${id}, baseUrl: "http://127.0.0.1:9" } }`,
  );
  const tenants = [...new Set(sources.map(({ tenant }) => tenant))];
  await writeFile(file, `tenants: [${tenants.join(", ")}]\nsources:\n${lines.join("\n")}\n`);
  const service = await startServiceInProcess({
    SLUICE_CONFIG: file,
    DATABASE_URL: databaseUrl(store.connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "warn",
    ...settings,
  });
  stack.defer(() => service.stop());
  await signed(store.connection, tenants.length);
  return { database: store.connection.database ?? "", service, close: () => stack.disposeAsync() };
}

/** Statements of one tenant, which begin with its name. */
const inTenants = (texts: readonly string[]) => texts.filter((text) => text.includes("sluice.tenant"));

test("200 idle sources cost the same statements as 20, and none in a tenant's transaction", async () => {
  const [few, many] = [await startIdle(20), await startIdle(200)]; // not at a time: each start keeps the event loop busy
  try {
    const all = ({ database }: typeof few): readonly string[] => sent.get(database) ?? [];
    const begun = [all(few).length, all(many).length] as const;
    const since = () => [all(few).slice(begun[0]), all(many).slice(begun[1])] as const;
    await eventually("two rounds of the slowest loop", () =>
      since().every((texts) => texts.filter((text) => SLOWEST.test(text)).length >= 2),
    );
    const [ofFew, ofMany] = since();
    expect(ofMany.filter((text) => !all(few).includes(text))).toEqual([]);
    expect(inTenants(ofMany)).toEqual([]);
    // The same loops for the same time, so as many statements; a round more or less of some of them.
    expect(ofMany.length).toBeLessThan(1.5 * ofFew.length);
    expect(new Set(ofMany).size).toBeGreaterThanOrEqual(8); // every loop has searched
  } finally {
    await Promise.all([few.close(), many.close()]);
  }
});

test("metrics have as many series with 60 sources as with 40: those beyond the setting share one (F112)", async () => {
  const settings = { METRICS_SOURCES: "20" };
  const started = [await startIdle(40, settings), await startIdle(60, settings)];
  try {
    const series = await Promise.all(
      started.map(async ({ service }) => {
        const text = await (await fetch(`${service.url}/metrics`)).text();
        return text.split("\n").filter((line) => line.startsWith("sluice_") && !line.startsWith("sluice_build")).length;
      }),
    );
    expect(series[0]).toBeGreaterThan(20); // those of the sources that count by themselves
    expect(series[1]).toBe(series[0]);
  } finally {
    await Promise.all(started.map((each) => each.close()));
  }
});
