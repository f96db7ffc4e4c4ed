import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestSandbox, useSandbox } from "../../sandbox/stripe/testing.ts";
import { camt } from "../helpers/bank-files.ts";
import { eventually } from "../helpers/eventually.ts";
import { askGraph } from "../helpers/graphql.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { type Service, startService } from "../helpers/service.ts";
import { deliver, sign } from "../helpers/stripe-deliveries.ts";

type Line = Readonly<Record<string, unknown>> & { readonly level: number; readonly msg: string };

const [INFO, WARN] = [30, 40];
const SECRET = "whsec_log";

const linesOf = (service: Service): readonly Line[] =>
  service
    .output()
    .split("\n")
    .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Line] : [])); // pino writes it
/** The first line with this message, once it is there. */
const logged = (service: Service, message: string, about: Readonly<Record<string, unknown>> = {}): Promise<Line> =>
  eventually(
    `the line "${message}"`,
    () =>
      linesOf(service).find(
        (line) => line.msg === message && Object.entries(about).every(([name, value]) => line[name] === value),
      ),
    120_000,
  );

describe("at info the log tells the work", () => {
  let dataDir: Awaited<ReturnType<typeof useReadyDataDir>>;
  let stripe: TestSandbox;
  let service: Service;
  beforeAll(async () => {
    [dataDir, stripe] = await Promise.all([useReadyDataDir(false), useSandbox({ payments: 5 })]);
    const settings = join(dataDir.path, "sluice.yaml");
    const own = { tenant: "acme", schedule: "1h" };
    const config = { baseUrl: stripe.url, apiKey: stripe.config.apiKey, webhookSecrets: [SECRET] };
    const sources = [
      { ...own, id: "stripe-main", connector: "stripe", config },
      { ...own, id: "stripe-wrong", connector: "stripe", config: { ...config, apiKey: "sk_test_wrong_canary_key" } },
      { ...own, id: "bank", connector: "iso20022-bank", config: {} },
    ];
    await writeFile(settings, JSON.stringify({ tenants: ["acme"], sources }));
    service = await startService({ env: { SLUICE_CONFIG: settings, DATA_DIR: dataDir.path, PORT: "0" } });
  }, 240_000);
  afterAll(async () => {
    await service.kill();
    await stripe[Symbol.asyncDispose]();
    await dataDir[Symbol.asyncDispose]();
  });

  test("of the start: each step, migrations, sources, addresses; and `ready` on standard output", async () => {
    const { migrations } = await logged(service, "migrations applied");
    expect(migrations).toEqual(expect.arrayContaining([expect.stringMatching(/^0001-/)]));
    expect(await logged(service, "sources registered")).toMatchObject({
      level: INFO,
      byConnector: expect.objectContaining({ "iso20022-bank": 1 }),
    });
    const step = await logged(service, `listening on ${service.url}`);
    expect(step).toMatchObject({
      level: INFO,
      part: "server",
      durationMs: expect.any(Number),
      sinceStartMs: expect.any(Number),
    });
    const { addresses } = await logged(service, "ready");
    expect(addresses).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "GraphiQL", url: `${service.url}/graphql` }),
        expect.objectContaining({ name: "webhooks", url: `${service.url}/webhooks/stripe-main` }),
        expect.objectContaining({ name: "files", url: `${service.url}/files/bank` }),
      ]),
    );
    const people = service.output().split("\n");
    expect(people.filter((line) => line !== "" && !line.startsWith("{"))).toEqual([`ready ${service.url}`]);
  });

  test("of runs: begun, and ended with counts and duration", async () => {
    const { runId } = await logged(service, "run started", { sourceId: "stripe-main" });
    expect(await logged(service, "run ended", { runId: String(runId) })).toMatchObject({
      level: INFO,
      tenantId: "acme",
      sourceId: "stripe-main",
      status: "SUCCEEDED",
      records: expect.any(Number),
      changed: expect.any(Number),
      quarantined: 0,
      durationMs: expect.any(Number),
    });
  });

  test("of files: accepted, stored with counts, refused with the quarantined record; findings opened", async () => {
    const put = async (body: string) => (await fetch(`${service.url}/files/bank`, { method: "PUT", body })).status;
    const wrong = camt("053.08", [{ id: "ODD", opening: "0.00", closing: "9.00", entries: [{ amount: "1.00" }] }]);
    expect(await put(wrong)).toBe(201);
    const { fileId } = await logged(service, "file accepted", { sourceId: "bank" });
    expect(await logged(service, "file stored", { fileId: String(fileId) })).toMatchObject({
      level: INFO,
      statements: 1,
      created: 1,
      durationMs: expect.any(Number),
    });
    const finding = await logged(service, "finding opened", { sourceId: "bank" });
    expect(finding).toMatchObject({ level: INFO, findingId: expect.any(String), kind: expect.any(String) });
    expect(await put("<a/>")).toBe(422);
    expect(await logged(service, "file refused")).toMatchObject({ sourceId: "bank", reason: expect.any(String) });
    expect(await logged(service, "records quarantined")).toMatchObject({
      sourceId: "bank",
      count: 1,
      quarantinedRecordIds: [expect.any(String)],
    });
  });

  test("of deliveries that are parked, and of a source that is paused", async () => {
    expect((await deliver(service.url, "stripe-main", sign('{"id":"evt_odd"}', SECRET))).status).toBe(200);
    expect(await logged(service, "delivery parked")).toMatchObject({
      level: WARN,
      sourceId: "stripe-main",
      deliveryId: expect.any(String),
      code: "DELIVERY_MALFORMED",
    });
    await askGraph(service.url, 'mutation { pauseSource(id: "bank") { status } }');
    const { status } = await logged(service, "source status changed", { sourceId: "bank" });
    expect(status).toBe("PAUSED");
  });

  test("and not of the requests that machines send all the time", async () => {
    for (const path of ["/healthz", "/readyz", "/metrics"])
      expect((await fetch(`${service.url}${path}`)).status).toBe(200);
    await askGraph(service.url, "{ sources { nodes { id } } }");
    await logged(service, "request", { route: "/graphql" });
    const routes = linesOf(service).flatMap(({ msg, route }) => (msg === "request" ? [route] : []));
    expect(routes.filter((route) => ["/healthz", "/readyz", "/metrics"].includes(String(route)))).toEqual([]);
  });

  test("a wrong API key is reported once for the source and once for its run, without a stack", async () => {
    const sourceId = "stripe-wrong";
    expect(await logged(service, "source status changed", { sourceId })).toMatchObject({
      level: WARN,
      sourceId,
      status: "NEEDS_CREDENTIALS",
      reason: expect.any(String),
    });
    await logged(service, "run ended", { sourceId });
    const about = linesOf(service).filter((line) => line["sourceId"] === sourceId);
    expect(about.filter(({ level }) => level >= WARN).map(({ msg }) => msg)).toEqual([
      "source status changed",
      "run ended",
    ]);
    expect(JSON.stringify(about)).not.toContain('"stack"');
    expect(service.output()).not.toMatch(/\n\s+at |canary/);
  });
});
