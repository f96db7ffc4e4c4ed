import { describe, expect, test } from "@jest/globals";
import { createLoop, type Loop, type LoopOptions } from "./loop.ts";

/** A loop whose rounds the test observes and ends. */
function observed(options: Partial<LoopOptions> & Pick<LoopOptions, "round">): Loop & AsyncDisposable {
  const loop = createLoop({ pollMs: 60_000, random: () => 0, onError: () => undefined, ...options });
  return { ...loop, [Symbol.asyncDispose]: () => loop.close(5_000) };
}

describe("a loop", () => {
  test("continues at once while there is more work, then waits until it is woken", async () => {
    let rounds = 0;
    let reached = Promise.withResolvers<void>();
    await using loop = observed({
      round: () => {
        rounds += 1;
        if (rounds >= 3) reached.resolve();
        return Promise.resolve(rounds < 3);
      },
    });
    loop.start();
    await reached.promise;
    reached = Promise.withResolvers();
    expect(rounds).toBe(3);
    loop.wake();
    await reached.promise;
    expect(rounds).toBe(4);
  });

  test("does not wait when it was woken during a round", async () => {
    let rounds = 0;
    const again = Promise.withResolvers<void>();
    await using loop = observed({
      round: () => {
        rounds += 1;
        if (rounds === 1) loop.wake();
        else again.resolve();
        return Promise.resolve(false);
      },
    });
    loop.start();
    await again.promise;
    expect(rounds).toBe(2);
  });

  test("polls after its interval", async () => {
    const second = Promise.withResolvers<void>();
    let rounds = 0;
    await using loop = observed({
      pollMs: 5,
      round: () => {
        rounds += 1;
        if (rounds === 2) second.resolve();
        return Promise.resolve(false);
      },
    });
    loop.start();
    await second.promise;
    expect(rounds).toBeGreaterThanOrEqual(2);
  });

  test("continues after failures, counts consecutive ones, and pauses even when it is woken", async () => {
    const failures: number[] = [];
    const done = Promise.withResolvers<void>();
    let rounds = 0;
    await using loop = observed({
      random: () => 0.5,
      round: () => {
        rounds += 1;
        if (rounds === 4) done.resolve();
        return rounds < 4 ? Promise.reject(new Error("away")) : Promise.resolve(false);
      },
      onError: (_reason, count) => {
        failures.push(count);
        loop.wake();
      },
    });
    const startedAtMs = performance.now();
    loop.start();
    await done.promise;
    expect(failures).toEqual([1, 2, 3]);
    expect(performance.now() - startedAtMs).toBeGreaterThan(25 + 50 + 100 - 10); // timers may be a little early
  });

  test("aborts the current round when it is closed, and starts no other", async () => {
    const begun = Promise.withResolvers<void>();
    let rounds = 0;
    const loop = observed({
      round: (signal) => {
        rounds += 1;
        begun.resolve();
        return new Promise((resolve) => signal.addEventListener("abort", () => resolve(true)));
      },
    });
    loop.start();
    await begun.promise;
    await loop.close(5_000);
    loop.wake();
    expect(rounds).toBe(1);
  });

  test("does not wait beyond the deadline for a round that does not end", async () => {
    const loop = observed({ round: () => new Promise(() => undefined) });
    loop.start();
    const startedAtMs = performance.now();
    await loop.close(50);
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });
});
