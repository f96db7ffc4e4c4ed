import { readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { eventually } from "../../test/helpers/eventually.ts";
import { HEADER_STYLES, DISTORTION_NAMES } from "./limits/limit.ts";
import { countsOf, useSandbox, type TestSandbox } from "./testing.ts";

/** So slow that nothing is refilled during a test: the grants are exactly the free permits. */
const NEVER = 0.0001;
const bucket = (burst: number, more: object = {}) => ({
  name: "account",
  kind: "token-bucket",
  perSecond: NEVER,
  burst,
  ...more,
});
/** Restarts in the years 2001 and 2033. */
const THIRTY_YEARS_MS = 1e12;

const limit = (sandbox: TestSandbox, ...limits: object[]) => sandbox.control("POST", "limits", { limits });

interface Ask {
  readonly method?: string;
  readonly key?: string;
  readonly signal?: AbortSignal;
}

function ask(sandbox: TestSandbox, path: string, { method = "GET", key = sandbox.config.apiKey, signal }: Ask = {}) {
  const headers = { Authorization: `Bearer ${key}` };
  return fetch(sandbox.url + path, { method, headers, ...(signal === undefined ? {} : { signal }) });
}

/** That many concurrent requests; returns the number of accepted ones. */
async function admitted(sandbox: TestSandbox, count: number, path = "/v1/balance", how: Ask = {}): Promise<number> {
  const answers = await Promise.all(Array.from({ length: count }, () => ask(sandbox, path, how)));
  return answers.filter(({ status }) => status !== 429).length;
}

describe("kinds of limits", () => {
  test.each([
    { kind: "token-bucket", perSecond: NEVER, burst: 7 },
    { kind: "fixed-window", quota: 7, windowMs: THIRTY_YEARS_MS },
    { kind: "sliding-window", quota: 7, windowMs: 3_600_000 },
  ])("a $kind limit admits exactly as many requests as its quota (F19)", async (rule) => {
    await using sandbox = await useSandbox();
    await limit(sandbox, { name: "account", ...rule });
    expect(await admitted(sandbox, 20)).toBe(7);
    expect((await countsOf(sandbox)).limits["account"]).toMatchObject({ arrived: 20, accepted: 7, refused: 13 });
    const refused = await ask(sandbox, "/v1/balance");
    expect(refused.headers.get("stripe-rate-limited-reason")).toBe("global-rate");
    expect(refused.headers.get("retry-after")).toBeNull();
    expect(await refused.json()).toMatchObject({ error: { code: "rate_limit", type: "rate_limit_error" } });
  });

  test("a window is free again when it has passed", async () => {
    await using sandbox = await useSandbox();
    await limit(sandbox, { name: "account", kind: "sliding-window", quota: 3, windowMs: 200 });
    await eventually("requests of several windows", async () => {
      await admitted(sandbox, 5);
      return (await countsOf(sandbox)).accepted >= 9;
    });
    expect((await countsOf(sandbox)).limits["account"]?.refused).toBeGreaterThan(0);
  });

  test("a concurrency limit counts a request until it is answered or its client disconnects", async () => {
    await using sandbox = await useSandbox();
    await limit(sandbox, { name: "work", kind: "concurrency", concurrency: 3, match: { path: "/v1/charges" } });
    expect(await admitted(sandbox, 3, "/v1/charges")).toBe(3);
    await sandbox.control("POST", "faults", { neverRespond: true, count: 3 });
    const giveUp = new AbortController();
    const open = Array.from({ length: 3 }, () => ask(sandbox, "/v1/charges", { signal: giveUp.signal }));
    const ended = Promise.allSettled(open);
    await eventually("three requests in progress", async () => (await countsOf(sandbox)).concurrentPeak === 3);
    const refused = await ask(sandbox, "/v1/charges");
    expect([refused.status, refused.headers.get("stripe-rate-limited-reason")]).toEqual([429, "endpoint-concurrency"]);
    expect(await admitted(sandbox, 5, "/v1/refunds")).toBe(5);
    giveUp.abort();
    await ended;
    await eventually("another request is admitted", async () => (await ask(sandbox, "/v1/charges")).status === 200);
  });
});

describe("the scope of a limit", () => {
  test("each key has its own permits, unless the limit is shared or does not apply to that key", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "keys", { add: ["sk_test_other"] });
    const other = { key: "sk_test_other" };
    await limit(sandbox, bucket(4));
    expect(await admitted(sandbox, 9)).toBe(4);
    expect(await admitted(sandbox, 9, "/v1/balance", other)).toBe(4);
    await limit(sandbox, bucket(4, { shared: true }));
    expect(await admitted(sandbox, 9)).toBe(4);
    expect(await admitted(sandbox, 9, "/v1/balance", other)).toBe(0);
    await limit(sandbox, bucket(4, { keys: ["sk_test_other"] }));
    expect(await admitted(sandbox, 9)).toBe(9);
    expect(await admitted(sandbox, 9, "/v1/balance", other)).toBe(4);
    expect(await countsOf(sandbox, "sk_test_other")).toMatchObject({ arrived: 27, accepted: 8, refused: 19 });
  });

  test("limits for reads, writes and endpoints apply in addition to the account's, and a refused request takes no permit", async () => {
    await using sandbox = await useSandbox();
    await limit(
      sandbox,
      bucket(10),
      bucket(2, { name: "writes", match: { method: "write" } }),
      bucket(3, { name: "balance", match: { method: "read", path: "/v1/balance" } }),
    );
    expect(await admitted(sandbox, 5, "/v1/customers", { method: "POST" })).toBe(2);
    expect(await admitted(sandbox, 5)).toBe(3);
    // Not below /v1/balance, although it begins with the same letters.
    expect(await admitted(sandbox, 9, "/v1/balance_transactions")).toBe(10 - 2 - 3);
    const { limits } = await countsOf(sandbox);
    expect(limits["account"]).toMatchObject({ accepted: 10, refused: 4 });
    expect(limits["writes"]).toMatchObject({ arrived: 5, accepted: 2, refused: 3 });
    expect(limits["balance"]).toMatchObject({ arrived: 5, accepted: 3, refused: 2 });
  });

  test("a list request may take several permits, by method and path", async () => {
    await using sandbox = await useSandbox({ payments: 5 });
    const weights = { "GET /v1/customers": 5, "/v1/customers/:id": 2, "/v1/events": 100 };
    await limit(sandbox, bucket(12, { weights }));
    expect(await admitted(sandbox, 1, "/v1/customers?limit=1")).toBe(1);
    expect(await admitted(sandbox, 1, "/v1/customers", { method: "POST" })).toBe(1);
    expect(await admitted(sandbox, 9, "/v1/customers/cus_1")).toBe(3);
    expect((await countsOf(sandbox)).limits["account"]).toMatchObject({ accepted: 5, permits: 12 });
    // More permits than the limit has: it takes all of them, instead of never being admitted.
    await limit(sandbox, bucket(12, { weights }));
    expect(await admitted(sandbox, 2, "/v1/events")).toBe(1);
  });
});

