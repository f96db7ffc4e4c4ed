import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ERROR_CODES } from "../../domain/error.ts";
import { classifyStatus } from "./classify.ts";
import { MAX_RETRY_AFTER_MS, retryAfterMs } from "./retry-after.ts";

const NOW = Date.UTC(2026, 10, 22, 17, 24, 24);

describe("classifyStatus", () => {
  test.each([
    [301, "UPSTREAM_REJECTED"],
    [307, "UPSTREAM_REJECTED"],
    [400, "UPSTREAM_REJECTED"],
    [401, "UPSTREAM_UNAUTHORIZED"],
    [402, "UPSTREAM_REJECTED"],
    [403, "UPSTREAM_UNAUTHORIZED"],
    [404, "UPSTREAM_REJECTED"],
    [408, "UPSTREAM_UNAVAILABLE"],
    [409, "UPSTREAM_UNAVAILABLE"],
    [422, "UPSTREAM_REJECTED"],
    [429, "UPSTREAM_RATE_LIMITED"],
    [500, "UPSTREAM_UNAVAILABLE"],
    [503, "UPSTREAM_UNAVAILABLE"],
    [599, "UPSTREAM_UNAVAILABLE"],
  ])("%i is %s", (status, code) => {
    expect(classifyStatus({ status, headers: {} }, NOW)?.code).toBe(code);
  });

  test("2xx is no failure, everything else is one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 999 }), (status) => {
        expect(classifyStatus({ status, headers: {} }, NOW) === undefined).toBe(status < 300);
      }),
    );
  });

  test("credentials that are refused are never tried again (F29)", () => {
    const error = classifyStatus({ status: 401, headers: { "retry-after": "1" } }, NOW);
    expect(error?.retryable).toBe(false);
    expect(ERROR_CODES.UPSTREAM_UNAUTHORIZED.retry).toBe("never");
  });

  test("the log gets status and request id, the client neither, and a hostile id goes nowhere", () => {
    const error = classifyStatus({ status: 500, headers: { "request-id": "req_1" } }, NOW);
    expect(error?.message).toBe(
      "[UPSTREAM_UNAVAILABLE] the upstream answered 500, with a failure of its own (request req_1)",
    );
    expect(error?.publicMessage).toBe("the upstream answered with a failure of its own");
    const hostile = classifyStatus({ status: 500, headers: { "request-id": "x\u001b[2J{secret}" } }, NOW);
    expect(hostile?.message).not.toContain("secret");
  });
});

describe("Retry-After", () => {
  test.each([
    ["0", undefined],
    ["1", 1_000],
    [" 120 ", 120_000],
    ["3601", MAX_RETRY_AFTER_MS],
    ["1000000000", MAX_RETRY_AFTER_MS],
    ["9".repeat(400), MAX_RETRY_AFTER_MS],
    ["Sun, 22 Nov 2026 17:24:54 GMT", 30_000],
    ["Sunday, 22-Nov-26 17:24:54 GMT", 30_000],
    ["Sun Nov 22 17:24:54 2026", 30_000],
    ["Wed, 22 Nov 2028 17:24:54 GMT", MAX_RETRY_AFTER_MS],
    ["Sun, 22 Nov 2026 17:24:24 GMT", undefined],
    ["Sun, 22 Nov 2020 17:24:54 GMT", undefined],
    ["Sun, 31 Feb 2027 17:24:54 GMT", undefined],
    ["-5", undefined],
    ["+5", undefined],
    ["1.5", undefined],
    ["1e9", undefined],
    ["0x10", undefined],
    ["2026-11-22T17:24:54Z", undefined],
    ["soon", undefined],
    ["", undefined],
  ])("%j asks for %s ms (F20)", (value, expected) => {
    expect(retryAfterMs({ "retry-after": value }, NOW)).toBe(expected);
    expect(classifyStatus({ status: 429, headers: { "retry-after": value } }, NOW)?.retryAfterMs).toBe(expected);
  });

  test("a date counts from the answer's own Date, whatever our clock says (F20)", () => {
    const headers = { "retry-after": "Sun, 22 Nov 2026 17:24:54 GMT", date: "Sun, 22 Nov 2026 17:24:44 GMT" };
    expect(retryAfterMs(headers, NOW + 86_400_000)).toBe(10_000);
  });

  test("no header gives no pause", () => {
    expect(retryAfterMs({}, NOW)).toBeUndefined();
  });
});
