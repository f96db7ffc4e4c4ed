import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ERROR_CODES } from "../../domain/error.ts";
import { classifyStatus } from "./classify.ts";

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
  ])("status %i is %s", (status, code) => {
    expect(classifyStatus({ status, headers: {} }, NOW)?.code).toBe(code);
  });

  test("2xx is not a failure, every other status is one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 999 }), (status) => {
        expect(classifyStatus({ status, headers: {} }, NOW) === undefined).toBe(status < 300);
      }),
    );
  });

  test("refused credentials are never retried (F29)", () => {
    const error = classifyStatus({ status: 401, headers: { "retry-after": "1" } }, NOW);
    expect(error?.retryable).toBe(false);
    expect(ERROR_CODES.UPSTREAM_UNAUTHORIZED.retry).toBe("never");
  });

  test("the log contains status and request id, the client's error neither, and a malicious id is in neither", () => {
    const error = classifyStatus({ status: 500, headers: { "request-id": "req_1" } }, NOW);
    expect(error?.message).toBe(
      "[UPSTREAM_UNAVAILABLE] the upstream answered 500, with an internal failure (request req_1)",
    );
    expect(error?.publicMessage).toBe("the upstream answered with an internal failure");
    const hostile = classifyStatus({ status: 500, headers: { "request-id": "x\u001b[2J{secret}" } }, NOW);
    expect(hostile?.message).not.toContain("secret");
  });
});
