import { expect, test } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { eventually } from "../../helpers/eventually.ts";
import { askGraph } from "../../helpers/graphql.ts";
import { databaseUrl, useDatabase } from "../../helpers/postgres.ts";
import { startServiceInProcess } from "../../helpers/service-in-process.ts";
import { writeSluiceYaml } from "../../helpers/sluice-yaml.ts";

interface GraphAnswer {
  readonly payments: { readonly nodes: readonly PaymentNode[] };
  readonly accounts: { readonly nodes: readonly { readonly balances: readonly BalanceNode[] | null }[] };
  readonly quarantinedRecords: { readonly nodes: readonly QuarantinedNode[] };
}
interface PaymentNode {
  readonly amount: { readonly amount: string; readonly currency: string; readonly exponent: number };
  readonly captured: { readonly amount: string };
}
interface BalanceNode {
  readonly kind: string;
  readonly money: { readonly currency: string };
}
interface QuarantinedNode {
  readonly entityType: string;
  readonly externalId: string;
  readonly path: string;
}

const QUERY = `{
  payments(first: 50) { nodes { amount { amount currency exponent } captured { amount } } }
  accounts(first: 10) { nodes { balances { kind money { currency } } } }
  quarantinedRecords(first: 50) { nodes { entityType externalId path } }
}`;

/**
 * The graph's data of an account whose customers paid 15 in each of these currencies, with an intent and by a charge
 * alone.
 */
async function askPaidIn(currencies: readonly string[]): Promise<GraphAnswer> {
  await using sandbox = await useSandbox();
  for (const currency of currencies) {
    await sandbox.stripe.paymentIntents.create({
      amount: 1500,
      currency,
      payment_method: "pm_card_visa",
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
    await sandbox.stripe.charges.create({ amount: 1500, currency, source: "tok_visa" });
  }
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const folder = await mkdtemp(join(tmpdir(), "sluice-currencies-"));
  const service = await startServiceInProcess({
    SLUICE_CONFIG: await writeSluiceYaml(folder, sandbox.config, { schedule: "1s" }),
    DATABASE_URL: databaseUrl(database.connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "error",
  });
  try {
    return await eventually("everything to be read", async () => {
      const { data } = await askGraph<
        GraphAnswer & { source: { streams: readonly { lastSuccessAt: string | null }[] } }
      >(service.url, `${QUERY.slice(0, -1)} source(id: "stripe-main") { streams { lastSuccessAt } } }`);
      const streams = data?.source.streams ?? [];
      return streams.length > 0 && streams.every(({ lastSuccessAt }) => lastSuccessAt !== null) && data;
    });
  } finally {
    await service.stop();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test("C4: intents and charges of 1500 in usd, hrk, xcg and ltl are payments of 15.00 each", async () => {
  const { payments, quarantinedRecords } = await askPaidIn(["usd", "hrk", "xcg", "ltl"]);
  expect(quarantinedRecords.nodes).toEqual([]);
  const inEach = ["HRK", "LTL", "USD", "XCG"].flatMap((currency) => [currency, currency]);
  expect(payments.nodes.map(({ amount }) => amount.currency).toSorted()).toEqual(inEach);
  for (const { amount, captured } of payments.nodes) {
    expect([amount.amount, amount.exponent, captured.amount]).toEqual(["15.00", 2, "15.00"]);
  }
});

test("C4: a balance in an unlisted currency is quarantined alone, and those in other currencies are stored", async () => {
  const { payments, accounts, quarantinedRecords } = await askPaidIn(["usd", "qqq", "eur"]);
  expect(payments.nodes.map(({ amount }) => amount.currency).toSorted()).toEqual(["EUR", "EUR", "USD", "USD"]);
  const balances = accounts.nodes.flatMap((account) => account.balances ?? []);
  expect(new Set(balances.map(({ money }) => money.currency))).toEqual(new Set(["EUR", "USD"]));
  expect(quarantinedRecords.nodes).toEqual(
    expect.arrayContaining([
      { entityType: "BALANCE", externalId: "balance:PENDING:QQQ", path: expect.stringMatching(/^pending\.\d$/) },
      expect.objectContaining({ entityType: "PAYMENT", path: "amount" }),
    ]),
  );
  expect(quarantinedRecords.nodes.map(({ externalId }) => externalId)).not.toContain("balance");
});
