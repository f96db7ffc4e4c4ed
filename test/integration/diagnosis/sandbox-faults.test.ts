import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import {
  type DiagnosedSource,
  type DiagnosedStripe,
  type DiagnosedWorld,
  type HealthOfGraph,
  useDiagnosedWorld,
} from "../../helpers/diagnosed-world.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { eventBody } from "../../helpers/stripe-deliveries.ts";

const FAST = 200;
const MINUTE = 60_000;
/** Of the shared credential, of which somebody else uses most. */
const SHARED = 20;

let world: DiagnosedWorld;
beforeAll(async () => {
  world = await useDiagnosedWorld({
    stripe: {
      quiet: FAST,
      limited: FAST,
      shared: SHARED,
      malformed: FAST,
      garbled: FAST,
      refused: FAST,
      down: FAST,
      emptied: FAST,
      secret: FAST,
      parked: FAST,
      several: FAST,
    },
  });
}, 120_000);
afterAll(async () => world[Symbol.asyncDispose]());

/** A source that was read once without a fault, and of which nothing is diagnosed. */
async function calm(id: string): Promise<DiagnosedStripe> {
  const source = world.stripe(id);
  expect(await source.sync("FULL")).toBe("SUCCEEDED");
  expect(await source.health()).toMatchObject({ state: "IN_STEP", cause: null, diagnoses: [] });
  return source;
}

/** Waits until the rule concludes something about the source. */
function diagnosed({ id, health }: DiagnosedSource, rule: string): Promise<HealthOfGraph> {
  return eventually(`${rule} of ${id}`, async () => {
    const found = await health();
    return found.diagnoses.some((diagnosis) => diagnosis.rule === rule) && found;
  });
}

const causesOf = ({ diagnoses }: HealthOfGraph): readonly string[] => [...new Set(diagnoses.map(({ cause }) => cause))];
const rulesOf = ({ diagnoses }: HealthOfGraph): readonly string[] => diagnoses.map(({ rule }) => rule);

