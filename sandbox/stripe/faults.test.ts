import { describe, expect, test } from "@jest/globals";
import { callControl } from "../shared/call-control.ts";
import { clientOf, truthOf, useSandbox, type TestSandbox } from "./testing.ts";

const fault = (sandbox: TestSandbox, body: object) => sandbox.control("POST", "faults", body);

/** A plain request, to read bytes that a client would hide. */
async function get(
  sandbox: TestSandbox,
  path: string,
  timeoutMs = 5000,
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(sandbox.url + path, {
    headers: { Authorization: `Bearer ${sandbox.config.apiKey}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

describe("keys of the sandbox", () => {
  test("wrong, missing, revoked and restricted keys are refused, and a rotated key works (F29)", async () => {
    await using sandbox = await useSandbox();
    const tryKey = (key: string) => clientOf(sandbox.url, key).balance.retrieve();
    await expect(tryKey("sk_test_wrong")).rejects.toMatchObject({ type: "StripeAuthenticationError", statusCode: 401 });
    expect((await fetch(`${sandbox.url}/v1/balance`)).status).toBe(401);
    const basic = Buffer.from(`${sandbox.config.apiKey}:`).toString("base64");
    expect((await fetch(`${sandbox.url}/v1/balance`, { headers: { Authorization: `Basic ${basic}` } })).status).toBe(
      200,
    );
    await sandbox.control("POST", "keys", {
      add: ["sk_test_new"],
      restrict: ["sk_test_less"],
      revoke: [sandbox.config.apiKey],
    });
    await expect(tryKey(sandbox.config.apiKey)).rejects.toMatchObject({ code: "api_key_expired" });
    await expect(tryKey("sk_test_less")).rejects.toMatchObject({ type: "StripePermissionError" });
    await expect(tryKey("sk_test_new")).resolves.toMatchObject({ object: "balance" });
  });
});

describe("limits of the sandbox", () => {
  test("requests above the limit are refused, and the peak is counted (F19)", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "rate-limit", { perSecond: 1, burst: 5, retryAfter: "7" });
    const answers = await Promise.all(Array.from({ length: 12 }, () => get(sandbox, "/v1/balance")));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(6);
    expect(refused[0]?.headers.get("retry-after")).toBe("7");
    expect(refused[0]?.text).toContain("rate_limit_error");
    const counters = await sandbox.control("GET", "counters");
    expect(counters).toMatchObject({ total: 12, peakPerSecond: 12, peakAcceptedPerSecond: 12 - refused.length });
    await sandbox.control("POST", "rate-limit", { perSecond: 0 });
    expect((await get(sandbox, "/v1/balance")).status).toBe(200);
  });

  test("the official client retries 429 and 500 until they end", async () => {
    await using sandbox = await useSandbox();
    await fault(sandbox, { burst429: 1, rate500: { count: 1 } });
    const retrying = clientOf(sandbox.url, sandbox.config.apiKey, 3);
    await expect(retrying.balance.retrieve()).resolves.toMatchObject({ object: "balance" });
    expect(await sandbox.control("GET", "counters")).toMatchObject({
      requests: { "GET /v1/balance 200": 1, "GET /v1/balance 429": 1, "GET /v1/balance 500": 1 },
    });
  });

  test("a malformed Retry-After is sent as it is configured (F20)", async () => {
    await using sandbox = await useSandbox();
    await fault(sandbox, { rate429: { probability: 1, count: 1, retryAfter: "soon, 1e9" } });
    expect((await get(sandbox, "/v1/balance")).headers.get("retry-after")).toBe("soon, 1e9");
    await fault(sandbox, { lockTimeout: true, count: 1 });
    expect((await get(sandbox, "/v1/balance")).text).toContain("lock_timeout");
  });
});

describe("refusals of the sandbox", () => {
  test("idempotency_key_in_use is returned, and the request behind it has no effect (F30)", async () => {
    await using sandbox = await useSandbox();
    await fault(sandbox, { status409: 1, path: "/v1/customers", count: 1 });
    const create = () => sandbox.stripe.customers.create({ name: "Ada" }, { idempotencyKey: "key-9" });
    await expect(create()).rejects.toMatchObject({
      statusCode: 409,
      code: "idempotency_key_in_use",
      message: expect.stringContaining("key-9"),
    });
    expect((await truthOf(sandbox, "customer")).objects).toEqual([]);
    await expect(create()).resolves.toMatchObject({ name: "Ada" });
  });

  test("a redirect fault sends the configured location, and is refused without one (F38)", async () => {
    await using sandbox = await useSandbox();
    const url = "http://127.0.0.1:1/elsewhere";
    await fault(sandbox, { redirect: { url, count: 1 } });
    const headers = { Authorization: `Bearer ${sandbox.config.apiKey}` };
    const answer = await fetch(`${sandbox.url}/v1/balance`, { headers, redirect: "manual" });
    expect([answer.status, answer.headers.get("location"), await answer.text()]).toEqual([302, url, ""]);
    expect((await get(sandbox, "/v1/balance")).status).toBe(200);
    await expect(fault(sandbox, { redirect: true })).rejects.toThrow("must have a url");
  });

  test("a valid key is refused for the configured number of requests without taking a permit, and then works again (F29)", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "rate-limit", { perSecond: 0.001, burst: 1 });
    await fault(sandbox, { unauthorized: 2 });
    for (const status of [401, 401, 200, 429]) expect((await get(sandbox, "/v1/balance")).status).toBe(status);
  });

  test("a 500 response takes a permit, as a success does", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "rate-limit", { perSecond: 0.001, burst: 2 });
    await fault(sandbox, { rate500: { count: 2 } });
    for (const status of [500, 500, 429]) expect((await get(sandbox, "/v1/balance")).status).toBe(status);
  });
});

describe("response faults of the sandbox", () => {
  test("bodies are truncated, malformed, HTML or empty, for the configured count and path (F25)", async () => {
    await using sandbox = await useSandbox({ payments: 20 });
    const whole = await get(sandbox, "/v1/charges");
    await fault(sandbox, { malformedBodies: { count: 1 } });
    const malformed = await get(sandbox, "/v1/charges");
    expect(malformed.text).toHaveLength(whole.text.length);
    expect(() => JSON.parse(malformed.text)).toThrow(SyntaxError);
    await fault(sandbox, { htmlBodies: true, path: "/v1/charges", count: 1 });
    expect((await get(sandbox, "/v1/balance")).headers.get("content-type")).toBe("application/json");
    expect((await get(sandbox, "/v1/charges")).text).toContain("<html>");
    await fault(sandbox, { emptyBodies: true, count: 1 });
    expect(await get(sandbox, "/v1/charges")).toMatchObject({ status: 200, text: "" });
    await fault(sandbox, { truncateBodies: true, count: 1 });
    await expect(get(sandbox, "/v1/charges")).rejects.toThrow("terminated");
    expect((await get(sandbox, "/v1/charges")).text).toBe(whole.text);
  });

  test("a response is delayed, arrives byte by byte or never arrives (F24)", async () => {
    await using sandbox = await useSandbox();
    await fault(sandbox, { latencyMs: 150, count: 1 });
    const before = performance.now();
    await get(sandbox, "/v1/balance");
    expect(performance.now() - before).toBeGreaterThan(140);
    await fault(sandbox, { latencyMs: { value: 20, jitterMs: 100 } });
    const times: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const requestedAtMs = performance.now();
      await get(sandbox, "/v1/balance");
      times.push(performance.now() - requestedAtMs);
    }
    expect(Math.min(...times)).toBeGreaterThan(19);
    // The random numbers are seeded: these five draws are far apart.
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(10);
    await sandbox.control("DELETE", "faults");
    await fault(sandbox, { neverRespond: true, count: 1 });
    await expect(get(sandbox, "/v1/balance", 200)).rejects.toThrow("timeout");
    await fault(sandbox, { slowBodies: { value: 20, count: 1 } });
    await expect(get(sandbox, "/v1/account", 300)).rejects.toThrow("timeout");
  });

  test("a write takes effect although its response is an error or is lost, and a replay of its key returns the true outcome (F23)", async () => {
    await using sandbox = await useSandbox();
    const create = () => sandbox.stripe.customers.create({ name: "Ada" }, { idempotencyKey: "key-1" });
    await fault(sandbox, { error500AfterEffect: true, count: 1 });
    await expect(create()).rejects.toMatchObject({ statusCode: 500 });
    const [made] = (await truthOf(sandbox, "customer")).objects;
    expect((await create()).id).toBe(made?.id);
    // The official client retries a reset connection once by itself, hence two.
    await fault(sandbox, { dropAfterEffect: true, count: 2 });
    await expect(sandbox.stripe.customers.create({ name: "Bob" }, { idempotencyKey: "key-2" })).rejects.toMatchObject({
      type: "StripeConnectionError",
    });
    expect((await truthOf(sandbox, "customer")).objects).toHaveLength(2);
  });

  test("lists repeat pages, overlap or refuse their cursor (F27, F28)", async () => {
    await using sandbox = await useSandbox({ payments: 30 });
    const { charges } = sandbox.stripe;
    const first = await charges.list({ limit: 5 });
    const cursor = first.data[4]?.id ?? "";
    await fault(sandbox, { overlapPages: true, count: 1 });
    expect((await charges.list({ limit: 5, starting_after: cursor })).data[0]?.id).toBe(cursor);
    await fault(sandbox, { loopPages: true, count: 1 });
    expect(await charges.list({ limit: 5, starting_after: cursor })).toMatchObject({
      data: first.data,
      has_more: true,
    });
    await fault(sandbox, { expireCursors: true, count: 1 });
    await expect(charges.list({ limit: 5, starting_after: cursor })).rejects.toMatchObject({
      code: "resource_missing",
    });
  });

  test("faults are listed, end after their count and can be cleared", async () => {
    await using sandbox = await useSandbox();
    await fault(sandbox, { rate500: 0.5, latencyMs: { value: 1, path: "/v1/charges" } });
    expect(await sandbox.control("GET", "faults")).toMatchObject({
      faults: [
        { name: "latencyMs", value: 1, path: "/v1/charges" },
        { name: "rate500", probability: 0.5 },
      ],
    });
    expect(await sandbox.control("DELETE", "faults")).toEqual({ faults: [] });
    await expect(fault(sandbox, { nonsense: 1 })).rejects.toThrow("nonsense");
    await expect(callControl(sandbox.url, { method: "GET", path: "nowhere" })).rejects.toThrow("404");
  });
});

describe("raw objects", () => {
  test("a number above 2^53, an unknown status and broken JSON are served as they were written (F26, F57)", async () => {
    await using sandbox = await useSandbox({ payments: 10 });
    const json =
      '{"id":"ch_huge","object":"charge","amount":9007199254740993,"status":"teleported","currency":"usd","created":4000000000}';
    await sandbox.control("POST", "objects", { type: "charge", json, event: "charge.updated" });
    expect((await get(sandbox, "/v1/charges/ch_huge")).text).toBe(json);
    expect((await get(sandbox, "/v1/charges?limit=1")).text).toContain(`"data":[${json}]`);
    expect((await get(sandbox, "/v1/events?type=charge.updated&limit=1")).text).toContain(`"object":${json}`);
    const broken = '{"id":"ch_broken","amount":\n\t12';
    await sandbox.control("POST", "objects", { type: "charge", id: "ch_broken", json: broken });
    expect((await get(sandbox, "/v1/charges/ch_broken")).text).toBe(broken);
    expect((await truthOf(sandbox, "charge")).malformed).toEqual(["ch_broken"]);
  });
});
