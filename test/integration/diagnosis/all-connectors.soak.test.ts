import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { useSandbox as useCards } from "../../../sandbox/card-processor/testing.ts";
import { useBank } from "../../../sandbox/iso20022-bank/testing.ts";
import { useSandbox as usePlaid } from "../../../sandbox/plaid/testing.ts";
import { type DiagnosedSource, type DiagnosedWorld, useDiagnosedWorld } from "../../helpers/diagnosed-world.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { useLedgerDatabase } from "../../helpers/ledger-database.ts";
import { amountOf } from "../../helpers/length.ts";
import { eventBody } from "../../helpers/stripe-deliveries.ts";

/** Each round has the changes of half a minute: the long form has those of an hour. */
const ROUNDS = amountOf({ short: 1, long: 120 });
const CHANGES = 5;
const LONG_MS = 1_800_000;
/** More than a feed may be behind: 64 MB. */
const LOG_BYTES = 70_000_000;
const BYTES_PER_SECOND = 1;
const WAIT_S = "300";
const PLAID_RATES = { transactions: 1_000, accounts: 1_000, balance: 1_000, item: 1_000 };
/** Another company: the payouts of the processors do not arrive at its banks. */
const OTHER_TENANT = "umbrella";

/** A source, what happens at its upstream, and one fault of it. */
interface Upstream {
  readonly id: string;
  readonly tenant?: string;
  change(): Promise<unknown>;
  /** Cause that the fault has. */
  readonly cause: string;
  fail(): Promise<unknown>;
  mend(): Promise<unknown>;
}

const closing = new AsyncDisposableStack();
let world: DiagnosedWorld;
let upstreams: readonly Upstream[];
beforeAll(async () => {
  const plaid = closing.use(await usePlaid({ payments: 5 }));
  const bank = closing.use(await useBank({ payments: 5 }));
  const cards = closing.use(await useCards({ payments: 5 }));
  const core = closing.use(await useLedgerDatabase());
  let payments = 0;
  const pay = () =>
    core.sql(`insert into core.payments (id, state, amount, ccy) values ('p${(payments += 1)}', 'open', 1, 'EUR')`);
  await pay();
  const sourceOf = (id: string, connector: string, config: unknown) => ({ id, connector, config, schedule: "manual" });
  world = closing.use(
    await useDiagnosedWorld({
      stripe: { stripe: 200 },
      others: [
        {
          ...sourceOf("plaid", "plaid", plaid.running.sourceConfig),
          tenant: OTHER_TENANT,
          budget: { rates: PLAID_RATES },
        },
        { ...sourceOf("bank", "iso20022-bank", bank.running.sourceConfig), tenant: OTHER_TENANT },
        sourceOf("cards", "card-processor", cards.running.sourceConfig),
        sourceOf("core", "postgres-ledger", core.config),
      ],
    }),
  );
  const stripe = world.stripe("stripe");
  const call = (n: number) => eventBody({ type: "account.updated", object: { id: `acct_${n}`, object: "account" } });
  upstreams = [
    {
      id: "stripe",
      cause: "WEBHOOK",
      change: () => stripe.sandbox.control("POST", "activity", { count: CHANGES }),
      async fail() {
        for (let n = 0; n < 3; n += 1) await stripe.deliver(call(n), "whsec_other");
      },
      mend: () => stripe.deliver(call(9)),
    },
    {
      id: "plaid",
      tenant: OTHER_TENANT,
      cause: "ASYNC_BOTTLENECK",
      change: () => plaid.control("POST", "activity", { count: CHANGES }),
      fail: () => plaid.control("POST", "faults", { rate500: true }),
      mend: () => plaid.control("DELETE", "faults"),
    },
    {
      id: "bank",
      tenant: OTHER_TENANT,
      cause: "RATE_LIMIT",
      change: () => bank.control("POST", "activity", { steps: CHANGES }),
      fail: () => bank.control("POST", "faults", { rate429: { count: 2, retryAfter: WAIT_S } }),
      mend: () => bank.control("DELETE", "faults"),
    },
    {
      id: "cards",
      cause: "FORMAT_MISMATCH",
      change: () => cards.control("POST", "activity", { count: CHANGES }),
      fail: () =>
        cards.control("POST", "faults", { malformedBodies: true, path: "/cardprocessor.v1.CardProcessor/List" }),
      mend: () => cards.control("DELETE", "faults"),
    },
    {
      id: "core",
      cause: "DATABASE",
      change: pay,
      async fail() {
        core.proxy.throttleOnly("replication", BYTES_PER_SECOND);
        // Log without a change that is published: the server states that it is over, over the slow connection.
        await core.sql(`select pg_logical_emit_message(false, 'test', repeat('x', ${LOG_BYTES}))`);
        await pay();
      },
      mend: () => core.proxy.heal(),
    },
  ];
}, WAIT_LIMIT_MS);
afterAll(() => closing.disposeAsync());

