import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { type TestSandbox as TestPlaid, useSandbox as usePlaid } from "../../../sandbox/plaid/testing.ts";
import {
  type DiagnosedSource,
  type DiagnosedWorld,
  type DiagnosisOfGraph,
  useDiagnosedWorld,
} from "../../helpers/diagnosed-world.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { customer, eventBody } from "../../helpers/stripe-deliveries.ts";

const FAST = 200;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const LATE_SCHEDULE_S = 20;

let world: DiagnosedWorld;
let plaid: TestPlaid;
beforeAll(async () => {
  plaid = await usePlaid({ payments: 20 });
  const rates = { transactions: 1_000, accounts: 1_000, balance: 1_000, item: 1_000 };
  world = await useDiagnosedWorld({
    stripe: { main: FAST, skewed: FAST, limited: FAST, late: FAST, removed: FAST },
    schedules: { late: `${LATE_SCHEDULE_S}s` },
    others: [
      {
        id: "login",
        // Of another company: the payouts of Stripe do not arrive at this bank.
        tenant: "umbrella",
        connector: "plaid",
        config: plaid.running.sourceConfig,
        schedule: "manual",
        budget: { rates },
      },
    ],
  });
}, WAIT_LIMIT_MS);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await plaid[Symbol.asyncDispose]();
});

/** Waits until the rules that conclude something about a source are these alone, and returns the first conclusion. */
async function onlyRules({ id, health }: DiagnosedSource, rules: readonly string[]) {
  let last: readonly DiagnosisOfGraph[] = [];
  return eventually("the diagnoses", async () => {
    ({ diagnoses: last } = await health());
    return isDeepStrictEqual([...new Set(last.map(({ rule }) => rule))], rules) && { first: last[0] };
  }).catch((cause: unknown) => {
    const found = last.map(({ rule, sentence }) => `${rule}: ${sentence}`).join("\n");
    throw new Error(`expected ${rules.join(", ") || "no diagnosis"} of ${id}, got ${found || "none"}`, { cause });
  });
}

const only = async (source: DiagnosedSource, rule: string) => (await onlyRules(source, [rule])).first;
const inStep = (source: DiagnosedSource) => onlyRules(source, []);

/** Keeps rows of a table from being written until the end of the scope, as maintenance of the database does. */
async function lockTable(name: string): Promise<AsyncDisposable> {
  const client = new pg.Client(world.connection);
  await client.connect();
  await client.query("begin");
  await client.query(`lock table sluice.${name} in exclusive mode`);
  return { [Symbol.asyncDispose]: () => client.end() };
}

const UNREADABLE = JSON.stringify({ id: "evt_unreadable", object: "event", type: "charge.updated", created: 1 });

/** Discards the delivery that the remedy of a diagnosis would replay. */
async function discardParked(parked: DiagnosisOfGraph | undefined): Promise<void> {
  const id = parked?.evidence.find(({ kind }) => kind === "DELIVERY")?.node?.id;
  await world.ask(`mutation { discardDelivery(id: "${id}", reason: "It is unreadable") { id } }`);
}

