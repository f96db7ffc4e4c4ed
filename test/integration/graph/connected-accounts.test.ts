import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { entityId } from "../../../src/domain/ids.ts";
import { type FreshWorld, SOURCE_ID, useFreshWorld } from "../../helpers/fresh-world.ts";
import type { GraphServer } from "../../helpers/graph-server.ts";

const ACCOUNT = "acct_connected";
let world: FreshWorld;
let graph: GraphServer;
beforeAll(async () => {
  world = await useFreshWorld(40, {
    settings: { connectedAccounts: "all" },
    async prepare({ control }) {
      await control("POST", "accounts", { id: ACCOUNT, payments: 150 });
      await control("POST", "accounts", { payments: 0 });
    },
  });
  graph = await world.open();
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const objects = z.object({ objects: z.array(z.looseObject({ id: z.string() })) });
const truth = async (type: string) =>
  objects.parse(await world.sandbox.control("GET", `objects?type=${type}&account=${ACCOUNT}`)).objects;

const rows = async (text: string) => (await world.query(text)).map(({ id }) => String(id));

test("C11: every object of a connected account is stored after the first sync, with its account", async () => {
  for (const [type, table] of [
    ["customer", "parties"],
    ["payment_intent", "payments"],
    ["charge", "payment_attempts"],
    ["refund", "refunds"],
    ["dispute", "disputes"],
    ["payout", "payouts"],
    ["balance_transaction", "ledger_entries"],
  ] as const) {
    const stored = await rows(
      `select external_id as id from ${table}
       where extensions ->> 'stripe.account' = '${ACCOUNT}' and external_id not like '%/ch_%' or external_id like '${ACCOUNT}/ch_%' and '${type}' = 'charge'`,
    );
    const expected = (await truth(type)).map(({ id }) => `${ACCOUNT}/${id}`);
    expect([type, stored.toSorted()]).toEqual([type, expected.toSorted()]);
    expect(expected.length).toBeGreaterThan(0);
  }
});

test("C11: a payout of a connected account comes from that account's balance, and has its lines", async () => {
  const [payout] = (await truth("payout")).filter((one) => one["reconciliation_status"] === "completed");
  const id = entityId("acme", SOURCE_ID, "Payout", `${ACCOUNT}/${String(payout?.id)}`);
  const { data, errors } = await graph.query(
    `{ payout(id: "${id}") {
      externalId account { externalId name identifiers { scheme value } } destination { externalId }
      composition { state difference { minor } } ledgerEntries { nodes { account { externalId } payout { id } } }
      references { scheme value } extensions { name value }
    } }`,
  );
  expect(errors).toEqual([]);
  expect(data.payout).toMatchObject({
    externalId: `${ACCOUNT}/${String(payout?.id)}`,
    account: {
      externalId: `${ACCOUNT}/balance`,
      name: `Stripe balance of ${ACCOUNT}`,
      identifiers: [{ scheme: "stripe.account", value: ACCOUNT }],
    },
    destination: { externalId: expect.stringMatching(new RegExp(`^${ACCOUNT}/ba_`)) as unknown },
    composition: { state: "COMPLETE", difference: { minor: "0" } },
  });
  expect(data.payout.references).toContainEqual({ scheme: "stripe.payout", value: payout?.id });
  expect(data.payout.extensions).toContainEqual({ name: "stripe.account", value: ACCOUNT });
  const lines = z
    .array(z.object({ account: z.object({ externalId: z.string() }), payout: z.object({ id: z.string() }) }))
    .parse(data.payout.ledgerEntries.nodes);
  expect(lines.length).toBeGreaterThan(0);
  expect(new Set(lines.map((line) => `${line.account.externalId} ${line.payout.id}`))).toEqual(
    new Set([`${ACCOUNT}/balance ${id}`]),
  );
});

test("C11: an object of a connected account is read through its own account", async () => {
  const { id: customer } = await world.sandbox.stripe.customers.create({ name: "before" }, { stripeAccount: ACCOUNT });
  const id = entityId("acme", SOURCE_ID, "Party", `${ACCOUNT}/${customer}`);
  const [known] = await truth("customer");
  await world.sandbox.stripe.customers.update(String(known?.id), { name: "changed" }, { stripeAccount: ACCOUNT });
  const knownId = entityId("acme", SOURCE_ID, "Party", `${ACCOUNT}/${String(known?.id)}`);
  const { data, errors } = await graph.query(
    `{ known: party(id: "${knownId}", maxAge: 0) { name freshness { isStale } } unknown: party(id: "${id}") { name } }`,
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({ known: { name: "changed", freshness: { isStale: false } }, unknown: null });
});