describe("a fault of an upstream is diagnosed with exactly its cause", () => {
  /** Only an upstream that has failed for seconds is unreachable: this fault lasts while others are tested. */
  beforeAll(async () => {
    const source = await calm("garbled");
    await source.sandbox.control("POST", "faults", { htmlBodies: true });
    await source.start("INCREMENTAL");
  }, WAIT_LIMIT_MS);

  test("a 429 with a time to wait is a RATE_LIMIT, and over at that time (BUDGET_CLOSED)", async () => {
    const source = await calm("limited");
    await source.sandbox.control("POST", "faults", { rate429: { count: 2, retryAfter: "300" } });
    await source.start("INCREMENTAL");
    const health = await diagnosed(source, "BUDGET_CLOSED");
    expect(health).toMatchObject({ state: "CATCHING_UP", cause: "RATE_LIMIT" });
    expect(causesOf(health)).toEqual(["RATE_LIMIT"]);
    const closed = health.diagnoses.find(({ rule }) => rule === "BUDGET_CLOSED");
    const recoveryMs = Date.parse(closed?.expectedRecoveryAt ?? "");
    expect(recoveryMs).toBeGreaterThan(Date.now() + 100_000);
    expect(await source.rulesAt(recoveryMs - MINUTE)).toContain("BUDGET_CLOSED");
    expect(await source.rulesAt(recoveryMs + 1)).not.toContain("BUDGET_CLOSED");
  });

  test("a foreign consumer of the same credential is a RATE_LIMIT, until it has stopped for ten minutes (BUDGET_USED_ELSEWHERE)", async () => {
    const source = await calm("shared");
    const { sandbox } = source;
    const limit = {
      name: "account",
      kind: "token-bucket",
      perSecond: SHARED,
      burst: SHARED,
      headers: "ietf",
      shared: true,
    };
    await sandbox.control("POST", "limits", { limits: [limit] });
    await sandbox.control("POST", "foreign", { perSecond: SHARED * 0.8 });
    // Reads go on until the upstream has refused a call, or its headers leave less than we may use.
    const health = await eventually("somebody else to be noticed", async () => {
      await source.start("FULL");
      const found = await source.health();
      return rulesOf(found).includes("BUDGET_USED_ELSEWHERE") && found;
    });
    expect(causesOf({ ...health, diagnoses: health.diagnoses.filter(({ rule }) => rule !== "READ_RETRIED") })).toEqual([
      "RATE_LIMIT",
    ]);
    await sandbox.control("POST", "foreign", { perSecond: 0 });
    expect(await source.rulesAt(Date.now() + 15 * MINUTE)).not.toContain("BUDGET_USED_ELSEWHERE");
  });

  test("a record that is not as documented is a FORMAT_MISMATCH, with the record and its replay", async () => {
    const source = await calm("malformed");
    const json = '{"id":"ch_bad","object":"charge","amount":"twelve","created":1}';
    await source.sandbox.control("POST", "objects", { type: "charge", json, id: "ch_bad" });
    await source.sync("FULL");
    const health = await diagnosed(source, "RECORDS_QUARANTINED");
    expect(health).toMatchObject({ state: "OUT_OF_STEP", cause: "FORMAT_MISMATCH" });
    expect(causesOf(health)).toEqual(["FORMAT_MISMATCH"]);
    const { evidence, remedy } = health.diagnoses[0] ?? {};
    const id = evidence?.find(({ kind }) => kind === "QUARANTINED_RECORD")?.node?.id;
    expect(remedy?.mutation).toEqual({ name: "replayQuarantined", arguments: JSON.stringify({ ids: [id] }) });
  });

  test("responses that are not JSON are a FORMAT_MISMATCH", async () => {
    const { health: ask } = world.source("garbled");
    const health = await eventually("a diagnosis", async () => {
      const found = await ask();
      return found.state === "OUT_OF_STEP" && found;
    });
    expect(causesOf(health)).toEqual(["FORMAT_MISMATCH"]);
  });

  test("an upstream that answers with 500 is an ASYNC_BOTTLENECK, until it answers again (SOURCE_UNREACHABLE)", async () => {
    const source = await calm("down");
    await source.sandbox.control("POST", "faults", { rate500: true });
    const runId = await source.start("INCREMENTAL");
    const health = await diagnosed(source, "SOURCE_UNREACHABLE");
    expect(health).toMatchObject({ state: "OUT_OF_STEP", cause: "ASYNC_BOTTLENECK" });
    expect(causesOf(health)).toEqual(["ASYNC_BOTTLENECK"]);
    await source.sandbox.control("DELETE", "faults");
    // Its streams wait longer and longer for their next attempts, and another run would wait for them.
    await world.ask(`mutation { cancelSync(runId: "${runId}") { id } }`);
    await eventually("the source to be in step again", async () => {
      await source.sync("INCREMENTAL");
      return (await source.health()).state === "IN_STEP";
    });
  });

  test("a revoked key is named as refused credentials (F29)", async () => {
    const source = await calm("refused");
    await source.sandbox.control("POST", "keys", { revoke: [source.sandbox.config.apiKey] });
    await source.start("INCREMENTAL");
    const health = await diagnosed(source, "CREDENTIALS_REFUSED");
    expect(health.state).toBe("OUT_OF_STEP");
    expect(health.diagnoses[0]?.rule).toBe("CREDENTIALS_REFUSED");
  });

  test("an account that lists nothing any more is no success without a reason, until it lists them again (F122, FEW_RECORDS)", async () => {
    const source = await calm("emptied");
    for (let read = 0; read < 5; read += 1) expect(await source.sync("FULL")).toBe("SUCCEEDED");
    expect((await source.health()).diagnoses).toEqual([]);
    await using empty = await useSandbox({ payments: 0 });
    await empty.control("POST", "keys", { add: [source.sandbox.config.apiKey] });
    source.switchTo(empty.url);
    expect(await source.sync("FULL")).toBe("SUCCEEDED");
    const health = await source.health();
    expect(health).toMatchObject({ state: "UNKNOWN", cause: "FORMAT_MISMATCH" });
    expect([...new Set(rulesOf(health))]).toEqual(["FEW_RECORDS"]);
    source.switchTo(source.sandbox.url);
    expect(await source.sync("FULL")).toBe("SUCCEEDED");
    expect((await source.health()).diagnoses).toEqual([]);
  });

  test("calls that are signed with another secret are a WEBHOOK failure", async () => {
    const source = await calm("secret");
    const body = eventBody({ type: "charge.updated", object: { id: "ch_1", object: "charge" } });
    for (let call = 0; call < 3; call += 1) expect(await source.deliver(body, "whsec_other")).toBe(401);
    const health = await diagnosed(source, "WEBHOOKS_REFUSED");
    expect(health).toMatchObject({ state: "CATCHING_UP", cause: "WEBHOOK" });
    expect(rulesOf(health)).toEqual(["WEBHOOKS_REFUSED"]);
  });

  test("a signed call that cannot be understood is a WEBHOOK failure, with the delivery and its replay", async () => {
    const source = await calm("parked");
    const body = JSON.stringify({ id: "evt_unreadable", object: "event", type: "charge.updated", created: 1 });
    expect(await source.deliver(body)).toBe(200);
    const health = await diagnosed(source, "DELIVERIES_PARKED");
    expect(health).toMatchObject({ state: "OUT_OF_STEP", cause: "WEBHOOK" });
    expect(causesOf(health)).toEqual(["WEBHOOK"]);
  });

  test("three faults at once are three diagnoses, each with its own cause", async () => {
    const source = await calm("several");
    const { sandbox } = source;
    const body = JSON.stringify({ id: "evt_unreadable", object: "event", type: "charge.updated", created: 1 });
    expect(await source.deliver(body)).toBe(200);
    const json = '{"id":"ch_bad","object":"charge","amount":"twelve","created":1}';
    await sandbox.control("POST", "objects", { type: "charge", json, id: "ch_bad" });
    await source.sync("FULL");
    await diagnosed(source, "RECORDS_QUARANTINED");
    await sandbox.control("POST", "faults", { rate429: { count: 2, retryAfter: "300" } });
    await source.start("INCREMENTAL");
    await diagnosed(source, "BUDGET_CLOSED");
    const health = await diagnosed(source, "DELIVERIES_PARKED");
    expect(causesOf(health).toSorted()).toEqual(["FORMAT_MISMATCH", "RATE_LIMIT", "WEBHOOK"]);
    expect(health.state).toBe("OUT_OF_STEP");
  });
});

