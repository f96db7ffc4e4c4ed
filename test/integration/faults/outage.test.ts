import { describe, expect, test } from "@jest/globals";
import { setImmediate } from "node:timers/promises";
import { singleBucket } from "../../../src/connector-api/budget.ts";
import { countsOf, useSandbox } from "../../../sandbox/stripe/testing.ts";
import type { BreakerState } from "../../../src/upstream/breaker.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startHttpServer } from "../../helpers/local-server.ts";
import { createVirtualClock } from "../../helpers/virtual-clock.ts";
import { get, openGateway, outcomeOf } from "./calls.ts";

const MINUTE_MS = 60_000;

/** The maximum number of `timesMs` within any second, wherever it begins. */
function peakPerSecond(timesMs: readonly number[]): number {
  let from = 0;
  let peak = 0;
  for (const [to, timeMs] of timesMs.entries()) {
    while ((timesMs[from] ?? timeMs) <= timeMs - 1_000) from += 1;
    peak = Math.max(peak, to - from + 1);
  }
  return peak;
}

describe("an upstream that answers 500 for half an hour at full load", () => {
  const PER_SECOND = 20;

  test("gets at most 1.2 times the calls, and no overload when it recovers (F22)", async () => {
    const clock = createVirtualClock();
    const arrivedMs: number[] = [];
    let isDown = true;
    await using server = await startHttpServer((_request, response) => {
      arrivedMs.push(clock.epochMs());
      response.writeHead(isDown ? 500 : 200, { "content-type": "application/json" }).end("{}");
    });
    const states: BreakerState[] = [];
    await using gateway = openGateway(server.url, {
      clock,
      budget: singleBucket({ requestsPerSecond: PER_SECOND, maxConcurrent: 10 }),
      random: () => 0.5,
      onBreaker: (state) => states.push(state),
    });
    let requested = 0;
    const ended: (number | string)[] = [];
    const ask = (): void => {
      requested += 1;
      void outcomeOf(gateway.send({ method: "GET", path: "/", headers: {} })).then((outcome) => ended.push(outcome));
    };
    /** The clock does not advance while a call is at the upstream. */
    const goOn = async (durationMs: number): Promise<void> => {
      for (let elapsedMs = 0; elapsedMs < durationMs; elapsedMs += 25) {
        await clock.advance(25);
        while (gateway.budget.permits.load().calls > 0) await setImmediate();
      }
    };

    for (let second = 0; second < 1_800; second += 1) {
      for (let call = 0; call < PER_SECOND; call += 1) ask();
      await goOn(1_000);
    }
    const beganMs = arrivedMs[0] ?? 0;
    const arrivedAfter = (fromMs: number): number => arrivedMs.filter((atMs) => atMs >= fromMs).length;
    expect(requested).toBe(36_000);
    expect(arrivedMs.length).toBeLessThanOrEqual(requested * 1.2);
    // Opened by the first failed calls; from the third minute on only a probe every 15 to 30 s and its retries.
    expect([states[0], new Set(states.slice(1))]).toEqual(["OPEN", new Set(["HALF_OPEN", "OPEN"])]);
    expect(arrivedAfter(beganMs) - arrivedAfter(beganMs + 10_000)).toBeLessThanOrEqual(40);
    expect(arrivedAfter(beganMs + 3 * MINUTE_MS)).toBeLessThanOrEqual(27 * 4 + 4);
    expect(arrivedAfter(beganMs + 3 * MINUTE_MS)).toBeGreaterThanOrEqual(27 * 2);

    isDown = false;
    const healedMs = clock.epochMs();
    for (let call = 0; call < 500; call += 1) ask(); // all calls have waited for it
    await goOn(100_000);
    for (let call = 0; call < 500; call += 1) ask();
    await goOn(100_000);
    expect(ended.length).toBe(requested);
    expect(ended.slice(-500)).toEqual(Array.from({ length: 500 }, () => 200));
    expect(gateway.breaker()).toBe("CLOSED");
    expect(peakPerSecond(arrivedMs)).toBeLessThanOrEqual(PER_SECOND);
    expect(arrivedAfter(healedMs)).toBeGreaterThanOrEqual(500);
  });
});

describe("a sandbox that answers 500", () => {
  const PER_SECOND = 50;

  /** Makes calls at an even pace, as fast as the budget allows, until it is stopped. */
  function load(ask: () => Promise<number | string>) {
    const counts = { requested: 0, answered: 0, ended: 0 };
    const timer = setInterval(
      () => {
        counts.requested += 1;
        void ask().then((outcome) => {
          counts.ended += 1;
          if (outcome === 200) counts.answered += 1;
        });
      },
      1_000 / (2 * PER_SECOND),
    );
    return { counts, stop: () => clearInterval(timer) };
  }

  test("gets few calls meanwhile, and never more than its limit afterwards (F22)", async () => {
    await using sandbox = await useSandbox({ payments: 2 });
    const quota = PER_SECOND * 1.06; // including calls that are delayed together on the way
    const limit = { name: "account", kind: "sliding-window", quota, windowMs: 1_000 };
    await sandbox.control("POST", "limits", { limits: [limit] });
    await sandbox.control("POST", "faults", { rate500: true });
    await using gateway = openGateway(sandbox.url, {
      budget: singleBucket({ requestsPerSecond: PER_SECOND, maxConcurrent: 10 }),
      random: Math.random,
    });
    const { counts, stop } = load(() => outcomeOf(gateway.send(get(sandbox, "/v1/balance"))));
    try {
      await eventually("the breaker to open", () => gateway.breaker() === "OPEN");
      const openedAt = { arrived: (await countsOf(sandbox)).arrived, requested: counts.requested };
      await eventually("100 calls more", () => counts.requested >= openedAt.requested + 100);
      const { arrived } = await countsOf(sandbox);
      expect(arrived).toBeLessThanOrEqual(counts.requested * 1.2);
      expect(arrived - openedAt.arrived).toBeLessThanOrEqual(10 + 5 * 5); // those in progress, and probes with their retries
      await sandbox.control("DELETE", "faults");
      await eventually("it to be used again", () => counts.answered >= 60);
    } finally {
      stop();
    }
    await eventually("all calls to end", () => counts.ended === counts.requested);
    expect((await countsOf(sandbox)).refused).toBe(0);
  });
});