describe("limit headers of responses", () => {
  const headersIn = ({ headers }: Response, ...names: string[]) => names.map((name) => headers.get(name));

  test("are on accepted and refused responses, for every limit that applied (F21)", async () => {
    await using sandbox = await useSandbox();
    await limit(
      sandbox,
      { name: "account", kind: "fixed-window", quota: 2, windowMs: THIRTY_YEARS_MS, headers: "ietf" },
      { name: "reads", kind: "token-bucket", perSecond: 0.01, burst: 9, match: { method: "read" }, headers: "ietf" },
    );
    const names = ["ratelimit-policy", "ratelimit"] as const;
    const [policy, first] = headersIn(await ask(sandbox, "/v1/balance"), ...names);
    expect(policy).toBe('"account";q=2;w=1000000000, "reads";q=9;w=900');
    const resetS = 2_000_000_000 - Date.now() / 1000;
    const fields = /^"account";r=1;t=(\d+), "reads";r=8;t=100$/u.exec(first ?? "");
    expect(Math.abs(Number(fields?.[1]) - resetS)).toBeLessThan(60);
    const [, write] = headersIn(await ask(sandbox, "/v1/customers", { method: "POST" }), ...names);
    expect(write).toMatch(/^"account";r=0;t=\d+$/u);
    const refused = await ask(sandbox, "/v1/balance");
    expect([refused.status, refused.headers.get("ratelimit")]).toEqual([
      429,
      expect.stringMatching(/^"account";r=0;t=\d+, "reads";r=8;t=(?:99|100)$/u),
    ]);
  });

  test("of a concurrency limit count the request itself as in progress", async () => {
    await using sandbox = await useSandbox();
    await limit(sandbox, { name: "work", kind: "concurrency", concurrency: 5, headers: "x-epoch" });
    const names = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"] as const;
    expect(headersIn(await ask(sandbox, "/v1/balance"), ...names)).toEqual(["5", "4", null]);
  });

  test("false headers do not change the limit itself (F20, F21)", async () => {
    await using sandbox = await useSandbox();
    await limit(sandbox, bucket(3, { headers: "x-seconds", distortion: "always-full" }));
    for (const status of [200, 200, 200, 429]) {
      const answer = await ask(sandbox, "/v1/balance");
      expect([answer.status, answer.headers.get("x-ratelimit-remaining")]).toEqual([status, "3"]);
    }
    await limit(sandbox, bucket(3, { headers: "ietf", distortion: "garbage" }));
    expect((await ask(sandbox, "/v1/balance")).headers.get("ratelimit")).toBe('"account";r=lots?;t=soon?');
  });

  test("Retry-After states in seconds or as a date when a permit will be free, or is any configured text (F19, F20)", async () => {
    await using sandbox = await useSandbox();
    const refusedWith = async (retryAfter: string): Promise<string | null> => {
      await limit(sandbox, bucket(1, { perSecond: 0.01, retryAfter }));
      await ask(sandbox, "/v1/balance");
      return (await ask(sandbox, "/v1/balance")).headers.get("retry-after");
    };
    expect(await refusedWith("seconds")).toMatch(/^(?:99|100)$/u);
    const date = (await refusedWith("date")) ?? "";
    expect(new Date(date).toUTCString()).toBe(date);
    expect(Math.abs(Date.parse(date) - Date.now() - 100_000)).toBeLessThan(10_000);
    expect(await refusedWith("soon, 1e9")).toBe("soon, 1e9");
  });

  test("the example of the README is accepted unchanged", async () => {
    await using sandbox = await useSandbox();
    const readme = await readFile(new URL("README.md", import.meta.url), "utf8");
    const example: unknown = JSON.parse(/```json\n(\{ "limits".*?)```/su.exec(readme)?.[1] ?? "");
    const { limits } = z
      .object({ limits: z.array(z.object({ name: z.string() })) })
      .parse(await sandbox.control("POST", "limits", example));
    expect(limits.map(({ name }) => name)).toEqual(["account", "writes", "charges", "work"]);
    for (const word of [...HEADER_STYLES, ...DISTORTION_NAMES]) expect(readme).toContain(`\`${word}\``);
  });

  test("an invalid limit is refused", async () => {
    await using sandbox = await useSandbox();
    await expect(limit(sandbox, bucket(1, { distortion: "garbage" }))).rejects.toThrow("lie requires headers");
    await expect(limit(sandbox, bucket(1, { headers: "x-epoch", distortion: "epoch-as-delta" }))).rejects.toThrow(
      "unit",
    );
    await expect(limit(sandbox, bucket(1), bucket(2))).rejects.toThrow("names must be unique");
    await expect(limit(sandbox, bucket(1, { match: { path: "/v1/charges/" } }))).rejects.toThrow("slash");
    await expect(
      limit(sandbox, bucket(1, { headers: "ietf" }), bucket(1, { name: "b", headers: "ietf-old" })),
    ).rejects.toThrow("two grammars");
    expect(await sandbox.control("GET", "limits")).toEqual({ limits: [] });
  });

  test("the short form for the account is added to the other limits and keeps their state", async () => {
    await using sandbox = await useSandbox();
    await limit(sandbox, bucket(2, { name: "balance", match: { path: "/v1/balance" } }));
    expect(await admitted(sandbox, 1)).toBe(1);
    await sandbox.control("POST", "rate-limit", { perSecond: NEVER, burst: 3 });
    expect(await admitted(sandbox, 5)).toBe(1);
    expect(await admitted(sandbox, 5, "/v1/account")).toBe(2);
    await sandbox.control("POST", "rate-limit", { perSecond: 0 });
    expect(await admitted(sandbox, 5, "/v1/account")).toBe(5);
    await sandbox.control("DELETE", "limits");
    expect(await admitted(sandbox, 5)).toBe(5);
  });
});

