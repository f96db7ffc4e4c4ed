import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { limitSignals, type LimitSignal } from "./limit-headers.ts";
import { MAX_RESET_MS, MAX_WINDOW_MS } from "./limit-signal.ts";

const NOW = Date.UTC(2026, 10, 22, 17, 24, 24);
const NOW_S = NOW / 1000;
const DATE = new Date(NOW + 5_000).toUTCString();

type Headers = Readonly<Record<string, string>>;

const signal = (given: Partial<LimitSignal>): LimitSignal => ({
  policy: undefined,
  quota: undefined,
  windowMs: undefined,
  remaining: undefined,
  resetMs: undefined,
  ...given,
});

describe("RateLimit and RateLimit-Policy (F21)", () => {
  test.each<[string, Headers, readonly Partial<LimitSignal>[]]>([
    [
      "policies and their states, joined by name, whatever their order",
      {
        "ratelimit-policy": '"burst";q=100;w=60,"daily";q=1000;w=86400',
        ratelimit: '"daily";r=999;t=40000, "burst";r=50;t=30',
      },
      [
        { policy: "daily", quota: 1000, windowMs: 86_400_000, remaining: 999, resetMs: 40_000_000 },
        { policy: "burst", quota: 100, windowMs: 60_000, remaining: 50, resetMs: 30_000 },
      ],
    ],
    [
      "split over two header lines, which arrive joined",
      { "ratelimit-policy": '"burst";q=100;w=60, "daily";q=1000;w=86400', ratelimit: '"burst";r=0;t=3, "daily";r=7' },
      [
        { policy: "burst", quota: 100, windowMs: 60_000, remaining: 0, resetMs: 3_000 },
        { policy: "daily", quota: 1000, windowMs: 86_400_000, remaining: 7 },
      ],
    ],
    ["a state alone", { ratelimit: '"default";r=50;t=0' }, [{ policy: "default", remaining: 50, resetMs: 0 }]],
    ["a policy alone", { "ratelimit-policy": '"p";q=10;w=1' }, [{ policy: "p", quota: 10, windowMs: 1_000 }]],
    [
      "partitions of one policy",
      {
        "ratelimit-policy": '"p";q=10;pk=:YQ==:, "p";q=20;pk=:Yg==:',
        ratelimit: '"p";r=15;pk=:Yg==:, "p";r=5;pk=:YQ==:',
      },
      [
        { policy: "p", quota: 20, remaining: 15 },
        { policy: "p", quota: 10, remaining: 5 },
      ],
    ],
    [
      "the unit, when it is requests",
      { "ratelimit-policy": '"p";q=10;qu="requests";w=1', ratelimit: '"p";r=1' },
      [{ policy: "p", quota: 10, windowMs: 1_000, remaining: 1 }],
    ],
    [
      "nothing of another unit, nor its state",
      { "ratelimit-policy": '"p";q=10;qu="content-bytes", "q";q=3', ratelimit: '"p";r=1' },
      [{ policy: "q", quota: 3 }],
    ],
    [
      "a whole quota that is written with a point",
      { "ratelimit-policy": '"p";q=10.0;w=1' },
      [{ policy: "p", quota: 10, windowMs: 1_000 }],
    ],
    ["the other limits when one is a fraction", { ratelimit: '"p";r=5.5, "q";r=1' }, [{ policy: "q", remaining: 1 }]],
    [
      "a limit with a parameter of a later standard",
      { ratelimit: '"p";r=1;x=%"a";y=1.25' },
      [{ policy: "p", remaining: 1 }],
    ],
    ["unknown parameters", { ratelimit: '"p";r=1;new=?0;newer=:YQ==:' }, [{ policy: "p", remaining: 1 }]],
  ])("return %s", (_name, headers, expected) => {
    expect(limitSignals(headers, NOW)).toEqual(expected.map(signal));
  });

  test.each<[string, Headers]>([
    ["more remaining than the quota", { "ratelimit-policy": '"p";q=10', ratelimit: '"p";r=11' }],
    ["a negative remaining count", { ratelimit: '"p";r=-1' }],
    ["a negative quota", { "ratelimit-policy": '"p";q=-1' }],
    ["a window of zero", { "ratelimit-policy": '"p";q=1;w=0' }],
    ["a window over a year", { "ratelimit-policy": `"p";q=1;w=${MAX_WINDOW_MS / 1000 + 1}` }],
    ["a reset in the past", { ratelimit: '"p";r=1;t=-1' }],
    ["a reset beyond a day", { ratelimit: '"p";r=1;t=86401' }],
    ["no remaining count", { ratelimit: '"p";t=5' }],
    ["no quota", { "ratelimit-policy": '"p";w=5' }],
    ["a remaining count in words", { ratelimit: '"p";r="5"' }],
    ["a reset in words", { ratelimit: '"p";r=5;t=soon' }],
    ["a fraction", { ratelimit: '"p";r=5.5' }],
    ["a unit that is a token", { "ratelimit-policy": '"p";q=1;qu=requests' }],
    ["a name that is not a string", { ratelimit: "p;r=5" }],
    ["numbers of 16 digits", { ratelimit: '"p";r=1234567890123456' }],
    ["a malformed list, including its valid part", { ratelimit: '"good";r=5, "bad' }],
    ["empty headers", { ratelimit: "", "ratelimit-policy": " " }],
  ])("ignore %s", (_name, headers) => {
    expect(limitSignals(headers, NOW)).toEqual([]);
  });

  test("a malformed header does not make the other one unread", () => {
    expect(limitSignals({ "ratelimit-policy": '"p";q=10', ratelimit: "???" }, NOW)).toEqual([
      signal({ policy: "p", quota: 10 }),
    ]);
    expect(limitSignals({ "ratelimit-policy": "???", ratelimit: '"p";r=10' }, NOW)).toEqual([
      signal({ policy: "p", remaining: 10 }),
    ]);
  });
});