const sourceOf = ({ id, tenant }: Upstream): DiagnosedSource => world.source(id, tenant);
const syncAll = async (mode: "INCREMENTAL" | "FULL") =>
  Object.fromEntries(
    await Promise.all(upstreams.map(async (each) => [each.id, await sourceOf(each).sync(mode)] as const)),
  );
const each = <Value>(valueOf: (upstream: Upstream) => Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(upstreams.map((upstream) => [upstream.id, valueOf(upstream)]));

/** What is diagnosed of each source: causes, and sentences by rule. */
async function diagnosed() {
  const found = await Promise.all(
    upstreams.map(async (upstream) => [upstream.id, (await sourceOf(upstream).health()).diagnoses] as const),
  );
  return {
    causes: Object.fromEntries(found.map(([id, diagnoses]) => [id, [...new Set(diagnoses.map(({ cause }) => cause))]])),
    text: found.flatMap(([id, diagnoses]) => diagnoses.map(({ rule, sentence }) => `${id} ${rule}: ${sentence}`)),
  };
}

test(
  "sources of all connectors that change and are read have no diagnosis and no finding",
  async () => {
    expect(await syncAll("FULL")).toEqual(each(() => "SUCCEEDED"));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { change } of upstreams) await change();
      expect(await syncAll("INCREMENTAL")).toEqual(each(() => "SUCCEEDED"));
      expect((await diagnosed()).text).toEqual([]);
    }
    for (const tenant of ["acme", OTHER_TENANT]) {
      const data = await world.ask<{ findings: { nodes: readonly unknown[] } }>(
        "{ findings { nodes { kind } } }",
        tenant,
      );
      expect(data.findings.nodes).toEqual([]);
    }
  },
  LONG_MS,
);

test("five faults at once, one at each source, are five diagnoses, each with the cause of its own source, until they are over", async () => {
  const runs: (readonly [string, string | undefined])[] = [];
  for (const upstream of upstreams) {
    await upstream.fail();
    runs.push([await sourceOf(upstream).start("INCREMENTAL"), upstream.tenant]);
  }
  const expected = each(({ cause }) => [cause]);
  let last = await diagnosed();
  await eventually("each source to have its cause", async () => {
    last = await diagnosed();
    return upstreams.every(({ id, cause }) => last.causes[id]?.includes(cause));
  }).catch((cause: unknown) => {
    throw new Error(last.text.join("\n"), { cause });
  });
  expect(last.causes).toEqual(expected);

  const limited = world.source("bank", OTHER_TENANT);
  const { diagnoses } = await limited.health();
  const recoveryMs = Date.parse(diagnoses.find(({ rule }) => rule === "BUDGET_CLOSED")?.expectedRecoveryAt ?? "");
  expect(await limited.rulesAt(recoveryMs + 1)).not.toContain("BUDGET_CLOSED");

  for (const { mend } of upstreams) await mend();
  // Their streams wait longer and longer for their next attempts, and another run would wait for them.
  for (const [runId, tenant] of runs) await world.ask(`mutation { cancelSync(runId: "${runId}") { id } }`, tenant);
  const others = upstreams.filter(({ id }) => id !== limited.id); // its limit is over in minutes
  await eventually("the others to be in step again", async () => {
    for (const upstream of others) await sourceOf(upstream).sync("INCREMENTAL");
    last = await diagnosed();
    return others.every(({ id }) => last.causes[id]?.length === 0);
  }).catch((cause: unknown) => {
    throw new Error(last.text.join("\n"), { cause });
  });
});