describe("a source that is read by runs", () => {
  test("is diagnosed until its first read has ended (NEVER_READ, FIRST_READ)", async () => {
    const source = world.stripe("main");
    expect(await only(source, "NEVER_READ")).toMatchObject({ state: "UNKNOWN", cause: "ASYNC_BOTTLENECK" });
    await source.sandbox.control("POST", "faults", { latencyMs: { value: SECOND } });
    await source.start("FULL");
    expect(await only(source, "FIRST_READ")).toMatchObject({ state: "CATCHING_UP", cause: "ASYNC_BOTTLENECK" });
    await source.sandbox.control("DELETE", "faults");
    await inStep(source);
  });

  test("is diagnosed while it is paused (SOURCE_PAUSED)", async () => {
    const source = world.source("main");
    await world.ask(`mutation { pauseSource(id: "main") { id } }`);
    expect(await only(source, "SOURCE_PAUSED")).toMatchObject({
      state: "UNKNOWN",
      remedy: { mutation: { name: "resumeSource" } },
    });
    await world.ask(`mutation { resumeSource(id: "main") { id } }`);
    await inStep(source);
  });

  test("is diagnosed while the responses of one stream are cut off (READ_RETRIED)", async () => {
    const source = world.stripe("main");
    await source.sandbox.control("POST", "faults", { malformedBodies: true, path: "/v1/refunds" });
    const runId = await source.start("FULL");
    expect(await only(source, "READ_RETRIED")).toMatchObject({
      state: "CATCHING_UP",
      cause: "FORMAT_MISMATCH",
      stream: "refunds",
    });
    await source.sandbox.control("DELETE", "faults");
    await world.ask(`mutation { cancelSync(runId: "${runId}") { id } }`);
    expect(await source.sync("FULL")).toBe("SUCCEEDED");
    await inStep(source);
  });

  test("is diagnosed while the address of one stream has moved (STREAM_FAILING)", async () => {
    const source = world.stripe("main");
    await source.sandbox.control("POST", "faults", { redirect: { url: "http://127.0.0.1:9/" }, path: "/v1/refunds" });
    expect(await source.sync("FULL")).toBe("FAILED");
    expect(await only(source, "STREAM_FAILING")).toMatchObject({ cause: "ASYNC_BOTTLENECK", stream: "refunds" });
    await source.sandbox.control("DELETE", "faults");
    expect(await source.sync("FULL")).toBe("SUCCEEDED");
    await inStep(source);
  });
});

describe("a source that sends webhooks", () => {
  test("is diagnosed while calls have another signature, until one has the right one (WEBHOOKS_REFUSED)", async () => {
    const source = world.stripe("main");
    const body = eventBody({ type: "account.updated", object: { id: "acct_1", object: "account" } });
    for (let call = 0; call < 3; call += 1) expect(await source.deliver(body, "whsec_other")).toBe(401);
    expect(await only(source, "WEBHOOKS_REFUSED")).toMatchObject({ state: "CATCHING_UP", cause: "WEBHOOK" });
    expect(await source.deliver(body)).toBe(200);
    await inStep(source);
  });

  test("is diagnosed while a call cannot be understood, until somebody discards it (DELIVERIES_PARKED)", async () => {
    const source = world.stripe("main");
    expect(await source.deliver(UNREADABLE)).toBe(200);
    const parked = await only(source, "DELIVERIES_PARKED");
    expect(parked).toMatchObject({ state: "OUT_OF_STEP", cause: "WEBHOOK" });
    await discardParked(parked);
    await inStep(source);
  });
});

test("a record that is not as documented is diagnosed until the upstream has corrected it (RECORDS_QUARANTINED)", async () => {
  const source = world.stripe("main");
  const put = (json: string) => source.sandbox.control("POST", "objects", { type: "customer", json, id: "cus_bad" });
  await put('{"id":"cus_bad","object":"customer","created":"yesterday"}');
  await source.sync("FULL");
  expect(await only(source, "RECORDS_QUARANTINED")).toMatchObject({ state: "OUT_OF_STEP", cause: "FORMAT_MISMATCH" });
  await put(JSON.stringify(customer("cus_bad", "Ada")));
  expect(await source.sync("FULL")).toBe("SUCCEEDED");
  await inStep(source);
});

test("deliveries that a locked table keeps from being applied are diagnosed after a minute, until the lock ends (DELIVERIES_PENDING)", async () => {
  const source = world.stripe("main");
  const body = eventBody({ type: "customer.updated", object: customer("cus_waits", "Ada") });
  let later: number;
  {
    await using _lock = await lockTable("parties");
    expect(await source.deliver(body)).toBe(200);
    later = Date.now() + 2 * MINUTE;
    expect(await source.rulesAt(later)).toEqual(["DELIVERIES_PENDING"]);
    expect((await source.health()).diagnoses).toEqual([]); // after seconds it is no fault
  }
  await eventually("the delivery to be applied", async () => (await source.rulesAt(later)).length === 0);
});

