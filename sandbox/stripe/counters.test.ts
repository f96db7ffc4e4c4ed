import { request } from "node:http";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { eventually } from "../../test/helpers/eventually.ts";
import { callControlText } from "../shared/call-control.ts";
import { countsOf, useSandbox, type TestSandbox } from "./testing.ts";

const arrivalLine = z.strictObject({
  atMs: z.number(),
  sinceMs: z.number(),
  key: z.string(),
  method: z.string(),
  path: z.string(),
  idempotencyKey: z.string().nullable(),
  status: z.number(),
});

async function arrivalsOf(sandbox: TestSandbox, query = ""): Promise<z.infer<typeof arrivalLine>[]> {
  const text = await callControlText(sandbox.url, { method: "GET", path: `arrivals${query}` });
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => arrivalLine.parse(JSON.parse(line)));
}

describe("counters of the sandbox", () => {
  test("count by key, by sliding second and by clock second", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "rate-limit", { perSecond: 0.001, burst: 6 });
    const before = Date.now();
    await Promise.all(Array.from({ length: 10 }, () => sandbox.stripe.balance.retrieve().catch(() => undefined)));
    const counts = await countsOf(sandbox);
    expect(counts).toMatchObject({
      arrived: 10,
      accepted: 6,
      refused: 4,
      permits: 6,
      peakPerSecond: 10,
      peakAcceptedPerSecond: 6,
    });
    // The wall clock may have been set between the process's start and now.
    expect(Math.abs((counts.firstAtMs ?? 0) - before)).toBeLessThan(60_000);
    expect(counts.lastAtMs).toBeGreaterThan(counts.firstAtMs ?? Infinity);
    const sum = (column: 1 | 2) => counts.perSecond.reduce((total, row) => total + row[column], 0);
    expect([sum(1), sum(2)]).toEqual([6, 4]);
    await sandbox.control("DELETE", "counters");
    expect(await countsOf(sandbox)).toMatchObject({ arrived: 0, peakPerSecond: 0, firstAtMs: null, perSecond: [] });
    expect(await arrivalsOf(sandbox)).toEqual([]);
  });

  test("count a request when it arrives, even if it is never answered and its body never ends", async () => {
    await using sandbox = await useSandbox();
    await sandbox.control("POST", "faults", { neverRespond: true, count: 1 });
    const giveUp = new AbortController();
    const headers = { Authorization: `Bearer ${sandbox.config.apiKey}` };
    const silent = fetch(`${sandbox.url}/v1/balance`, { headers, signal: giveUp.signal });
    const endless = request(`${sandbox.url}/v1/customers`, { method: "POST", headers });
    endless.on("error", () => {}); // the connection is closed below
    endless.write("name=A");
    const cut = silent.catch(() => undefined);
    await eventually("both requests are in progress", async () => (await countsOf(sandbox)).concurrentPeak === 2);
    expect((await arrivalsOf(sandbox)).map(({ status }) => status)).toEqual([0, 0]);
    giveUp.abort();
    endless.destroy();
    await cut;
    await eventually("no request is in progress", async () => {
      await sandbox.control("DELETE", "counters");
      return (await countsOf(sandbox)).concurrentPeak === 0;
    });
  });

  test("keys that the account does not have are counted together", async () => {
    await using sandbox = await useSandbox();
    for (const key of ["sk_a", "sk_b", ""]) {
      await fetch(`${sandbox.url}/v1/balance`, { headers: { Authorization: `Bearer ${key}` } });
    }
    expect(await countsOf(sandbox, "unknown")).toMatchObject({ arrived: 3, accepted: 3 });
    await expect(countsOf(sandbox, "sk_a")).rejects.toThrow("nothing was counted");
  });
});

describe("the log of arrivals", () => {
  test("lists each request in order, with its outcome", async () => {
    await using sandbox = await useSandbox();
    const { stripe } = sandbox;
    const { id } = await stripe.customers.create({ name: "Ada" }, { idempotencyKey: "key-1" });
    await stripe.customers.retrieve(id);
    await sandbox.control("POST", "faults", { burst429: 1 });
    await stripe.customers.list().catch(() => undefined);
    await fetch(`${sandbox.url}/v1/balance`);
    const all = await arrivalsOf(sandbox);
    const key = sandbox.config.apiKey;
    expect(all).toMatchObject([
      { key, method: "POST", path: "/v1/customers", idempotencyKey: "key-1", status: 200 },
      { key, method: "GET", path: "/v1/customers/:id", idempotencyKey: null, status: 200 },
      { key, method: "GET", path: "/v1/customers", idempotencyKey: null, status: 429 },
      { key: "unknown", method: "GET", path: "/v1/balance", idempotencyKey: null, status: 401 },
    ]);
    expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    expect(await arrivalsOf(sandbox, `?key=${key}`)).toHaveLength(3);
  });
});
