import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import { type Script, scriptedSource } from "../../fakes/scripted-connector.ts";
import { startHttpServer } from "../../helpers/local-server.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { type OpenEngine, startRun, type SyncEngines, TENANT, useSyncEngines } from "../../helpers/sync-engines.ts";
import { finished, openSyncService, startRun as startServiceRun } from "../faults/sync-service.ts";

const SOURCE = "select status, status_code, status_reason from sources where id = 'main'";
const FINDINGS = "select kind, cause, summary, evidence, remedy, closed_at is null as open from findings order by id";
const STATUS_EVENTS = `select data ->> 'status' as status from events where kind = 'SourceStatusChanged' order by seq`;

describe("a source whose upstream cannot be used at all says so after its first run", () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await useStore();
  });
  afterAll(async () => store[Symbol.asyncDispose]());

  async function stateAfterRun(baseUrl: string, tenantId: string) {
    await using service = await openSyncService({
      connection: store.connection,
      sources: [{ id: "main", tenantId, baseUrl, apiKey: "sk_test_1" }],
    });
    const run = await startServiceRun(service, "main");
    expect(await finished(store, tenantId, run)).toBe("FAILED");
    return store.db.read(tenantId, async (tx) => ({
      source: (await tx.query(SOURCE))[0],
      findings: await tx.query(FINDINGS),
    }));
  }

  test.each(["http://10.255.255.1", "http://100.64.0.1:8080"])(
    "its address is not allowed: %s (F106)",
    async (baseUrl) => {
      const { source, findings } = await stateAfterRun(
        baseUrl,
        `refused-${new URL(baseUrl).hostname.replaceAll(".", "-")}`,
      );
      expect(source).toMatchObject({ status: "FAILING", status_code: "UPSTREAM_REJECTED" });
      expect(source?.["status_reason"]).toMatch(/cannot be read: the upstream's address is not allowed$/);
      expect(findings).toMatchObject([
        {
          kind: "SOURCE_FAILING",
          summary: expect.stringContaining("the upstream's address is not allowed"),
          evidence: { code: "UPSTREAM_REJECTED", failedRuns: 1 },
          remedy: expect.stringContaining("`networks`"),
          open: true,
        },
      ]);
    },
  );

  test("it redirects, and the redirect is not followed (F106)", async () => {
    await using other = await startHttpServer((_request, response) => response.end("{}"));
    await using server = await startHttpServer((_request, response) =>
      response.writeHead(302, { location: `${other.url}/` }).end(),
    );
    const { source, findings } = await stateAfterRun(server.url, "redirected");
    expect(source).toMatchObject({
      status: "FAILING",
      status_code: "UPSTREAM_REJECTED",
      status_reason: expect.stringMatching(/the upstream answered with a redirect, which is not followed$/),
    });
    expect(findings).toMatchObject([{ kind: "SOURCE_FAILING", open: true }]);
    expect(other.opened()).toBe(0);
  });
});

describe("a source of which one stream cannot be read", () => {
  let engines: SyncEngines;
  let engine: OpenEngine;
  let failure: ServiceError | undefined;
  beforeEach(async () => {
    engines = await useSyncEngines();
    failure = undefined;
    const script: Script = {
      pages: {
        a: [() => [partyMessage("a", "a", at(1n))]],
        b: [
          () => {
            if (failure !== undefined) throw failure;
            return [partyMessage("b", "b", at(1n))];
          },
        ],
      },
    };
    engine = await engines.open(scriptedSource(script));
  });
  afterEach(async () => engines[Symbol.asyncDispose]());

  async function run(streams?: readonly string[]) {
    const status = await engines.finished((await startRun(engine, { mode: "FULL", streams })).runId);
    const [source] = await engines.query(SOURCE);
    const findings = await engines.query(FINDINGS);
    return { run: status, source: source?.["status"], reason: source?.["status_reason"], findings };
  }

  test("is FAILING until a run has read that stream, whatever the others do, and its finding closes by itself", async () => {
    failure = new ServiceError("UPSTREAM_REJECTED", "the upstream answered that it rejects the request");
    const reason = 'the stream "b" cannot be read: the upstream answered that it rejects the request';
    const failing = { source: "FAILING", reason, findings: [{ kind: "SOURCE_FAILING", open: true }] };
    expect(await run()).toMatchObject({ run: "FAILED", ...failing });
    expect(await run(["a"])).toMatchObject({ run: "SUCCEEDED", ...failing });
    failure = new ServiceError("UPSTREAM_MALFORMED", "JSON must not be empty");
    expect(await run()).toMatchObject({
      source: "FAILING",
      reason: 'the stream "b" cannot be read: JSON must not be empty',
      findings: [{ cause: "FORMAT_MISMATCH", evidence: { streams: ["b"], failedRuns: 2 }, open: true }],
    });
    failure = undefined;
    expect(await run()).toMatchObject({
      run: "SUCCEEDED",
      source: "ACTIVE",
      reason: null,
      findings: [{ open: false }],
    });
    expect(await engines.query(STATUS_EVENTS)).toEqual([{ status: "FAILING" }, { status: "ACTIVE" }]);
  });

  test("is FAILING after three failed runs in a row for a failure that may pass by itself", async () => {
    failure = new ServiceError("UPSTREAM_RATE_LIMITED", "the upstream answered that its rate limit is reached");
    const passing = { run: "FAILED", source: "ACTIVE", findings: [] };
    const input = { mode: "INCREMENTAL" } as const;
    const incremental = async () => {
      const status = await engines.finished((await startRun(engine, input)).runId);
      const [source] = await engines.query(SOURCE);
      return { run: status, source: source?.["status"], findings: await engines.query(FINDINGS) };
    };
    expect(await incremental()).toMatchObject(passing);
    expect(await incremental()).toMatchObject(passing);
    expect(await incremental()).toMatchObject({
      run: "FAILED",
      source: "FAILING",
      findings: [{ cause: "RATE_LIMIT", evidence: { failedRuns: 3 }, open: true }],
    });
    failure = undefined;
    expect(await incremental()).toMatchObject({ run: "SUCCEEDED", source: "ACTIVE", findings: [{ open: false }] });
  });

  test("stays paused when it is paused meanwhile", async () => {
    failure = new ServiceError("UPSTREAM_REJECTED", "declined");
    expect(await run()).toMatchObject({ source: "FAILING" });
    await engine.pauseSource(TENANT, "main");
    const { runId } = await startRun(engine);
    await engine.cancelSync(TENANT, runId);
    expect(await engines.query(SOURCE)).toMatchObject([{ status: "PAUSED", status_reason: null }]);
  });
});
