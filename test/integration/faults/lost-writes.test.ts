import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { singleBucket } from "../../../src/connector-api/budget.ts";
import { truthOf, type TestSandbox, useSandbox } from "../../../sandbox/stripe/testing.ts";
import { createVirtualClock } from "../../helpers/virtual-clock.ts";
import { eventually } from "../../helpers/eventually.ts";
import { arrivalsOf, failureOf, openGateway, outcomeOf, post, type PostOptions } from "./calls.ts";

const REFUNDS = "/v1/refunds";

let sandbox: TestSandbox;
let body: string;
let before: number;
beforeEach(async () => {
  sandbox = await useSandbox({ payments: 20 });
  const charges = z.array(
    z.looseObject({
      id: z.string(),
      status: z.string(),
      refunded: z.boolean(),
      disputed: z.boolean(),
      amount: z.number(),
    }),
  );
  const refundable = charges
    .parse((await truthOf(sandbox, "charge")).objects)
    .find(({ status, refunded, disputed, amount }) => status === "succeeded" && !refunded && !disputed && amount > 500);
  body = `charge=${refundable?.id}&amount=100`;
  before = (await truthOf(sandbox, "refund")).objects.length;
});
afterEach(async () => {
  await sandbox[Symbol.asyncDispose]();
});

const refund = (options: PostOptions = {}) => post(sandbox, REFUNDS, body, options);
const fault = (faults: object) => sandbox.control("POST", "faults", { path: REFUNDS, ...faults });
/** Refunds that were created since the beginning. */
const made = async () => (await truthOf(sandbox, "refund")).objects.length - before;
const posts = async () =>
  (await arrivalsOf(sandbox))
    .filter(({ method }) => method === "POST")
    .map(({ idempotencyKey, status }) => [idempotencyKey, status]);
const idOf = (json: unknown) => z.looseObject({ id: z.string() }).parse(json).id;

describe("a refund that took effect and whose response is", () => {
  const lost = [
    ["a 500", "error500AfterEffect"],
    ["a cut connection", "dropAfterEffect"],
  ] as const;

  test.each(lost)("%s is repeated with its key: one refund (F23)", async (_name, name) => {
    await fault({ [name]: true, count: 1 });
    await using gateway = openGateway(sandbox.url);
    const answer = await gateway.send(refund({ key: "k1" }), "write");
    expect(await made()).toBe(1);
    expect(idOf(answer.json)).toBe((await truthOf(sandbox, "refund")).objects.at(-1)?.id);
    expect((await posts()).map(([key]) => key)).toEqual(["k1", "k1"]);
  });

  test.each(lost)("%s has an unknown outcome without a key, and is not sent again (F23)", async (_name, name) => {
    await fault({ [name]: true, count: 1 });
    await using gateway = openGateway(sandbox.url);
    expect(await outcomeOf(gateway.send(refund(), "write"))).toBe("OUTCOME_UNKNOWN");
    expect([await made(), (await posts()).length]).toEqual([1, 1]);
  });
});

describe("an idempotency key in use by another request", () => {
  test.each([
    ["409", "status409", 409],
    ["429 for the lock", "lockTimeout", 429],
  ] as const)("is waited for when the response is %s: the same key, one refund (F30)", async (_name, name, status) => {
    await fault({ [name]: true, count: 2 });
    await using gateway = openGateway(sandbox.url);
    expect(await outcomeOf(gateway.send(refund({ key: "k1" }), "write"))).toBe(200);
    expect(await posts()).toEqual([
      ["k1", status],
      ["k1", status],
      ["k1", 200],
    ]);
    expect(await made()).toBe(1);
  });

  test("that is in progress: both end with its response (F30)", async () => {
    await fault({ latencyMs: 400, count: 1 });
    await using gateway = openGateway(sandbox.url, { random: () => 0.5 });
    const first = gateway.send(refund({ key: "k1" }), "write");
    await eventually("the first to arrive", async () => (await posts()).length === 1);
    const [one, two] = await Promise.all([first, gateway.send(refund({ key: "k1" }), "write")]);
    expect(idOf(two.json)).toBe(idOf(one.json));
    expect((await posts()).map(([, status]) => status)).toContain(409);
    expect(await made()).toBe(1);
  });
});

describe("an idempotency key that the upstream no longer stores", () => {
  const LIFETIME_MS = 3_600_000;

  test("at the time of the next attempt: the write has an unknown outcome, and there is one refund (F31)", async () => {
    await fault({ error500AfterEffect: true, count: 1 });
    const clock = createVirtualClock();
    await using gateway = openGateway(sandbox.url, { clock, random: () => 0.5 });
    const failed = failureOf(gateway.send(refund({ key: "k1", keyExpiresAtMs: clock.epochMs() + 50 }), "write"));
    await clock.advance(0);
    const error = await failed; // at once: there is no needless pause
    expect([error.code, error.retryable]).toEqual(["OUTCOME_UNKNOWN", false]);
    await sandbox.control("DELETE", "idempotency-keys");
    expect([await made(), (await posts()).length]).toEqual([1, 1]);
  });

  test("while the repetition waits for its permit (F31)", async () => {
    await fault({ error500AfterEffect: true, count: 1 });
    const clock = createVirtualClock();
    const budget = singleBucket({ requestsPerSecond: 1, maxConcurrent: 1 });
    await using gateway = openGateway(sandbox.url, { clock, budget });
    const failed = failureOf(gateway.send(refund({ key: "k1", keyExpiresAtMs: clock.epochMs() + 500 }), "write"));
    await clock.advance(0);
    const isWaiting = () => gateway.budget.permits.load().calls === 0 && gateway.budget.permits.load().needed === 1;
    await eventually("the repeat to wait", async () => (await clock.advance(0), isWaiting()));
    await sandbox.control("DELETE", "idempotency-keys");
    await clock.advance(2_000);
    expect((await failed).code).toBe("OUTCOME_UNKNOWN");
    expect([await made(), (await posts()).length]).toEqual([1, 1]);
  });

  test("before anything was sent: a conflict, and nothing is sent (F31)", async () => {
    await using gateway = openGateway(sandbox.url);
    const error = await failureOf(gateway.send(refund({ key: "k1", keyExpiresAtMs: Date.now() }), "write"));
    expect([error.code, error.retryable, error.publicMessage]).toEqual([
      "CONFLICT",
      false,
      expect.stringContaining("look the write up"),
    ]);
    expect([await made(), (await posts()).length]).toEqual([0, 0]);
  });

  test.each([["status409"], ["lockTimeout"]])(
    "after %s, which is a definite refusal: a conflict (F31)",
    async (name) => {
      await fault({ [name]: true, count: 1 });
      const clock = createVirtualClock();
      await using gateway = openGateway(sandbox.url, { clock, random: () => 0.5 });
      const failed = failureOf(gateway.send(refund({ key: "k1", keyExpiresAtMs: clock.epochMs() + 50 }), "write"));
      await clock.advance(0);
      expect((await failed).code).toBe("CONFLICT");
      expect([await made(), (await posts()).length]).toEqual([0, 1]);
    },
  );

  test("has no effect while the upstream still stores it (F31)", async () => {
    await fault({ dropAfterEffect: true, count: 1 });
    await using gateway = openGateway(sandbox.url);
    const keyExpiresAtMs = Date.now() + LIFETIME_MS;
    expect(await outcomeOf(gateway.send(refund({ key: "k1", keyExpiresAtMs }), "write"))).toBe(200);
    expect([await made(), (await posts()).length]).toEqual([1, 2]);
  });
});
