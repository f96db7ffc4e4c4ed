import { describe, expect, test } from "@jest/globals";
import { missing, pageOf, type ScriptedAnswer, startScriptedStripe } from "./fixtures/list-server.ts";
import { fixture } from "./fixtures/load.ts";
import { all, cursorsOf, DAY, eventOf, NOW, read } from "./fixtures/reading.ts";
import type { StripeMessage } from "./pass.ts";

const stream = "payout_lines";

function payout(id: string, changes: Readonly<Record<string, unknown>> = {}) {
  const base = { id, amount: 9000, automatic: true, reconciliation_status: "completed", created: NOW - 60 };
  return { ...fixture("payout-expanded"), ...base, destination: "ba_1", ...changes };
}

function line(id: string, net: number, source: string) {
  return { ...fixture("balance-transaction"), id, amount: net, fee: 0, net, source, created: NOW - 120 };
}

/** The case: 100.00, -7.00 and -3.00, and the payout's own entry of the opposite sign. */
const LINES = [
  line("txn_own", -9000, "po_1"),
  line("txn_3", -300, "re_1"),
  line("txn_2", -700, "ch_2"),
  line("txn_1", 10_000, "ch_1"),
];

const MANUAL: ScriptedAnswer = {
  status: 400,
  json: {
    error: { message: "can only be filtered on automatic transfers", param: "payout", type: "invalid_request_error" },
  },
};

function startStripe(
  payouts: readonly ReturnType<typeof payout>[],
  events: readonly ReturnType<typeof eventOf>[] = [],
) {
  return startScriptedStripe(
    (url) => {
      if (url.pathname === "/v1/payouts") return pageOf(url, payouts as never); // fixtures have an id and a time
      if (url.pathname === "/v1/events") return pageOf(url, events);
      const of = url.searchParams.get("payout");
      if (url.pathname !== "/v1/balance_transactions" || of === null) return missing("id");
      const found = payouts.find(({ id }) => id === of);
      return found === undefined || found.automatic !== true ? MANUAL : pageOf(url, LINES as never);
    },
    () => NOW,
  );
}

const linesOf = (messages: readonly StripeMessage[]) =>
  messages.flatMap((message) => (message.type === "payoutLines" ? [message] : []));
const linesRequests = (requests: readonly URL[]) => requests.filter(({ searchParams }) => searchParams.has("payout"));

describe("the lines of a payout", () => {
  test("C12: of an automatic payout are separate from its own ledger entry, and add up to it", async () => {
    await using stripe = await startStripe([payout("po_1")]);
    const messages = await all(read(stripe, { stream }));
    expect(linesOf(messages)).toEqual([
      {
        type: "payoutLines",
        payoutExternalId: "po_1",
        lines: ["txn_3", "txn_2", "txn_1"],
        isLast: true,
        version: expect.objectContaining({ until: BigInt(NOW) * 1000n + 999n }),
      },
    ]);
    const entries = messages.flatMap((message) =>
      message.type === "record" && message.record.type === "LedgerEntry" ? [message.record] : [],
    );
    expect(entries.map(({ externalId, netMinor }) => [externalId, netMinor])).toEqual([
      ["txn_own", -9000n],
      ["txn_3", -300n],
      ["txn_2", -700n],
      ["txn_1", 10_000n],
    ]);
  });

  test("C12: are not requested for a manual payout or one that is not reconciled yet", async () => {
    await using stripe = await startStripe([
      payout("po_manual", { automatic: false, reconciliation_status: "not_applicable" }),
      payout("po_instant", { automatic: false, method: "instant", reconciliation_status: "not_applicable" }),
      payout("po_open", { reconciliation_status: "in_progress" }),
    ]);
    const messages = await all(read(stripe, { stream }));
    const disclosures = messages.flatMap((message) =>
      message.type === "record" && message.record.type === "Payout" ? [message.record.disclosure] : [],
    );
    expect(disclosures).toEqual(["NOT_DISCLOSED", "NOT_DISCLOSED", "PENDING"]);
    expect(linesRequests(stripe.requests)).toEqual([]);
  });

  test("C12: are requested once by a later read for each payout that was reconciled since, and for no other payout", async () => {
    const done = payout("po_1");
    await using stripe = await startStripe(
      [done, payout("po_2", { created: NOW - DAY })],
      [
        eventOf("evt_2", NOW - 5, "payout.paid", { ...done, status: "paid" }),
        eventOf("evt_1", NOW - 10, "payout.reconciliation_completed", done),
      ],
    );
    const cursor = { phase: "incremental", since: NOW - 60 } as const;
    const messages = await all(read(stripe, { stream, cursor }));
    expect(linesOf(messages).map(({ payoutExternalId }) => payoutExternalId)).toEqual(["po_1"]);
    expect(linesRequests(stripe.requests)).toHaveLength(1);
    await using quiet = await startStripe([done]);
    await all(read(quiet, { stream, cursor: cursorsOf(messages).at(-1) }));
    expect(quiet.requests.map(({ pathname }) => pathname)).toEqual(["/v1/events"]);
  });

  test("C12: a payout that Stripe does not break down after all stops only itself", async () => {
    await using stripe = await startStripe([payout("po_1")]);
    await using refusing = await startScriptedStripe(
      (url) => (url.pathname === "/v1/payouts" ? pageOf(url, [payout("po_1") as never]) : MANUAL),
      () => NOW,
    );
    expect(linesOf(await all(read(refusing, { stream })))).toEqual([]);
    expect(linesOf(await all(read(stripe, { stream })))).toHaveLength(1);
  });

  test("C12: thousands of lines are read page by page, and only the last page completes them", async () => {
    const many = Array.from({ length: 250 }, (_, index) => ({
      ...line(`txn_${index}`, 36, "ch_1"),
      created: NOW - index,
    }));
    await using stripe = await startScriptedStripe(
      (url) => (url.pathname === "/v1/payouts" ? pageOf(url, [payout("po_1") as never]) : pageOf(url, many as never)),
      () => NOW,
    );
    const parts = linesOf(await all(read(stripe, { stream })));
    expect(parts.map(({ lines, isLast }) => [lines.length, isLast])).toEqual([
      [100, false],
      [100, false],
      [50, true],
    ]);
    expect(new Set(parts.flatMap(({ lines }) => lines)).size).toBe(250);
  });
});