const trio = (prefix: string, limit: string, remaining: string, reset: string): Headers => ({
  [`${prefix}limit`]: limit,
  [`${prefix}remaining`]: remaining,
  [`${prefix}reset`]: reset,
});

describe.each(["ratelimit-", "x-ratelimit-", "x-rate-limit-"])("%slimit, -remaining, -reset (F21)", (prefix) => {
  test.each<[string, Headers, readonly Partial<LimitSignal>[]]>([
    ["the limit in force", trio(prefix, "100", "40", "20"), [{ quota: 100, remaining: 40, resetMs: 20_000 }]],
    ["a reset that is now", trio(prefix, "100", "40", "0"), [{ quota: 100, remaining: 40, resetMs: 0 }]],
    ["the limit and the remaining count", { [`${prefix}remaining`]: " 4 " }, [{ remaining: 4 }]],
    [
      "several windows, where the first number is the current one",
      trio(prefix, "100, 100;w=60, 5000;w=3600", "40", "20"),
      [
        { quota: 100, windowMs: 60_000, remaining: 40, resetMs: 20_000 },
        { quota: 5000, windowMs: 3_600_000 },
      ],
    ],
    [
      "one window",
      trio(prefix, "5000;w=3600", "4999", "3600"),
      [{ quota: 5000, windowMs: 3_600_000, remaining: 4999, resetMs: 3_600_000 }],
    ],
    [
      "windows in a policy header",
      { ...trio(prefix, "10", "9", "1"), "ratelimit-policy": "10;w=1, 50;w=60" },
      [
        { quota: 10, windowMs: 1_000, remaining: 9, resetMs: 1_000 },
        { quota: 50, windowMs: 60_000 },
      ],
    ],
    [
      "parallel lists",
      trio(prefix, "10, 500", "9, 400", "1, 3000"),
      [
        { quota: 10, remaining: 9, resetMs: 1_000 },
        { quota: 500, remaining: 400, resetMs: 3_000_000 },
      ],
    ],
    [
      "the remaining count when the limit is malformed",
      trio(prefix, "unlimited", "9", "1"),
      [{ remaining: 9, resetMs: 1_000 }],
    ],
    ["the remaining count when the reset is malformed", trio(prefix, "10", "9", "soon"), [{ quota: 10, remaining: 9 }]],
    ["the remaining count when a number is negative", trio(prefix, "10", "-1", "1"), [{ quota: 10, resetMs: 1_000 }]],
    [
      "the remaining count when a number is a fraction",
      trio(prefix, "10", "1.5", "1"),
      [{ quota: 10, resetMs: 1_000 }],
    ],
  ])("give %s", (_name, headers, expected) => {
    expect(limitSignals(headers, NOW)).toEqual(expected.map(signal));
  });

  test.each<[string, Headers]>([
    ["more remaining than the limit", trio(prefix, "10", "11", "1")],
    ["a reset beyond a day", trio(prefix, "10", "9", "86401")],
    ["a reset alone", { [`${prefix}reset`]: "5" }],
    ["lists of different lengths", trio(prefix, "10, 500, 6000", "9, 400", "1")],
    ["two remaining counts for one limit", trio(prefix, "10", "9, 8", "1")],
  ])("are ignored for %s", (_name, headers) => {
    expect(limitSignals(headers, NOW)).toEqual([]);
  });
});

