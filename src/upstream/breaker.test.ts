import { describe, expect, test } from "@jest/globals";
import { createVirtualClock } from "../../test/helpers/virtual-clock.ts";
import type { UpstreamResponse } from "../connector-api/client.ts";
import { ServiceError, type ErrorCode } from "../domain/error.ts";
import { createBreaker, type BreakerState } from "./breaker.ts";
import { type Call, compose, freshTrace, type Layer } from "./call.ts";
import { traitsOf } from "./exchange.ts";
import { SlidingCounts } from "./sliding-counts.ts";

const ANSWER: UpstreamResponse = { status: 200, headers: {}, body: new Uint8Array(), sentAtMs: 0, durationMs: 1 };
type Outcome = ErrorCode | "OK";

/** A breaker around a wait for a permit and a send, both of which a test ends as it decides. */
function useBreaker(random = () => 1 - Number.EPSILON) {
  const clock = createVirtualClock();
  const changes: BreakerState[] = [];
  const breaker = createBreaker({ clock, random, minCalls: 5, onChange: (state) => changes.push(state) });
  const send = (call: Call, left: Promise<void>, ended: Promise<Outcome>): Promise<UpstreamResponse> => {
    const waitForPermit: Layer = (next) => async (guarded) => {
      await left;
      return next(guarded);
    };
    return compose([breaker.guard, waitForPermit, breaker.recheck])({
      ...call,
      async perform(sent) {
        sent.trace.sentAtMs = clock.monotonicMs();
        const outcome = await ended;
        if (outcome === "OK") return ANSWER;
        throw new ServiceError(outcome, "failed");
      },
    });
  };

  /** Begins a call; `leave` ends its wait, `end` the call; `outcome` has the result and the error. */
  function begin() {
    const left = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<Outcome>();
    const signal = new AbortController().signal;
    const call: Call = {
      request: traitsOf({ method: "GET", path: "/", headers: {} }),
      lane: "write",
      tenantId: "",
      needs: [],
      signal,
      deadlineMs: Infinity,
      attempt: 1,
      trace: freshTrace(),
    };
    const outcome = send(call, left.promise, ended.promise).then(
      () => ({ code: "OK" as Outcome, retryAfterMs: undefined, sent: true }),
      (error: ServiceError) => ({
        code: error.code as Outcome,
        retryAfterMs: error.retryAfterMs,
        sent: call.trace.sentAtMs !== undefined,
      }),
    );
    return {
      leave: left.resolve,
      giveUp: () => left.reject(new ServiceError("CANCELED", "ended by the test")),
      end: ended.resolve,
      outcome,
    };
  }

  async function call(outcome: Outcome) {
    const begun = begin();
    begun.leave();
    begun.end(outcome);
    return begun.outcome;
  }
  const fail = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1) await call("UPSTREAM_UNAVAILABLE");
  };
  return { clock, breaker, changes, begin, call, fail };
}

describe("the circuit breaker opens", () => {
  test("when more than half of at least five calls within ten seconds failed", async () => {
    const { breaker, call, fail } = useBreaker();
    for (let n = 0; n < 4; n += 1) await call("OK");
    await fail(4);
    expect(breaker.state()).toBe("CLOSED");
    await fail(1); // five of nine
    expect(breaker.state()).toBe("OPEN");
  });

  test("not at exactly half", async () => {
    const { breaker, call, fail } = useBreaker();
    for (let n = 0; n < 5; n += 1) await call("OK");
    await fail(5);
    expect(breaker.state()).toBe("CLOSED");
  });

  test("not when the call that completes the minimum number of calls succeeds", async () => {
    const { breaker, call, fail } = useBreaker();
    await fail(4);
    await call("OK"); // four of five
    expect(breaker.state()).toBe("CLOSED");
    await fail(1);
    expect(breaker.state()).toBe("OPEN");
  });

  test("not for older failures", async () => {
    const { clock, breaker, fail } = useBreaker();
    await fail(4);
    await clock.advance(11_000);
    await fail(4);
    expect(breaker.state()).toBe("CLOSED");
    await fail(1);
    expect(breaker.state()).toBe("OPEN");
  });

  test.each<[ErrorCode, BreakerState]>([
    ["UPSTREAM_RATE_LIMITED", "OPEN"],
    ["UPSTREAM_UNAVAILABLE", "OPEN"],
    ["UPSTREAM_GARBLED", "OPEN"],
    ["OUTCOME_UNKNOWN", "OPEN"],
    ["UPSTREAM_REJECTED", "CLOSED"],
    ["UPSTREAM_UNAUTHORIZED", "CLOSED"],
    ["CANCELED", "CLOSED"],
  ])("after %s: %s", async (code, state) => {
    const { breaker, call } = useBreaker();
    for (let n = 0; n < 10; n += 1) await call(code);
    expect(breaker.state()).toBe(state);
  });

  test.each<[ErrorCode, ErrorCode]>([
    ["UPSTREAM_GARBLED", "UPSTREAM_GARBLED"],
    ["UPSTREAM_RATE_LIMITED", "UPSTREAM_UNAVAILABLE"],
  ])("after %s, and refuses calls with the code %s", async (code, refusedWith) => {
    const { call } = useBreaker();
    for (let n = 0; n < 10; n += 1) await call(code);
    expect(await call("OK")).toMatchObject({ code: refusedWith });
  });

  test("not for calls that never left", async () => {
    const { breaker, begin } = useBreaker();
    for (let n = 0; n < 10; n += 1) {
      const { giveUp, outcome } = begin();
      giveUp();
      await outcome;
    }
    expect(breaker.state()).toBe("CLOSED");
  });
});

