import type { Rule } from "./limit.ts";
import type { Meter } from "./meter.ts";
import { createWindowLog } from "./window-log.ts";

/** `Retry-After` for a client rejected for concurrency: the time at which a permit is returned is unknown. */
const CONCURRENCY_WAIT_MS = 1000;

/**
 * Number of permits that a bucket may lack and still admit a request: the rounding error of refilling in small steps.
 */
const ROUNDING = 1e-6;

/** Creates a meter with all permits free. */
export function createMeter(rule: Rule): Meter {
  switch (rule.kind) {
    case "token-bucket":
      return createTokenBucket(rule);
    case "fixed-window":
      return createFixedWindow(rule);
    case "sliding-window":
      return createSlidingWindow(rule);
    case "concurrency":
      return createConcurrency(rule);
  }
}

function createTokenBucket({ perSecond, burst }: Rule & { kind: "token-bucket" }): Meter {
  let tokens = burst;
  let refilledAtMs = 0;
  const refill = (nowMs: number): void => {
    tokens = Math.min(burst, tokens + ((nowMs - refilledAtMs) / 1000) * perSecond);
    refilledAtMs = nowMs;
  };
  return {
    waitMs(cost, nowMs) {
      refill(nowMs);
      return tokens + ROUNDING >= cost ? 0 : ((cost - tokens) / perSecond) * 1000;
    },
    take(cost) {
      tokens -= cost;
    },
    release() {},
    reading(nowMs) {
      refill(nowMs);
      return {
        remaining: Math.max(0, Math.floor(tokens + ROUNDING)),
        resetMs: ((burst - tokens) / perSecond) * 1000,
      };
    },
  };
}

function createFixedWindow({ quota, windowMs }: Rule & { kind: "fixed-window" }): Meter {
  let window = 0;
  let used = 0;
  const turn = (nowMs: number): void => {
    const current = Math.floor(nowMs / windowMs);
    if (current !== window) used = 0;
    window = current;
  };
  const resetMs = (nowMs: number): number => (window + 1) * windowMs - nowMs;
  return {
    waitMs(cost, nowMs) {
      turn(nowMs);
      return used + cost <= quota ? 0 : resetMs(nowMs);
    },
    take(cost) {
      used += cost;
    },
    release() {},
    reading(nowMs) {
      turn(nowMs);
      return { remaining: quota - used, resetMs: resetMs(nowMs) };
    },
  };
}

function createSlidingWindow({ quota, windowMs }: Rule & { kind: "sliding-window" }): Meter {
  const log = createWindowLog(windowMs);
  return {
    waitMs(cost, nowMs) {
      const excess = log.sum(nowMs) + cost - quota;
      return excess <= 0 ? 0 : log.freeAtMs(excess) - nowMs;
    },
    take: (cost, nowMs) => log.add(nowMs, cost),
    release() {},
    reading(nowMs) {
      const used = log.sum(nowMs);
      return { remaining: quota - used, resetMs: used === 0 ? 0 : log.freeAtMs(used) - nowMs };
    },
  };
}

function createConcurrency({ concurrency }: Rule & { kind: "concurrency" }): Meter {
  let used = 0;
  return {
    waitMs: (cost) => (used + cost <= concurrency ? 0 : CONCURRENCY_WAIT_MS),
    take(cost) {
      used += cost;
    },
    release(cost) {
      used -= cost;
    },
    reading: () => ({ remaining: concurrency - used, resetMs: undefined }),
  };
}
