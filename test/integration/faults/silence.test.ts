import { describe, expect, test } from "@jest/globals";
import { singleBucket } from "../../../src/connector-api/budget.ts";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startFaultProxy } from "../../helpers/fault-proxy.ts";
import { get, failureOf, openGateway, outcomeOf } from "./calls.ts";

/** The interactive lane's. */
const DEADLINE_MS = 5_000;

describe("a response that", () => {
  test.concurrent.each([
    ["never comes", { neverRespond: true }],
    ["arrives at one byte a second", { slowBodies: { value: 1 } }],
  ])("%s ends at the lane's deadline, and permit and socket are free again (F24)", async (_name, fault) => {
    await using sandbox = await useSandbox();
    await using proxy = await startFaultProxy(sandbox.url);
    await sandbox.control("POST", "faults", { ...fault, count: 1 });
    await using gateway = openGateway(proxy.url, {
      budget: singleBucket({ requestsPerSecond: 100, maxConcurrent: 1 }),
    });
    const startedMs = performance.now();
    const stuck = failureOf(gateway.send(get(sandbox, "/v1/account"), "interactive"));
    // Queued in the same lane, for the one permit and the one socket, with a deadline of its own.
    await eventually("the first to leave", () => gateway.budget.permits.load().calls === 1);
    const next = outcomeOf(gateway.send(get(sandbox, "/v1/balance"), "refetch"));
    const error = await stuck;
    const tookMs = performance.now() - startedMs;
    expect([error.code, error.retryable]).toEqual(["UPSTREAM_UNAVAILABLE", true]);
    expect(tookMs).toBeGreaterThan(DEADLINE_MS - 100);
    expect(tookMs).toBeLessThan(20_000); // the next bound would be 30 s of silence, and there is none for slow bytes
    expect(await next).toBe(200);
    expect(proxy.opened()).toBe(2);
    await eventually("the first socket to be closed", () => proxy.connections() <= 1);
    expect(gateway.budget.permits.load()).toEqual({ calls: 0, needed: 0 });
  });
});