describe("an open circuit breaker", () => {
  test("refuses at once with the time to retry after, also calls that waited for a permit meanwhile", async () => {
    const { clock, begin, call, fail } = useBreaker();
    const waiting = begin();
    await fail(5);
    await clock.advance(400);
    expect(await call("OK")).toEqual({ code: "UPSTREAM_UNAVAILABLE", retryAfterMs: 600, sent: false });
    waiting.leave();
    expect(await waiting.outcome).toEqual({ code: "UPSTREAM_UNAVAILABLE", retryAfterMs: 600, sent: false });
  });

  test("sends exactly one probe after its pause, and closes when that succeeds", async () => {
    const { clock, breaker, changes, begin, call, fail } = useBreaker();
    await fail(5);
    await clock.advance(1_000);
    const probe = begin();
    const others = await Promise.all([call("OK"), call("OK"), call("OK")]);
    expect(others).toEqual(others.map(() => ({ code: "UPSTREAM_UNAVAILABLE", retryAfterMs: 500, sent: false })));
    probe.leave();
    probe.end("OK");
    expect((await probe.outcome).code).toBe("OK");
    expect(changes).toEqual(["OPEN", "HALF_OPEN", "CLOSED"]);
    await fail(4); // earlier counts are dropped
    expect(breaker.state()).toBe("CLOSED");
    expect((await call("OK")).code).toBe("OK");
  });

  test("also closes when the probe's own request is rejected", async () => {
    const { clock, breaker, call, fail } = useBreaker();
    await fail(5);
    await clock.advance(1_000);
    await call("UPSTREAM_REJECTED");
    expect(breaker.state()).toBe("CLOSED");
  });

  test("ignores a probe that was never sent or was canceled, and sends another", async () => {
    const { clock, breaker, begin, call, fail } = useBreaker();
    await fail(5);
    await clock.advance(1_000);
    const unsent = begin();
    unsent.giveUp();
    await unsent.outcome;
    expect(breaker.state()).toBe("HALF_OPEN");
    expect(await call("CANCELED")).toMatchObject({ code: "CANCELED", sent: true });
    expect(breaker.state()).toBe("HALF_OPEN");
    expect((await call("OK")).code).toBe("OK");
    expect(breaker.state()).toBe("CLOSED");
  });

  test("doubles its pause after each failed probe, up to 30 s, and starts over once it was closed", async () => {
    const { clock, call, fail } = useBreaker();
    await fail(5);
    const pauses: (number | undefined)[] = [];
    for (let round = 0; round < 7; round += 1) {
      const { retryAfterMs = 0 } = await call("OK");
      pauses.push(retryAfterMs);
      await clock.advance(retryAfterMs);
      await call("UPSTREAM_UNAVAILABLE");
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    await clock.advance(30_000);
    await call("OK");
    await fail(5);
    expect((await call("OK")).retryAfterMs).toBe(1_000);
  });

  test("spreads the probes of the replicas over half of the pause", async () => {
    const { call, fail } = useBreaker(() => 0);
    await fail(5);
    expect((await call("OK")).retryAfterMs).toBe(500);
  });
});

test("sliding counts expire in slices, of which at most eleven are stored", () => {
  const counts = new SlidingCounts(10_000);
  for (let atMs = 0; atMs < 100_000; atMs += 100) counts.add(atMs, atMs % 200 === 0);
  expect(counts.read(99_900)).toEqual({ total: 100, failures: 50 });
  expect(counts.read(104_900)).toEqual({ total: 50, failures: 25 });
  expect(counts.read(200_000)).toEqual({ total: 0, failures: 0 });
});
