import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { COMPANY } from "../../sandbox/shared/company.ts";
import { mod97 } from "../../sandbox/shared/check-digits.ts";
import { callSandbox } from "./control-api.ts";
import { type DemoSandboxes, startSandboxes } from "./sandboxes.ts";

const DAY_MS = 86_400_000;
const NOON = Date.parse("2027-03-14T12:00:00Z"); // a Sunday

const minor = z.string().transform(BigInt);
const statementSchema = z.object({
  account: z.object({ iban: z.string() }),
  from: z.string(),
  to: z.string(),
  opening: minor,
  closing: minor,
  isBalanced: z.boolean(),
});
const truthSchema = z.object({
  accounts: z.array(z.object({ iban: z.string(), owner: z.string(), currency: z.string() })),
  files: z.array(z.object({ kind: z.string(), statements: z.array(z.unknown()) })),
});
const movementSchema = z.object({
  key: z.string(),
  iban: z.string(),
  amount: z.string(),
  isPending: z.boolean(),
  day: z.string(),
});
const payoutSchema = z.object({
  id: z.string(),
  status: z.string(),
  currency: z.string(),
  amount: z.string(),
  arrivesOn: z.string(),
  traceId: z.string().nullable(),
});
const feedSchema = z.object({
  accounts: z.array(z.object({ id: z.string(), currency: z.string(), booked: z.string() })),
  transactions: z.array(z.object({ id: z.string(), accountId: z.string(), amount: z.string(), pending: z.boolean() })),
});

async function look({ urlOf }: DemoSandboxes) {
  const get = (name: string, path: string) => callSandbox(urlOf(name), { method: "GET", path });
  const { files, accounts } = truthSchema.parse(await get("iso20022-bank", "truth"));
  const { movements } = z
    .object({ movements: z.array(movementSchema) })
    .parse(await get("iso20022-bank", "movements?from=2026-01-01"));
  const { payouts } = z.object({ payouts: z.array(payoutSchema) }).parse(await get("stripe", "payouts"));
  const statements = files
    .filter(({ kind }) => kind === "camt.053")
    .flatMap((file) => file.statements.map((statement) => statementSchema.parse(statement)));
  return { accounts, statements, movements, payouts, feed: feedSchema.parse(await get("plaid", "truth")) };
}
type Look = Awaited<ReturnType<typeof look>>;

const dateAt = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

/** A decimal number in millionths. */
function millionths(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const units = BigInt(whole + fraction.padEnd(6, "0"));
  return decimal.startsWith("-") ? -units : units;
}

let folder: string;
let today: Look;
let tomorrow: Look;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-company-"));
  const lookAt = async (nowMs: number): Promise<Look> => {
    const sandboxes = await startSandboxes(folder, { nowMs: () => nowMs, activityMs: 0 });
    try {
      return await look(sandboxes);
    } finally {
      await sandboxes.close();
    }
  };
  today = await lookAt(NOON);
  tomorrow = await lookAt(NOON + DAY_MS);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the bank of the demo's company", () => {
  test("has an account with a valid IBAN in every currency, all of the company's", () => {
    expect(today.accounts.map(({ owner }) => owner)).toEqual(COMPANY.accounts.map(() => COMPANY.name));
    for (const { iban } of today.accounts) expect(mod97(iban.slice(4) + iban.slice(0, 4))).toBe(1);
    expect(new Set(today.accounts.map(({ iban }) => iban.slice(-4))).size).toBe(COMPANY.accounts.length);
  });

  test.each([
    ["at first", () => today, NOON],
    ["a day later", () => tomorrow, NOON + DAY_MS],
  ])("has statements up to yesterday, balanced and continuous, with plausible balances: %s", (_when, at, nowMs) => {
    const { statements } = at();
    expect(
      statements
        .map(({ to }) => to)
        .toSorted()
        .at(-1),
    ).toBe(dateAt(nowMs - DAY_MS));
    expect(statements.filter(({ isBalanced }) => !isBalanced)).toEqual([]);
    for (const [, own] of Map.groupBy(statements, ({ account }) => account.iban)) {
      const ordered = own.toSorted((a, b) => (a.to < b.to ? -1 : 1));
      expect(ordered.map(({ from, to }) => from === to)).not.toContain(false);
      expect(ordered.slice(1).map(({ opening }) => opening)).toEqual(
        ordered.slice(0, -1).map(({ closing }) => closing),
      );
      for (const { closing } of ordered) expect(closing).toBeGreaterThan(0n);
    }
    const euros = statements.filter(({ account }) => account.iban === COMPANY.accounts[0]?.iban);
    expect(new Set(euros.map(({ to }) => to)).size).toBe(Math.round((nowMs - NOON) / DAY_MS) + 90);
  });

  test("continues from what it had published: the second day adds one to the first", () => {
    expect(tomorrow.statements.slice(0, today.statements.length)).toEqual(today.statements);
    expect(new Set(tomorrow.statements.slice(today.statements.length).map(({ to }) => to))).toEqual(
      new Set([dateAt(NOON)]),
    );
  });
});

