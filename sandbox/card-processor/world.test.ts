import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { z } from "zod";
import { COMPANY } from "../shared/company.ts";
import { useSandbox, type TestSandbox } from "./testing.ts";

const amount = z.string().transform(BigInt);
const truthSchema = z.looseObject({
  sequence: z.string(),
  balances: z.array(z.object({ currency: z.string(), available: amount, pending: amount })),
  objects: z.looseObject({
    Payment: z.array(z.looseObject({ id: z.string(), capturedAmount: amount, refundedAmount: amount, amount })),
    LedgerEntry: z.array(
      z.looseObject({
        net: amount,
        gross: amount,
        fee: amount,
        currency: z.string(),
        settlementId: z.string().optional(),
      }),
    ),
    Settlement: z.array(
      z.looseObject({
        id: z.string(),
        net: z.object({ currencyCode: z.string(), units: amount, nanos: z.int() }),
        entryCount: z.int(),
      }),
    ),
  }),
});
const truthOf = async (sandbox: TestSandbox) => truthSchema.parse(await sandbox.control("GET", "truth"));
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, one) => total + one, 0n);
const EXPONENTS: Readonly<Record<string, bigint>> = { EUR: 2n, USD: 2n, JPY: 0n, KWD: 3n };

test("the same seed gives the same merchant, with balances that its ledger adds up to", async () => {
  const options = { payments: 200, nowMs: () => Date.parse("2026-11-30T12:00:00Z") };
  await using first = await useSandbox(options);
  await using second = await useSandbox(options);
  const truth = await truthOf(first);
  expect(await truthOf(second)).toEqual(truth);
  expect(truth.objects.Payment).toHaveLength(200);
  for (const { currency, available, pending } of truth.balances) {
    const own = truth.objects.LedgerEntry.filter((entry) => entry.currency === currency);
    expect(sum(own.map(({ net }) => net))).toBe(available + pending);
    for (const { gross, fee, net } of own) expect(net).toBe(gross - fee);
  }
  for (const payment of truth.objects.Payment) {
    expect(payment.capturedAmount).toBeLessThanOrEqual(payment.amount);
    expect(payment.refundedAmount).toBeLessThanOrEqual(payment.capturedAmount);
  }
});

test("a settlement pays out the sum of its ledger entries, in whole units and billionths", async () => {
  await using sandbox = await useSandbox({ payments: 200 });
  const { objects } = await truthOf(sandbox);
  expect(objects.Settlement.length).toBeGreaterThan(20);
  for (const { id, net, entryCount } of objects.Settlement) {
    const lines = objects.LedgerEntry.filter(({ settlementId }) => settlementId === id);
    expect(lines).toHaveLength(entryCount);
    const nanos = sum(lines.map((line) => line.net)) * 10n ** (9n - (EXPONENTS[net.currencyCode] ?? 0n));
    expect(net.units * 1_000_000_000n + BigInt(net.nanos)).toBe(nanos);
  }
});

test("settlements of a company go to its bank accounts, and what is due while it is closed happens at its start", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-card-"));
  const listed = z.object({ settlements: z.array(z.object({ id: z.string(), status: z.string() })) });
  const monday = Date.parse("2026-11-30T12:00:00Z");
  const look = async (nowMs: number) => {
    const statePath = join(folder, "world.jsonl");
    await using sandbox = await useSandbox({ payments: 400, company: COMPANY, statePath, nowMs: () => nowMs });
    return listed.parse(await sandbox.control("GET", "settlements")).settlements;
  };
  try {
    const before = await look(monday);
    const sent = before.filter(({ status }) => status === "sent").map(({ id }) => id);
    expect(sent.length).toBeGreaterThan(0);
    const after = await look(monday + 7 * 86_400_000);
    const statuses = new Map(after.map(({ id, status }) => [id, status]));
    expect(sent.map((id) => statuses.get(id))).toEqual(sent.map(() => "paid"));
    expect(after.length).toBeGreaterThan(before.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a restart restores the merchant, and tokens of lists and changes stay valid", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-card-"));
  try {
    const options = { seed: 5, payments: 60, statePath: join(folder, "world.jsonl") };
    const before = await (async () => {
      await using sandbox = await useSandbox(options);
      const { nextPageToken } = await sandbox.get("listPayments", { pageSize: 10 });
      const { resumeToken } = await firstChange(sandbox, "");
      await sandbox.control("POST", "activity", { count: 30 });
      return { truth: await truthOf(sandbox), nextPageToken, resumeToken: String(resumeToken), config: sandbox.config };
    })();
    appendFileSync(options.statePath, '"change"\t{"kind":"Pay'); // a line that was cut by a kill
    await using sandbox = await useSandbox({ ...options, payments: 999 });
    const { balances: _moving, ...truth } = await truthOf(sandbox);
    const { balances: _moved, ...expected } = before.truth;
    expect(truth).toEqual(expected);
    expect(sandbox.config.apiKey).toBe(before.config.apiKey);
    expect(await sandbox.call("listPayments", { pageSize: 10, pageToken: before.nextPageToken })).toMatchObject({
      ok: true,
    });
    const change = await firstChange(sandbox, before.resumeToken);
    expect(change.object).not.toBe("tokenTooOld");
    expect(change.object).not.toBe("heartbeat");
    await sandbox.control("POST", "activity", { count: 1 });
    expect(BigInt((await truthOf(sandbox)).sequence)).toBeGreaterThan(BigInt(before.truth.sequence));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function firstChange(sandbox: TestSandbox, resumeToken: string): Promise<Readonly<Record<string, unknown>>> {
  const stream = sandbox.changes(resumeToken);
  stream.on("error", () => undefined); // canceled below
  const change = await new Promise<Readonly<Record<string, unknown>>>((resolve) => stream.once("data", resolve));
  stream.cancel();
  return change;
}