describe.each(["x-ratelimit-", "x-rate-limit-"])("%sreset as a time (F21)", (prefix) => {
  test.each([
    ["seconds from now", "30", 30_000],
    ["epoch seconds", String(NOW_S + 30), 30_000],
    ["epoch milliseconds", String(NOW + 30_250), 30_250],
    ["epoch seconds of now", String(NOW_S), 0],
    ["epoch seconds a day ahead", String(NOW_S + 86_400), MAX_RESET_MS],
  ])("in %s", (_name, reset, resetMs) => {
    expect(limitSignals(trio(prefix, "10", "9", reset), NOW)).toEqual([signal({ quota: 10, remaining: 9, resetMs })]);
  });

  test.each([String(NOW_S - 1), String(NOW - 1), String(NOW_S + 86_401), "500000000000", "2000000000000"])(
    "%s is in the past or beyond a day: ignored",
    (reset) => {
      expect(limitSignals(trio(prefix, "10", "9", reset), NOW)).toEqual([]);
    },
  );

  test("is relative to the response's own Date, whatever our clock says", () => {
    const headers = { ...trio(prefix, "10", "9", String(NOW_S + 35)), date: DATE };
    expect(limitSignals(headers, NOW - 9_000_000)).toEqual([signal({ quota: 10, remaining: 9, resetMs: 30_000 })]);
  });
});

test("the reset of the older draft is always seconds from now (F21)", () => {
  expect(limitSignals(trio("ratelimit-", "10", "9", String(NOW_S + 30)), NOW)).toEqual([]);
});

test("with several header families, the newest valid one is used (F21)", () => {
  const older = { ...trio("ratelimit-", "100", "40", "20"), ...trio("x-ratelimit-", "100", "41", "20") };
  const young = signal({ policy: "p", remaining: 39 });
  expect(limitSignals({ ...older, ratelimit: '"p";r=39' }, NOW)).toEqual([young]);
  expect(limitSignals({ ...older, ratelimit: '"p' }, NOW)).toEqual([
    signal({ quota: 100, remaining: 40, resetMs: 20_000 }),
  ]);
});

test("without a header there is no signal", () => {
  expect(limitSignals({}, NOW)).toEqual([]);
});

test("any header text gives a signal of whole numbers within their bounds (F21)", () => {
  const names = [
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-rate-limit-reset",
    "date",
  ];
  const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), fc.constantFrom("", "1e9", "NaN", "0x1"));
  const item = fc.tuple(
    fc.constantFrom("", '"p"', '"q"', "5", "100"),
    fc.array(fc.tuple(fc.constantFrom("q", "w", "r", "t"), number)),
  );
  const listed = fc
    .array(item, { maxLength: 3 })
    .map((items) =>
      items.map(([name, given]) => name + given.map(([key, value]) => `;${key}=${value}`).join("")).join(", "),
    );
  const value = fc.oneof(fc.string(), fc.string({ unit: "binary" }), number.map(String), listed, listed);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), fc.maxSafeInteger(), (headers, nowMs) => {
      for (const { quota, windowMs, remaining, resetMs } of limitSignals(headers, nowMs)) {
        expect(quota ?? remaining).toBeDefined();
        for (const found of [quota, windowMs, remaining, resetMs]) {
          expect(found === undefined || (Number.isSafeInteger(found) && found >= 0)).toBe(true);
        }
        expect(remaining ?? 0).toBeLessThanOrEqual(quota ?? Infinity);
        expect(resetMs ?? 0).toBeLessThanOrEqual(MAX_RESET_MS);
        expect(windowMs ?? 1).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2_000 },
  );
});