test("objects whose fetch is refused again and again are diagnosed after five minutes, until they are fetched (REFETCHES_WAITING)", async () => {
  const source = world.stripe("limited");
  expect(await source.sync("FULL")).toBe("SUCCEEDED");
  await source.enableWebhooks("thin"); // they only name their objects
  await source.sandbox.control("POST", "faults", { rate429: { probability: 1, retryAfter: "2" } });
  await source.sandbox.control("POST", "activity", { count: 5 });
  const later = Date.now() + 15 * MINUTE; // a single refusal is forgotten by then
  await eventually("the refetches", async () => (await source.rulesAt(later)).includes("REFETCHES_WAITING"));
  await eventually("the refusals", async () => {
    const { diagnoses } = await source.health();
    return diagnoses.length > 0 && diagnoses.every(({ cause }) => cause === "RATE_LIMIT");
  });
  await source.sandbox.control("DELETE", "faults");
  await eventually("the objects to be fetched", async () => (await source.rulesAt(later)).length === 0);
});

test("an upstream whose clock is a minute behind is a warning, until its clock is right (CLOCK_SKEW)", async () => {
  const source = world.stripe("skewed");
  expect(await source.sync("FULL")).toBe("SUCCEEDED");
  source.shiftClock(-MINUTE);
  await source.enableWebhooks();
  await source.sandbox.control("POST", "activity", { count: 5 });
  expect(await only(source, "CLOCK_SKEW")).toMatchObject({
    state: "IN_STEP",
    cause: "WEBHOOK",
    sentence: expect.stringMatching(/^The clock of the upstream of skewed is 6\d s behind ours/),
  });
  source.shiftClock(0);
  await eventually("enough webhooks with the right time", async () => {
    await source.sandbox.control("POST", "activity", { count: 10 });
    return (await source.health()).diagnoses.length === 0;
  });
});

test("a bank login whose consent ends within two weeks is a warning with its date, until its user has renewed it (CREDENTIALS_EXPIRE)", async () => {
  const source = world.source("login", "umbrella");
  const inDays = (days: number) => new Date(Date.now() + days * 1_440 * MINUTE).toISOString();
  const endsOn = (endsAt: string) => ({
    state: "IN_STEP",
    cause: "ASYNC_BOTTLENECK",
    sentence: `The access of login to its upstream ends in 6 days, on ${endsAt}.`,
    remedy: { action: expect.stringContaining("Plaid Link in update mode"), mutation: null },
  });
  expect(await source.sync("FULL")).toBe("SUCCEEDED");
  await inStep(source);
  // In Europe the Item states it.
  const first = inDays(6);
  await plaid.control("POST", "consent", { endsAt: first });
  expect(await source.sync("INCREMENTAL")).toBe("SUCCEEDED");
  expect(await only(source, "CREDENTIALS_EXPIRE")).toMatchObject(endsOn(first));
  await plaid.control("POST", "consent", { endsAt: inDays(180) });
  expect(await source.sync("INCREMENTAL")).toBe("SUCCEEDED");
  await inStep(source);
  // A webhook announces it, and makes the Item be read.
  await plaid.control("POST", "webhook-endpoints", { url: `${world.url()}/webhooks/login` });
  const second = inDays(6);
  await plaid.control("POST", "consent", { endsAt: second });
  expect(await only(source, "CREDENTIALS_EXPIRE")).toMatchObject(endsOn(second));
  await plaid.control("POST", "consent", { endsAt: null });
  expect(await source.sync("INCREMENTAL")).toBe("SUCCEEDED");
  await inStep(source);
  // In the United States only a webhook says it, so that a read without it revokes nothing.
  const third = inDays(6);
  await plaid.control("POST", "consent", { endsAt: third, region: "US" });
  expect(await only(source, "CREDENTIALS_EXPIRE")).toMatchObject(endsOn(third));
  expect(await source.sync("INCREMENTAL")).toBe("SUCCEEDED");
  expect(await only(source, "CREDENTIALS_EXPIRE")).toMatchObject(endsOn(third));
  await plaid.control("POST", "login", { works: true });
  await inStep(source);
});

