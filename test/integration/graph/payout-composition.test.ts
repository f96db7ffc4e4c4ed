import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { entityId } from "../../../src/domain/ids.ts";
import { truthOf } from "../../../sandbox/stripe/testing.ts";
import { type FreshWorld, SOURCE_ID, useFreshWorld } from "../../helpers/fresh-world.ts";
import type { GraphServer } from "../../helpers/graph-server.ts";

let world: FreshWorld;
let graph: GraphServer;
let manual: string;
beforeAll(async () => {
  world = await useFreshWorld(250, {
    async prepare({ stripe, control }) {
      const { available } = await stripe.balance.retrieve();
      const { currency = "" } = available.find(({ amount }) => amount >= 1_000) ?? {};
      manual = (await stripe.payouts.create({ amount: 1_000, currency, method: "instant" })).id;
      for (const other of available) await control("POST", "payouts", { currency: other.currency });
    },
  });
  graph = await world.open();
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const money = z.object({ minor: z.string().transform(BigInt), currency: z.string() });
const payout = z.object({
  externalId: z.string(),
  amount: money,
  composition: z.object({
    state: z.string(),
    lineCount: z.number().nullable(),
    sum: money.nullable(),
    difference: money.nullable(),
    completeSince: z.string().nullable(),
  }),
  ledgerEntries: z.object({
    nodes: z.array(
      z.object({
        externalId: z.string(),
        net: money,
        payout: z.object({ externalId: z.string() }).nullable(),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean() }),
  }),
  ownLedgerEntries: z.object({
    nodes: z.array(z.object({ net: money, origin: z.object({ externalId: z.string() }) })),
  }),
});

const FIELDS = `{
  externalId amount { minor currency }
  composition { state lineCount sum { minor currency } difference { minor currency } completeSince }
  ledgerEntries(first: 100) { nodes { externalId net { minor currency } payout { externalId } } pageInfo { hasNextPage } }
  ownLedgerEntries { nodes { net { minor currency } origin { ... on Payout { externalId } } } }
}`;

async function payoutOf(externalId: string) {
  const id = entityId("acme", SOURCE_ID, "Payout", externalId);
  const { data, errors } = await graph.query(`{ payout(id: "${id}") ${FIELDS} }`);
  expect(errors).toEqual([]);
  return payout.parse(data.payout);
}

test("C12: an automatic payout has the lines that add up to it, separate from its own entry", async () => {
  const { objects } = await truthOf(world.sandbox, "payout");
  const automatic = objects.filter((one) => one["automatic"] && one["reconciliation_status"] === "completed");
  expect(automatic.length).toBeGreaterThan(20);
  for (const { id, amount } of automatic) {
    const actual = await payoutOf(id);
    const lines = actual.ledgerEntries.nodes;
    expect(actual.amount.minor).toBe(actual.composition.sum?.minor);
    expect(actual.composition).toMatchObject({ state: "COMPLETE", difference: { minor: 0n } });
    expect(actual.composition.completeSince).not.toBeNull();
    expect(lines.map((line) => line.payout?.externalId)).toEqual(lines.map(() => id));
    expect(actual.ledgerEntries.pageInfo.hasNextPage).toBe(false);
    expect(lines).toHaveLength(actual.composition.lineCount ?? -1);
    expect(lines.reduce((sum, { net }) => sum + net.minor, 0n)).toBe(actual.amount.minor);
    // The payout's own entry, with the opposite sign, and the one that returned a failed payout.
    expect(actual.ownLedgerEntries.nodes.map(({ origin }) => origin.externalId)).toContain(id);
    expect(actual.ownLedgerEntries.nodes.at(-1)?.net.minor).toBe(-actual.amount.minor);
    expect(Number(amount)).not.toBe(0);
  }
});

test("C12: a manual or an instant payout reports that the provider does not break it down", async () => {
  const actual = await payoutOf(manual);
  expect(actual.composition).toEqual({
    state: "NOT_DISCLOSED",
    lineCount: null,
    sum: null,
    difference: null,
    completeSince: null,
  });
  expect(actual.ledgerEntries.nodes).toEqual([]);
  expect(actual.ownLedgerEntries.nodes).toHaveLength(1);
});

const proofs = z.object({
  payouts: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string() }),
    nodes: z.array(
      z.object({
        amount: money,
        proof: z.object({
          state: z.string(),
          basis: z.string(),
          lines: z.array(
            z.object({
              kind: z.string(),
              amount: money,
              entryCount: z.number(),
              ledgerEntries: z.object({
                nodes: z.array(z.object({ gross: money, fee: money })),
                totalCount: z.object({ count: z.number() }),
              }),
            }),
          ),
          residue: z.array(z.object({ kind: z.string(), amount: money })),
        }),
      }),
    ),
  }),
});

test("C12: the lines of a proof are groups whose entries are reachable and add up", async () => {
  const listed: z.infer<typeof proofs>["payouts"]["nodes"] = [];
  for (let after: string | null = null, hasMore = true; hasMore;) {
    const position: string = after === null ? "" : `, after: "${after}"`;
    const { data, errors } = await graph.query(`{ payouts(first: 5${position}) { pageInfo { hasNextPage endCursor }
      nodes { amount { minor currency } proof { state basis
        lines { kind amount { minor currency } entryCount
          ledgerEntries(first: 50) { nodes { gross { minor currency } fee { minor currency } } totalCount { count } } }
        residue { kind amount { minor currency } } } } } }`);
    expect(errors).toEqual([]);
    const { nodes, pageInfo } = proofs.parse(data).payouts;
    listed.push(...nodes.filter(({ proof }) => proof.basis === "LISTED_ENTRIES" && proof.state !== "PENDING"));
    [after, hasMore] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  expect(listed.length).toBeGreaterThan(20);
  for (const { amount, proof } of listed) {
    expect(proof).toMatchObject({ state: "PROVEN", residue: [] });
    expect(proof.lines.reduce((sum, line) => sum + line.amount.minor, 0n)).toBe(amount.minor);
    for (const { kind, amount: total, entryCount, ledgerEntries } of proof.lines) {
      const parts = ledgerEntries.nodes.map(({ gross, fee }) => (kind.endsWith("FEES") ? -fee.minor : gross.minor));
      expect(ledgerEntries.totalCount.count).toBe(entryCount);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total.minor);
    }
  }
  const kinds = new Set(listed.flatMap(({ proof }) => proof.lines.map(({ kind }) => kind)));
  expect([...kinds]).toEqual(expect.arrayContaining(["CHARGES", "REFUNDS", "FEES"]));
});

test("C12: an automatic payout that the provider still reconciles reports that its lines are pending", async () => {
  const { objects } = await truthOf(world.sandbox, "payout");
  const open = objects.filter((one) => one["reconciliation_status"] === "in_progress");
  expect(open.length).toBeGreaterThan(0);
  for (const { id } of open) {
    const actual = await payoutOf(id);
    expect(actual.composition).toMatchObject({
      state: "PENDING",
      lineCount: 0,
      sum: { minor: 0n },
      completeSince: null,
    });
    expect(actual.ledgerEntries.nodes).toEqual([]);
  }
});
