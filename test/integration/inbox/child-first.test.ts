import { expect, test } from "@jest/globals";
import { fixture } from "../../../src/connectors/stripe/fixtures/load.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { eventually } from "../../helpers/eventually.ts";
import { useGraphServer } from "../../helpers/graph-server.ts";
import { startInboxService } from "../../helpers/inbox-service.ts";
import { deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";

const SECRET = "whsec_child_first";
const SOURCE = "stripe-acme";
const PAYMENT = entityId("acme", SOURCE, "Payment", "pi_3example");

test("a refund, a dispute and an attempt that arrive before their payment are visible, and linked when it arrives (F46)", async () => {
  await using graph = await useGraphServer();
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: [SECRET] };
  await using service = await startInboxService({
    connection: graph.connection,
    sources: [{ id: SOURCE, tenantId: "acme", config }],
  });
  const send = async (type: string, name: "refund" | "dispute" | "charge" | "payment-intent") => {
    const object = fixture(name, { payment_intent: "pi_3example" });
    const { status } = await deliver(service.url, SOURCE, sign(eventBody({ type, object }), SECRET));
    expect(status).toBe(200);
  };
  const ask = async (query: string) => {
    const { data, errors } = await graph.query(query);
    expect(errors).toEqual([]);
    return data;
  };
  const children = () =>
    ask(`{
      refunds { nodes { externalId payment { externalId } attempt { id } ledgerEntries { nodes { id } } source { id } } }
      disputes { nodes { externalId payment { externalId } } }
      payment(id: "${PAYMENT}") { externalId attempts { amount { amount } } refunds { nodes { externalId } } disputes { nodes { externalId } } }
    }`);

  await send("refund.created", "refund");
  await send("charge.dispute.created", "dispute");
  await eventually("both to be stored", async () => {
    const { refunds, disputes } = await children();
    return refunds.nodes.length === 1 && disputes.nodes.length === 1;
  });
  const orphans = await children();
  expect(orphans.refunds.nodes).toMatchObject([{ externalId: "re_3example", payment: null, attempt: null }]);
  expect(orphans.disputes.nodes).toMatchObject([{ payment: null }]);
  expect(orphans.payment).toBeNull();

  await send("charge.succeeded", "charge");
  await eventually("the attempt", async () => (await children()).refunds.nodes[0].attempt !== null);
  expect((await children()).payment).toBeNull(); // a part alone makes no payment

  await send("payment_intent.succeeded", "payment-intent");
  const linked = await eventually("the payment", async () => {
    const data = await children();
    return data.payment !== null && data;
  });
  const payment = { externalId: "pi_3example" };
  expect(linked.refunds.nodes).toMatchObject([{ payment }]);
  expect(linked.disputes.nodes).toMatchObject([{ payment }]);
  expect(linked.payment).toMatchObject({
    ...payment,
    attempts: [{ amount: { amount: expect.any(String) } }],
    refunds: { nodes: [{ externalId: "re_3example" }] },
    disputes: { nodes: [{}] },
  });
});
