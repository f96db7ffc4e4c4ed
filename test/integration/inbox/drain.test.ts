import { expect, test } from "@jest/globals";
import { migrate } from "../../../src/store/migrate.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { startInboxService } from "../../helpers/inbox-service.ts";
import { useDatabase } from "../../helpers/postgres.ts";
import { arrivedCall, customer, deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";

const SECRET = "whsec_of_acme";

test("closing answers accepted deliveries, refuses later ones, and keeps the rest of the backlog (F16)", async () => {
  await using database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: [SECRET] };
  const service = await startInboxService({
    connection: database.connection,
    sources: [{ id: "stripe-acme", tenantId: "acme", config }],
  });
  const signed = Array.from({ length: 1_000 }, (_, index) =>
    sign(eventBody({ id: `evt_${index}`, type: "customer.updated", object: customer(`cus_${index}`, "Ada") }), SECRET),
  );
  const calls = signed.map((delivery) => service.inbox.ingest("stripe-acme", arrivedCall(delivery)));
  await service.inbox.close(10_000);
  expect(await Promise.all(calls)).toEqual(calls.map(() => "stored"));
  const late = await deliver(service.url, "stripe-acme", signed[0] ?? { body: "", signature: "" });
  expect([late.status, late.headers.get("retry-after")]).toEqual([503, "1"]);
  await service[Symbol.asyncDispose]();

  const db = createDatabase({ connection: database.connection, max: 1 });
  const rows = await db.read("acme", (tx) =>
    tx.query<{ status: string; count: bigint }>("select status, count(*) from deliveries group by status"),
  );
  expect(rows.reduce((sum, { count }) => sum + count, 0n)).toBe(1_000n);
  const parties = await db.read("acme", (tx) => tx.query("select 1 from parties"));
  const applied = rows.find(({ status }) => status === "APPLIED")?.count ?? 0n;
  expect(BigInt(parties.length)).toBe(applied);
  await db.close();
});