describe("a foreign consumer of the limits", () => {
  const foreign = (sandbox: TestSandbox, body: object) => sandbox.control("POST", "foreign", body);

  test("takes permits at its rate until it is stopped", async () => {
    await using sandbox = await useSandbox();
    await limit(sandbox, bucket(1_000_000));
    const before = performance.now();
    await foreign(sandbox, { perSecond: 40 });
    const started = performance.now();
    await eventually("sixty permits are taken", async () => (await countsOf(sandbox)).foreignAccepted >= 60);
    const requestedAtMs = performance.now();
    await foreign(sandbox, { perSecond: 0 });
    const answered = performance.now();
    const { foreignAccepted, foreignRefused, arrived, limits } = await countsOf(sandbox);
    // The permits between the earliest and the latest possible time of the request: no tolerance.
    expect(foreignAccepted).toBeGreaterThanOrEqual(Math.floor(((requestedAtMs - started) / 1000) * 40));
    expect(foreignAccepted).toBeLessThanOrEqual(Math.ceil(((answered - before) / 1000) * 40));
    expect([foreignRefused, arrived, limits["account"]?.foreignAccepted]).toEqual([0, 0, foreignAccepted]);
    await sandbox.control("DELETE", "counters");
    await admitted(sandbox, 3);
    expect((await countsOf(sandbox)).foreignAccepted).toBe(0);
  });

  test("takes permits of one key's limits, as a request of its method and path would", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "keys", { add: ["sk_test_other"] });
    await limit(
      sandbox,
      bucket(20, { weights: { "/v1/charges": 5 } }),
      bucket(1, { name: "writes", match: { method: "write" } }),
      { name: "work", kind: "concurrency", concurrency: 1 },
    );
    await foreign(sandbox, { perSecond: 10_000, key: "sk_test_other", path: "/v1/charges" });
    await eventually(
      "the refusal of the request",
      async () => (await countsOf(sandbox, "sk_test_other")).foreignRefused > 0,
    );
    const { foreignAccepted, limits } = await countsOf(sandbox, "sk_test_other");
    expect([foreignAccepted, Object.keys(limits)]).toEqual([4, ["account"]]);
    expect(await admitted(sandbox, 1, "/v1/balance", { key: "sk_test_other" })).toBe(0);
    expect(await admitted(sandbox, 1)).toBe(1);
    expect(await sandbox.control("GET", "foreign")).toEqual({
      foreign: [{ key: "sk_test_other", perSecond: 10_000, method: "GET", path: "/v1/charges" }],
    });
  });
});
