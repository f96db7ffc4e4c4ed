import { describe, expect, test } from "@jest/globals";
import { advertisedLimitOf } from "./advertised-limit.ts";
import { limitHeaders } from "./limit-headers.ts";
import type { HeaderStyle, Distortion, Limit, Rule } from "./limit.ts";
import { policyOf } from "./policy.ts";
import { limitOf } from "./testing.ts";

/** 1,800,000,000 seconds and a quarter since 1970. */
const NOW_MS = 1_800_000_000_250;
const MINUTE: Rule = { kind: "fixed-window", quota: 100, windowMs: 60_000 };

function headersOf(headers: HeaderStyle, more: Partial<Limit> & { rule?: Rule } = {}): Record<string, string> {
  const limit = limitOf(MINUTE, { headers, ...more });
  const resetMs = limit.rule.kind === "concurrency" ? undefined : 30_500;
  return { ...limitHeaders([advertisedLimitOf(limit, { remaining: 12, resetMs }, NOW_MS)]) };
}

describe("header styles", () => {
  test.each<[HeaderStyle, Record<string, string>]>([
    ["none", {}],
    ["ietf", { "RateLimit-Policy": '"account";q=100;w=60', RateLimit: '"account";r=12;t=31' }],
    [
      "ietf-old",
      {
        "RateLimit-Policy": "100;w=60",
        "RateLimit-Limit": "100",
        "RateLimit-Remaining": "12",
        "RateLimit-Reset": "31",
      },
    ],
    ["x-seconds", { "X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "12", "X-RateLimit-Reset": "31" }],
    ["x-epoch", { "X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "12", "X-RateLimit-Reset": "1800000031" }],
    ["x-epoch-ms", { "X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "12", "X-RateLimit-Reset": "1800000030750" }],
  ])("%s (F21)", (style, expected) => {
    expect(headersOf(style)).toEqual(expected);
  });

  test("a concurrency limit has a unit and no time", () => {
    const more = { name: "work", rule: { kind: "concurrency", concurrency: 20 } } as const;
    expect(headersOf("ietf", more)).toEqual({
      "RateLimit-Policy": '"work";q=20;qu="concurrent-requests"',
      RateLimit: '"work";r=12',
    });
    expect(headersOf("x-epoch", more)).toEqual({ "X-RateLimit-Limit": "20", "X-RateLimit-Remaining": "12" });
  });

  test("several limits are members of one list; a style with room for one limit sends the tightest", () => {
    const headersIn = (headers: HeaderStyle) => {
      const wide = limitOf({ ...MINUTE, quota: 1000 }, { name: "wide", headers });
      const tight = limitOf({ kind: "token-bucket", perSecond: 10, burst: 20 }, { name: "tight", headers });
      return limitHeaders([
        advertisedLimitOf(wide, { remaining: 500, resetMs: 9000 }, NOW_MS),
        advertisedLimitOf(tight, { remaining: 2, resetMs: 1800 }, NOW_MS),
      ]);
    };
    expect(headersIn("ietf")).toEqual({
      "RateLimit-Policy": '"wide";q=1000;w=60, "tight";q=20;w=2',
      RateLimit: '"wide";r=500;t=9, "tight";r=2;t=2',
    });
    expect(headersIn("ietf-old")).toMatchObject({
      "RateLimit-Policy": "1000;w=60, 20;w=2",
      "RateLimit-Remaining": "2",
    });
    expect(headersIn("x-seconds")).toMatchObject({ "X-RateLimit-Limit": "20", "X-RateLimit-Remaining": "2" });
  });

  test.each<[Rule, { quota: number; windowS: number | undefined }]>([
    [
      { kind: "token-bucket", perSecond: 100, burst: 100 },
      { quota: 100, windowS: 1 },
    ],
    [
      { kind: "token-bucket", perSecond: 100, burst: 5 },
      { quota: 100, windowS: 1 },
    ],
    [
      { kind: "token-bucket", perSecond: 100, burst: 250 },
      { quota: 300, windowS: 3 },
    ],
    [
      { kind: "token-bucket", perSecond: 0.1, burst: 1 },
      { quota: 1, windowS: 10 },
    ],
    [
      { kind: "token-bucket", perSecond: 0.7, burst: 7 },
      { quota: 7, windowS: 10 },
    ],
    [
      { kind: "sliding-window", quota: 10, windowMs: 500 },
      { quota: 20, windowS: 1 },
    ],
    [
      { kind: "fixed-window", quota: 15, windowMs: 1500 },
      { quota: 20, windowS: 2 },
    ],
    [
      { kind: "concurrency", concurrency: 3 },
      { quota: 3, windowS: undefined },
    ],
  ])("the policy of %j is its long-term rate", (rule, policy) => {
    expect(policyOf(rule)).toEqual(policy);
  });
});

describe("false headers", () => {
  test.each<[Distortion, string]>([
    ["always-zero", '"account";r=0;t=31'],
    ["always-full", '"account";r=100;t=31'],
    ["past-reset", '"account";r=12;t=-60'],
    ["huge-reset", '"account";r=12;t=315360000'],
    ["negative", '"account";r=-1;t=-1'],
    ["garbage", '"account";r=lots?;t=soon?'],
    ["epoch-as-delta", '"account";r=12;t=1800000031'],
  ])("false header %s, in the current draft (F20, F21)", (distortion, expected) => {
    expect(headersOf("ietf", { distortion })["RateLimit"]).toBe(expected);
  });

  test.each<[Distortion, string, string]>([
    ["past-reset", "12", "1799999941"],
    ["huge-reset", "12", "2115360001"],
    ["negative", "-1", "1800000000"],
    ["garbage", "lots?", "soon?"],
    ["delta-as-epoch", "12", "31"],
  ])("false header %s, in seconds since 1970 (F20, F21)", (distortion, remaining, reset) => {
    expect(headersOf("x-epoch", { distortion })).toMatchObject({
      "X-RateLimit-Remaining": remaining,
      "X-RateLimit-Reset": reset,
    });
  });

  test("the tightest limit is chosen by its true state, not by the false one", () => {
    const misleading = limitOf(MINUTE, { name: "liar", headers: "x-seconds", distortion: "always-zero" });
    const accurate = limitOf(MINUTE, { name: "honest", headers: "x-seconds" });
    const limits = [
      advertisedLimitOf(misleading, { remaining: 90, resetMs: 1000 }, NOW_MS),
      advertisedLimitOf(accurate, { remaining: 80, resetMs: 1000 }, NOW_MS),
    ];
    expect(limitHeaders(limits)).toMatchObject({ "X-RateLimit-Remaining": "80" });
  });
});
