import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connector } from "../../../src/connectors/stripe/index.ts";
import type { Source } from "../../../src/sources/source.ts";
import { credentialName } from "../../../src/upstream/credential-name.ts";
import { eventually } from "../../helpers/eventually.ts";
import { customer, eventBody, sign } from "../../helpers/stripe-deliveries.ts";
import { targetOf } from "../../helpers/target-of.ts";
import { startWebhookService, type WebhookService } from "../../helpers/webhook-service.ts";
import { httpClient } from "../../helpers/upstream-client.ts";

const SECRET = "whsec_of_the_platform";

/** One merchant's account of a Stripe Connect platform. */
function merchant(id: string, tenantId: string, account: string): Source {
  const config = connector.config.parse({
    baseUrl: "http://127.0.0.1:9",
    apiKey: "sk_test_1",
    webhookSecrets: [SECRET],
    account,
  });
  const credential = credentialName(targetOf(connector, config));
  const client = () => httpClient();
  return { id, tenantId, connector, platform: "connect", config, scheduleMs: undefined, credential, client };
}

let service: WebhookService;
beforeAll(async () => {
  service = await startWebhookService({
    sources: [merchant("shoes", "acme", "acct_shoes"), merchant("books", "umbrella", "acct_books")],
  });
});
afterAll(async () => service[Symbol.asyncDispose]());

function post(id: string, account: string | undefined, address = "connect", secret = SECRET): Promise<Response> {
  const plain = eventBody({ id: `evt_${id}`, type: "customer.created", object: customer(`cus_${id}`, id) });
  const body = account === undefined ? plain : JSON.stringify({ ...JSON.parse(plain), account });
  return service.post(body, { "stripe-signature": sign(body, secret).signature }, address);
}

const customersOf = (tenantId: string) =>
  service.store.db.read(tenantId, (tx) =>
    tx.query<{ source_id: string; external_id: string }>(
      "select source_id, external_id from parties order by external_id",
    ),
  );
const count = (table: string, tenantId: string) =>
  service.store.db.read(tenantId, (tx) => tx.query<{ n: number }>(`select count(*)::integer as n from ${table}`));

describe("webhooks at the address of a platform", () => {
  test("go to the source that reads their account, in its tenant, with ids of its own", async () => {
    expect((await post("1", "acct_shoes")).status).toBe(200);
    expect((await post("2", "acct_books")).status).toBe(200);
    expect((await post("3", "acct_shoes")).status).toBe(200);
    await eventually("all to be applied", async () => (await customersOf("acme")).length === 2);
    await eventually("all to be applied", async () => (await customersOf("umbrella")).length === 1);
    expect(await customersOf("acme")).toEqual([
      { source_id: "shoes", external_id: "cus_1" },
      { source_id: "shoes", external_id: "cus_3" },
    ]);
    expect(await customersOf("umbrella")).toEqual([{ source_id: "books", external_id: "cus_2" }]);
  });

  test("sent twice are one delivery, also at the address of the source itself", async () => {
    expect((await post("4", "acct_shoes")).status).toBe(200);
    const before = await count("deliveries", "acme");
    expect((await post("4", "acct_shoes")).status).toBe(200);
    expect((await post("4", "acct_shoes", "shoes")).status).toBe(200);
    expect(await count("deliveries", "acme")).toEqual(before);
  });

  test.each([
    ["an account that no source reads", "acct_unknown"],
    ["no connected account", undefined],
  ])("about %s are answered, so that they are not sent again, and store nothing", async (_name, account) => {
    const before = [await count("deliveries", "acme"), await count("deliveries", "umbrella")];
    expect((await post("5", account)).status).toBe(200);
    expect([await count("deliveries", "acme"), await count("deliveries", "umbrella")]).toEqual(before);
  });

  test("are refused as those of an unknown address if they are forged (F16)", async () => {
    const forged = await post("6", "acct_shoes", "connect", "whsec_other");
    const unknown = await post("6", "acct_shoes", "nobody");
    expect([forged.status, unknown.status]).toEqual([401, 401]);
    const messageOf = async (answer: Response) =>
      JSON.stringify(await answer.json()).replace(/"requestId":"[^"]*"/, "");
    expect(await messageOf(forged)).toBe(await messageOf(unknown));
  });

  test("of another account do nothing at the address of a source that reads one account", async () => {
    const before = await customersOf("acme");
    expect((await post("7", "acct_books", "shoes")).status).toBe(200);
    await eventually("it to be applied", async () => {
      const [row] = await service.store.db.read("acme", (tx) =>
        tx.query<{ n: number }>("select count(*)::integer as n from deliveries where status = 'PENDING'"),
      );
      return row?.n === 0;
    });
    expect(await customersOf("acme")).toEqual(before);
  });
});
