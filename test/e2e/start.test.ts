import { describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { useSandbox } from "../../sandbox/stripe/testing.ts";
import { migrate } from "../../src/store/migrate.ts";
import { eventually } from "../helpers/eventually.ts";
import { askGraph } from "../helpers/graphql.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { databaseUrl, type TestConnection, useDatabase } from "../helpers/postgres.ts";
import { type ServiceInProcess, startServiceInProcess } from "../helpers/service-in-process.ts";
import { freePort, runServiceToEnd } from "../helpers/service.ts";
import { type SluiceYamlOptions, type StripeSourceSettings, writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { useDataDir } from "../helpers/use-embedded.ts";

interface SourceAnswer {
  readonly source: { readonly status: string; readonly statusReason: string | null };
}

async function sourceState(url: string): Promise<SourceAnswer["source"] | undefined> {
  const answer = await askGraph<SourceAnswer>(url, '{ source(id: "stripe-main") { status statusReason } }');
  return answer.data?.source;
}

describe("an error that stops the service is printed as a sentence", () => {
  test("wrong settings: all of them, exit code 2", async () => {
    const { code, output } = await runServiceToEnd({ env: { PORT: "http", SLUICE_CONFIG: "/nowhere.yaml" } });
    expect(code).toBe(2);
    expect(output).toContain("2 settings are wrong");
    expect(output).toMatch(/ {2}PORT: must be a whole number/);
    expect(output).toMatch(/ {2}SLUICE_CONFIG: must name a readable YAML file/);
    expect(output).not.toMatch(/\n\s+at /);
  });

  test.each(["PORT", "METRICS_PORT"])("a taken port of the setting %s", async (name) => {
    await using dataDir = await useReadyDataDir();
    const settings = join(dataDir.path, "sluice.yaml");
    await writeFile(settings, JSON.stringify({ tenants: ["acme"], sources: [] }));
    const port = await freePort();
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    const { code, output } = await runServiceToEnd({
      env: { SLUICE_CONFIG: settings, PORT: "0", [name]: String(port), DATA_DIR: dataDir.path },
    });
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(
      `sluice: port ${port} at 127.0.0.1 is taken; set ${name} to another one, or to 0 for a free one`,
    );
  });

  test("a folder that is not writable", async () => {
    await using dataDir = await useDataDir();
    const file = join(dataDir.path, "a-file");
    await writeFile(file, "");
    const { code, output } = await runServiceToEnd({ env: { PORT: "0", DATA_DIR: join(file, "data") } });
    expect(code).toBe(1);
    expect(output).toMatch(/^sluice: .*a-file.*$/m);
  });
});

const useMigrated = () => useDatabase({ template: async (connection) => void (await migrate(connection)) });

describe("an error of one source does not stop the service", () => {
  /** The service with one source, in the test's process. */
  async function serve(
    connection: TestConnection,
    folder: string,
    ...source: [StripeSourceSettings, SluiceYamlOptions?]
  ): Promise<ServiceInProcess> {
    return await startServiceInProcess({
      SLUICE_CONFIG: await writeSluiceYaml(folder, ...source),
      DATABASE_URL: databaseUrl(connection),
      DATA_DIR: folder,
      PORT: "0",
    });
  }

  test("a wrong API key: the source needs credentials, and the upstream is not called again (F29)", async () => {
    await using stripe = await useSandbox({ payments: 20 });
    await using database = await useMigrated();
    await using folder = await useDataDir();
    const config = { baseUrl: stripe.url, apiKey: "sk_test_wrong_canary_key" };
    const service = await serve(database.connection, folder.path, config, { schedule: "1h" });
    try {
      const state = await eventually("the source to say so", async () => {
        const found = await sourceState(service.url);
        return found?.status === "NEEDS_CREDENTIALS" ? found : undefined;
      });
      expect(state.statusReason).not.toBeNull();
      const refused = (await stripe.control("GET", "counters")) as { total: number };
      expect(refused.total).toBeLessThanOrEqual(10); // one attempt per stream and the balance's account
      expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    } finally {
      await service.stop();
    }
    expect(service.output()).not.toContain("canary");
  });

  test("an unreachable upstream: the source is unreachable, and recovers by itself", async () => {
    await using database = await useMigrated();
    await using folder = await useDataDir();
    const config = { baseUrl: `http://127.0.0.1:${await freePort()}`, apiKey: "sk_test_1" };
    const service = await serve(database.connection, folder.path, config);
    try {
      await eventually(
        "the source to be unreachable",
        async () => (await sourceState(service.url))?.status === "UNREACHABLE",
      );
      expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    } finally {
      await service.stop();
    }
  });
});
