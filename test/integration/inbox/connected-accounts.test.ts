import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startInboxService } from "../../helpers/inbox-service.ts";
import { type TestDatabase, useDatabase } from "../../helpers/postgres.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
});
afterAll(() => database.close());

test("C11: an event of a connected account changes that account's object, and one of an account that is not configured opens one finding", async () => {
  await using sandbox = await useSandbox();
  const { stripe, control } = sandbox;
  await using service = await startInboxService({
    connection: database.connection,
    sources: [
      {
        id: "platform",
        tenantId: "acme",
        config: {
          ...sandbox.config,
          webhookSecrets: ["whsec_own", "whsec_connect"],
          connectedAccounts: ["acct_known"],
        },
      },
    ],
  });
  const url = `${service.url}/webhooks/platform`;
  await control("POST", "webhook-endpoints", { url, secrets: ["whsec_own"] });
  await control("POST", "webhook-endpoints", { url, secrets: ["whsec_connect"], connect: true });
  for (const id of ["acct_known", "acct_other"]) await control("POST", "accounts", { id });
  const created = async (name: string, stripeAccount?: string) =>
    (await stripe.customers.create({ name }, stripeAccount === undefined ? {} : { stripeAccount })).id;
  const [own, known] = [await created("ours"), await created("theirs", "acct_known")];
  for (const name of ["one", "two", "three"]) await created(name, "acct_other");
  const query = (text: string) => service.db.read("acme", (tx) => tx.query(text));
  await eventually(
    "five deliveries to be applied",
    async () => (await query("select 1 from deliveries where status = 'APPLIED'")).length === 5,
  );
  expect(
    await query("select external_id, name, extensions ->> 'stripe.account' as account from parties order by name"),
  ).toEqual([
    { external_id: own, name: "ours", account: null },
    { external_id: `acct_known/${known}`, name: "theirs", account: "acct_known" },
  ]);
  expect(await query("select kind, summary, evidence, closed_at from findings")).toEqual([
    {
      kind: "CONNECTED_ACCOUNT_NOT_CONFIGURED",
      summary: expect.stringContaining("acct_other"),
      evidence: { account: "acct_other" },
      closed_at: null,
    },
  ]);
  expect(await query("select count(*)::int as count from events where kind = 'FindingOpened'")).toEqual([{ count: 1 }]);
});