test("a source that changes, is polled and gets its webhooks has no diagnosis", async () => {
  const source = await calm("quiet");
  const { sandbox, id } = source;
  for (let round = 0; round < 3; round += 1) {
    await sandbox.control("POST", "activity", { count: 10 });
    const body = eventBody({ type: "account.updated", object: { id: `acct_${round}`, object: "account" } });
    expect(await source.deliver(body)).toBe(200);
    expect(await source.sync("INCREMENTAL")).toBe("SUCCEEDED");
    expect(await source.health()).toMatchObject({ state: "IN_STEP", diagnoses: [] });
  }
  const worst = await eventually("the evaluation after its first read", async () => {
    const { overview } = await world.ask<{ overview: { worst: readonly { id: string }[] } }>(
      "{ overview { worst(first: 100) { id } } }",
    );
    return overview.worst.every((each) => each.id !== id) && overview.worst;
  });
  expect(worst.length).toBeGreaterThan(0);
});

test("each change of the state is an event, and the recorded states are in the overview", async () => {
  const { overview } = await eventually("the evaluation", async () => {
    const data = await world.ask<{
      overview: { sources: readonly { state: string; count: number }[]; worst: readonly { id: string }[] };
    }>("{ overview { sources { state count } worst(first: 100) { id } } }");
    const worst = data.overview.worst.map(({ id }) => id);
    return ["malformed", "parked", "refused"].every((id) => worst.includes(id)) && data;
  });
  expect(overview.sources.reduce((sum, { count }) => sum + count, 0)).toBe(11);
});

describe("the metrics of the service", () => {
  const namesIn = (text: string) => new Set([...text.matchAll(/\bsluice_\w+/g)].map(([name]) => name));

  test("have the states of all sources, findings, deliveries, records and connections", async () => {
    const text = await eventually("the recorded states", async () => {
      const found = await world.metrics();
      return /^sluice_sources\{state="OUT_OF_STEP"\} [1-9]/m.test(found) && found;
    });
    expect(text).toMatch(/^sluice_source_last_success_age_seconds\{source="quiet"\} \d/m);
    expect(text).toMatch(/^sluice_source_health\{source="malformed"\} 3$/m);
    expect(text).toMatch(/^sluice_deliveries_waiting\{status="PARKED"\} 2$/m);
    expect(text).toMatch(/^sluice_records_total\{outcome="quarantined"\} [1-9]/m);
    expect(text).toMatch(/^sluice_database_connections\{pool="graph",state="idle"\} \d/m);
    expect(text).toMatch(/^sluice_build_info\{version="\d+\.\d+\.\d+",node="v26/m);
  });

  test.each(["deploy/prometheus-alerts.yaml", "deploy/grafana-dashboard.json"])(
    "exist as %s names them",
    async (path) => {
      const text = readFileSync(path, "utf8");
      const defined = namesIn((await world.metrics()).replaceAll(/^(?!# TYPE).*$/gm, ""));
      const named = [...namesIn(text)].map((name) => name.replace(/_bucket$/, ""));
      expect(named.length).toBeGreaterThan(8);
      expect(named.filter((name) => !defined.has(name))).toEqual([]);
    },
  );

  test("have alert rules that Prometheus can read", () => {
    const rule = z.strictObject({
      alert: z.string().regex(/^Sluice[A-Z]\w+$/),
      expr: z.string(),
      for: z
        .string()
        .regex(/^\d+[mh]$/)
        .optional(),
      labels: z.object({ severity: z.enum(["warning", "critical"]) }),
      annotations: z.object({ summary: z.string() }),
    });
    const file = z.object({ groups: z.tuple([z.object({ name: z.string(), rules: z.array(rule).min(10) })]) });
    expect(file.safeParse(parse(readFileSync("deploy/prometheus-alerts.yaml", "utf8"))).error).toBeUndefined();
  });
});