describe("payouts of the processor", () => {
  test("arrive at the bank with their amount, but for one that is lost, and those that are returned", () => {
    for (const { payouts, movements } of [today, tomorrow]) {
      const booked = new Map(movements.map((movement) => [movement.key, movement]));
      const paid = payouts.filter(
        ({ status, arrivesOn }) => status === "paid" && arrivesOn < dateAt(NOON - 4 * DAY_MS),
      );
      expect(paid.length).toBeGreaterThan(80);
      expect(paid.filter(({ id }) => !booked.has(id)).map(({ currency }) => currency)).toEqual(["GBP"]);
      for (const { id, amount, currency } of paid) {
        const movement = booked.get(id);
        if (movement === undefined) continue;
        expect(millionths(movement.amount)).toBe(millionths(amount));
        expect(COMPANY.accounts.find(({ iban }) => iban === movement.iban)?.currency).toBe(currency);
      }
      expect(payouts.filter(({ id, status }) => status !== "paid" && booked.has(id))).toEqual([]);
    }
  });

  test("are booked on weekdays, on the day that the processor says or the Monday after it", () => {
    const days = new Map(tomorrow.movements.map(({ key, day }) => [key, day]));
    for (const { id, arrivesOn } of tomorrow.payouts) {
      const day = days.get(id);
      if (day === undefined) continue;
      expect([0, 6]).not.toContain(new Date(day).getUTCDay());
      expect((Date.parse(day) - Date.parse(arrivesOn)) / DAY_MS).toBeLessThanOrEqual(2);
      expect(day >= arrivesOn).toBe(true);
    }
  });

  test("that were in transit have arrived a day later", () => {
    const young = today.payouts.filter(({ status }) => status === "in_transit").map(({ id }) => id);
    expect(young.length).toBeGreaterThan(0);
    const later = tomorrow.payouts.filter(({ id }) => young.includes(id));
    expect(later.map(({ status, traceId }) => [status, traceId === null])).toEqual(young.map(() => ["paid", false]));
    const booked = new Set(tomorrow.movements.map(({ key }) => key));
    expect(later.filter(({ id }) => !booked.has(id))).toEqual([]);
  });
});

test("the account feed has the movements and the balances of the bank's operating accounts, booked and pending", () => {
  for (const { feed, movements } of [today, tomorrow]) {
    const operating = COMPANY.accounts.filter(({ isOperating }) => isOperating);
    for (const [index, account] of operating.entries()) {
      const displayed = feed.accounts[index]; // a card follows them
      if (displayed?.currency !== account.currency) throw new Error(`no account in ${account.currency}`);
      const own = movements.filter(({ iban }) => iban === account.iban);
      const fed = feed.transactions.filter(({ accountId }) => accountId === displayed.id);
      const sorted = (amounts: readonly string[]) => amounts.map(millionths).toSorted((a, b) => (a < b ? -1 : 1));
      for (const isPending of [true, false])
        expect(sorted(fed.filter(({ pending }) => pending === isPending).map(({ amount }) => amount))).toEqual(
          sorted(own.filter((one) => one.isPending === isPending).map(({ amount }) => amount)),
        );
      const sum = own.filter((one) => !one.isPending).reduce((total, { amount }) => total + millionths(amount), 0n);
      const opening = account.openingMinor * 10n ** BigInt(6 - account.exponent);
      expect(millionths(displayed.booked)).toBe(opening + sum);
    }
  }
});
