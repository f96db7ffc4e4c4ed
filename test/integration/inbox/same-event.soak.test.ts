import { expect, test } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import { createDatabase } from "../../../src/store/database.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startInboxProcess } from "../../helpers/inbox-process.ts";
import { amountOf } from "../../helpers/length.ts";
import { useDatabase } from "../../helpers/postgres.ts";
import { customer, deliver, eventBody, sign, type SignedDelivery } from "../../helpers/stripe-deliveries.ts";

const SECRET = "whsec_of_acme";
const CONFIG = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: [SECRET] };
const SOURCES = [{ id: "stripe-acme", tenantId: "acme", config: CONFIG }];
const REPLICAS = 4;
/** All of them are in flight together. */
const TIMES = amountOf({ short: 100, long: 1_000 });

/** Status of the first answer that does not put the call off: a busy machine may ask for it again later. */
async function accepted(url: string, delivery: SignedDelivery): Promise<number> {
  for (;;) {
    const { status, headers } = await deliver(url, "stripe-acme", delivery);
    if (status !== 503) return status;
    await pause(Number(headers.get("retry-after")) * 1_000); // the provider's part of the contract
  }
}

test("four replicas that receive the same event many times at once answer all with 2xx, and it has one effect (F39)", async () => {
  await using database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const { connection } = database;
  await using closers = new AsyncDisposableStack();
  const db = createDatabase({ connection, max: 2 });
  closers.defer(() => db.close());
  const starting = Array.from({ length: REPLICAS }, () =>
    startInboxProcess({ connection, sources: SOURCES, killAt: "never" }),
  );
  const replicas = (await Promise.all(starting)).map((replica) => closers.use(replica));
  const query = (text: string) => db.read("acme", (tx) => tx.query(text));

  const event = eventBody({ id: "evt_1", type: "customer.updated", object: customer("cus_1", "Ada") });
  const delivery = sign(event, SECRET);
  const urls = Array.from({ length: TIMES }, (_, index) => replicas[index % REPLICAS]?.url ?? "");
  const statusCodes = await Promise.all(urls.map((url) => accepted(url, delivery)));

  expect(statusCodes.filter((status) => status !== 200)).toEqual([]);
  const statuses = () => query("select status, attempts from deliveries");
  await eventually("the delivery is applied", async () => {
    const rows = await statuses();
    return rows.length > 0 && rows.every(({ status }) => status === "APPLIED");
  });
  expect(await statuses()).toEqual([{ status: "APPLIED", attempts: 1 }]);
  expect(await query("select name from parties")).toEqual([{ name: "Ada" }]);
  expect(await query("select 1 from events where kind = 'EntityChanged'")).toHaveLength(1);
  expect(await query("select 1 from events where kind = 'DeliveryReceived'")).toHaveLength(1);
});
