import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { useSandbox as useCards } from "../../../sandbox/card-processor/testing.ts";
import { useBank } from "../../../sandbox/iso20022-bank/testing.ts";
import { useSandbox as usePlaid } from "../../../sandbox/plaid/testing.ts";
import { type DiagnosedWorld, useDiagnosedWorld } from "../../helpers/diagnosed-world.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";

/** One upstream of each protocol, whose clock a test can set wrong. */
interface Upstream {
  readonly id: string;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

const PLAID_RATES = { transactions: 1_000, accounts: 1_000, balance: 1_000, item: 1_000 };

const closing = new AsyncDisposableStack();
let world: DiagnosedWorld;
let upstreams: readonly Upstream[];
beforeAll(async () => {
  const plaid = closing.use(await usePlaid({ payments: 5 }));
  const bank = closing.use(await useBank());
  const cards = closing.use(await useCards({ payments: 5 }));
  const sourceOf = (id: string, connector: string, config: unknown) => ({ id, connector, config, schedule: "manual" });
  world = closing.use(
    await useDiagnosedWorld({
      stripe: { stripe: 200 },
      others: [
        { ...sourceOf("plaid", "plaid", plaid.running.sourceConfig), budget: { rates: PLAID_RATES } },
        sourceOf("bank", "iso20022-bank", bank.running.sourceConfig),
        sourceOf("cards", "card-processor", cards.running.sourceConfig),
        sourceOf("cards-too", "card-processor", cards.running.sourceConfig), // with the same credential
      ],
    }),
  );
  const { sandbox } = world.stripe("stripe");
  upstreams = [
    { id: "stripe", control: (...call) => sandbox.control(...call) },
    { id: "plaid", control: (...call) => plaid.control(...call) },
    { id: "bank", control: (...call) => bank.control(...call) },
    { id: "cards", control: (...call) => cards.control(...call) },
    { id: "cards-too", control: (...call) => cards.control(...call) },
  ];
}, WAIT_LIMIT_MS);
afterAll(() => closing.disposeAsync());

const skewsOf = async () =>
  Object.fromEntries(
    await Promise.all(
      upstreams.map(async ({ id }) => {
        const { diagnoses } = await world.source(id).health();
        return [id, diagnoses.filter(({ rule }) => rule === "CLOCK_SKEW")] as const;
      }),
    ),
  );

/** Reads all sources in several seconds of their own, and stores what was measured, as happens once a minute. */
async function measure(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    const nextMs = Date.now() + 1_100; // one call in a second is a sample
    await Promise.all(upstreams.map(({ id }) => world.source(id).sync("INCREMENTAL")));
    await eventually("the next second", () => Promise.resolve(Date.now() > nextMs));
  }
  await world.stop(); // stores what was collected
  await world.start();
}

/** Makes what was stored so far that of earlier minutes. */
async function passMinutes(): Promise<void> {
  const client = new pg.Client(world.connection);
  await client.connect();
  await client.query("update sluice.source_metrics set at = at - interval '10 minutes' where name like 'CLOCK%'");
  await client.end();
}

test("a clock that is minutes off is a warning with its amount, by the times of responses, also for a second source of a credential, until it is right (CLOCK_SKEW)", async () => {
  await measure();
  expect(await skewsOf()).toEqual({ stripe: [], plaid: [], bank: [], cards: [], "cards-too": [] });
  for (const { id, control } of upstreams)
    await control("POST", "faults", id === "plaid" ? { clockAheadMs: 240_000 } : { clockBehindMs: 180_000 });
  const skews = await eventually("the diagnoses", async () => {
    await passMinutes();
    await measure();
    const found = await skewsOf();
    return Object.values(found).every(({ length }) => length === 1) && found;
  });
  const behind = (id: string) => ({
    state: "IN_STEP",
    cause: "ASYNC_BOTTLENECK",
    sentence: `The clock of the upstream of ${id} is 3 min behind ours, by the Date of its responses.`,
    evidence: [{ kind: "SOURCE", node: { id } }],
  });
  expect(skews).toMatchObject({
    stripe: [behind("stripe")],
    plaid: [{ sentence: "The clock of the upstream of plaid is 4 min ahead of ours, by the Date of its responses." }],
    bank: [behind("bank")],
    cards: [behind("cards")],
    "cards-too": [behind("cards-too")],
  });
  for (const { control } of upstreams) await control("DELETE", "faults");
  await eventually("the diagnoses to end", async () => {
    await passMinutes();
    await measure();
    return Object.values(await skewsOf()).every(({ length }) => length === 0);
  });
});