test("a bank login that its user must repeat is diagnosed until it works again (CREDENTIALS_REFUSED)", async () => {
  const source = world.source("login", "umbrella");
  expect(await source.sync("FULL")).toBe("SUCCEEDED");
  await plaid.control("POST", "login", { works: false });
  await source.start("INCREMENTAL");
  const refused = await eventually("the refusal", async () => {
    const { diagnoses } = await source.health();
    return diagnoses.find(({ rule }) => rule === "CREDENTIALS_REFUSED");
  });
  expect(refused).toMatchObject({ state: "OUT_OF_STEP", cause: "ASYNC_BOTTLENECK" });
  await plaid.control("POST", "login", { works: true });
  expect(await source.sync("INCREMENTAL")).toBe("SUCCEEDED");
  await inStep(source);
});

test("three sources with three faults have their own diagnosis each, and their neighbour none", async () => {
  const [main, limited, login, neighbour] = [
    world.stripe("main"),
    world.stripe("limited"),
    world.source("login", "umbrella"),
    world.stripe("skewed"),
  ];
  const rules = () =>
    Promise.all(
      [main, limited, login, neighbour].map(async ({ health }) => [
        ...new Set((await health()).diagnoses.map(({ rule, cause }) => `${rule} ${cause}`)),
      ]),
    );
  const again = JSON.stringify({ ...JSON.parse(UNREADABLE), id: "evt_again" });
  expect(await main.deliver(again)).toBe(200);
  await limited.sandbox.control("POST", "faults", { burst429: { count: 1, retryAfter: "300" } });
  await limited.start("INCREMENTAL");
  await plaid.control("POST", "login", { works: false });
  expect(await login.sync("INCREMENTAL")).toBe("FAILED");
  expect(await neighbour.sync("INCREMENTAL")).toBe("SUCCEEDED");
  await eventually("the diagnoses", async () => {
    const [one, two, three] = await rules();
    return [one, two, three].every((each) => (each?.length ?? 0) > 0);
  });
  const [ofMain, ofLimited, ofLogin, ofNeighbour] = await rules();
  expect(ofMain).toEqual(["DELIVERIES_PARKED WEBHOOK"]);
  expect(ofLimited).toContain("BUDGET_CLOSED RATE_LIMIT");
  expect(ofLimited?.filter((each) => !each.endsWith("RATE_LIMIT"))).toEqual([]);
  expect(ofLogin).toContain("CREDENTIALS_REFUSED ASYNC_BOTTLENECK");
  expect(ofLogin?.filter((each) => !/^(CREDENTIALS_REFUSED|STREAM_FAILING) /.test(each))).toEqual([]);
  expect(ofNeighbour).toEqual([]);
  await plaid.control("POST", "login", { works: true });
});

describe("a service that is stopped", () => {
  test("leaves its sources late, until it has started again and read them (SOURCE_LATE)", async () => {
    const source = world.source("late");
    await inStep(source);
    await world.stop();
    const later = Date.now() + (3 * LATE_SCHEDULE_S + 121) * SECOND;
    expect(await source.rulesAt(later)).toEqual(["SOURCE_LATE"]);
    await world.start("removed");
    await eventually("the next poll", async () => {
      await source.sync("INCREMENTAL");
      return (await source.rulesAt(later)).length === 0;
    });
  });

  test("and started without a source says so, until it has the source again (SOURCE_NOT_CONFIGURED)", async () => {
    const rules = () => world.source("removed").rulesAt(Date.now() + SECOND);
    expect(await rules()).toContain("SOURCE_NOT_CONFIGURED");
    await world.stop();
    await world.start();
    expect(await world.source("removed").sync("FULL")).toBe("SUCCEEDED");
    expect(await rules()).toEqual([]);
  });
});
