import { expect, test } from "@jest/globals";
import { createFaults } from "../../shared/faults.ts";
import { createForeignConsumers } from "../limits/foreign.ts";
import { createLimits } from "../limits/limits.ts";
import { limitOf } from "../limits/testing.ts";
import { createRequestCounters } from "./counters.ts";
import { enter } from "./admit.ts";
import { createKeys } from "./keys.ts";

const START_MS = 1_800_000_000_000;

/** A gate whose clock is set by each request. */
function useAdmission() {
  const limits = createLimits();
  const foreign = createForeignConsumers(
    (consumer, atMs) => void limits.admit({ ...consumer, pattern: consumer.path }, atMs),
  );
  const parts = {
    keys: createKeys("sk_1"),
    faults: createFaults(1),
    limits,
    foreign,
    counters: createRequestCounters(),
  };
  const call = (afterMs: number) => {
    const request = { method: "GET", path: "/v1/balance", authorization: "Bearer sk_1", idempotencyKey: undefined };
    return enter(parts, { ...request, atMs: START_MS + afterMs, sinceMs: START_MS + afterMs });
  };
  return { limits, foreign, call };
}

test("permits that a foreign consumer was due before a request are already taken when the request arrives", () => {
  const { limits, foreign, call } = useAdmission();
  const limit = limitOf({ kind: "fixed-window", quota: 10, windowMs: 3_600_000 }, { headers: "x-seconds" });
  limits.replace([limit]);
  foreign.set({ key: "sk_1", perSecond: 1, method: "GET", path: "/v1/balance" }, START_MS);
  const guest = call(4999);
  expect(guest.limitHeaders(START_MS + 4999)["X-RateLimit-Remaining"]).toBe("5");
  expect(guest.limitHeaders(START_MS + 7000)["X-RateLimit-Remaining"]).toBe("2");
  expect([call(8000).refusal, call(9000).refusal?.status]).toEqual([undefined, 429]);
});

test.each([
  [1, 0.1],
  [0.1, 1],
])("with two exhausted limits, the one with the longer wait sets Retry-After: %d, %d", (...rates) => {
  const { limits, call } = useAdmission();
  const bucket = (name: string, perSecond: number) =>
    limitOf({ kind: "token-bucket", perSecond, burst: 1 }, { name, retryAfter: "seconds" });
  limits.replace(rates.map((perSecond) => bucket(`at-${perSecond}`, perSecond)));
  expect(call(0).refusal).toBeUndefined();
  expect(call(0).refusal?.headers["Retry-After"]).toBe("10");
  expect(call(9999).refusal?.headers["Retry-After"]).toBe("1");
  expect(call(10_000).refusal).toBeUndefined();
});
