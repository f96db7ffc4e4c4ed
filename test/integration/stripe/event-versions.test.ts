import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SECRETS, type StripeService, useStripeService } from "../../helpers/stripe-service.ts";
import { charge, intent, paymentMoney } from "../../helpers/stripe-payment.ts";

/** One event written in two API versions, and events that only name their object. */
let service: StripeService;
beforeAll(async () => {
  service = await useStripeService();
});
afterAll(async () => service[Symbol.asyncDispose]());

const OLD = "2020-08-27";
const CREATED = 1_763_800_100;

const deliveriesOf = (key: string) =>
  service.query(`select status, effects from sluice.deliveries where delivery_key = '${key}'`);
const conflictsOf = async (key: string) =>
  (
    await service.query(
      `select 1 from sluice.findings where kind = 'DELIVERY_CONFLICT' and evidence ->> 'key' = '${key}'
       union all select 1 from sluice.delivery_conflicts join sluice.deliveries on id = delivery_id where delivery_key = '${key}'`,
    )
  ).length;
const changesOf = (externalId: string) =>
  service.query(
    `select 1 from sluice.events join sluice.payments on payments.id = entity_id where external_id = '${externalId}'`,
  );

describe.each(["ours first", "the older first"])("C5: two endpoints of different versions, %s", (order) => {
  const isOursFirst = order === "ours first";
  const name = isOursFirst ? "ours" : "older";

  test("have one effect and no conflict", async () => {
    const object = intent({ id: `pi_${name}`, latest_charge: `ch_${name}` });
    service.account.put(object);
    const event = { id: `evt_${name}`, type: "payment_intent.succeeded", created: CREATED, isListed: false };
    const ours = service.account.event({ ...event, object });
    const { statement_descriptor: _newer, ...shared } = object;
    const charges = { object: "list", data: [charge({ id: `ch_${name}` })], has_more: false };
    const older = service.account.event({ ...event, object: { ...shared, charges }, apiVersion: OLD });
    const [first, second] = isOursFirst ? [ours, older] : [older, ours];
    expect(await service.deliver(first, SECRETS[0])).toBe(200);
    expect(await service.deliver(second, SECRETS[1])).toBe(200);
    expect(await service.deliver(first, SECRETS[0])).toBe(200);
    await service.waitUntilIdle();
    expect(await deliveriesOf(`evt_${name}`)).toMatchObject([{ status: "APPLIED", effects: [{ kind: "CREATED" }] }]);
    expect(await conflictsOf(`evt_${name}`)).toBe(0);
    const [stored] = await service.query(`select reference_list from sluice.payments where external_id = 'pi_${name}'`);
    expect(stored?.["reference_list"]).toContainEqual({ scheme: "statement_descriptor", value: "SLUICE SHOP" });
  });

  test("with equal content change the object once", async () => {
    const object = intent({ id: `pi_once_${name}` });
    service.account.put(object);
    const event = { id: `evt_once_${name}`, type: "payment_intent.succeeded", created: CREATED, isListed: false };
    const ours = service.account.event({ ...event, object });
    const older = service.account.event({ ...event, object: { ...object, charges: {} }, apiVersion: OLD });
    for (const body of isOursFirst ? [ours, older] : [older, ours]) expect(await service.deliver(body)).toBe(200);
    await service.waitUntilIdle();
    expect(await changesOf(`pi_once_${name}`)).toHaveLength(1);
    expect(service.account.requests).not.toContain(`/v1/payment_intents/pi_once_${name}`);
  });

  test.each([
    ["an amount", { amount: 5_000 }],
    ["a status", { status: "canceled" }],
    ["metadata", { metadata: {} }],
    ["an id", { id: "pi_other" }],
  ])("conflict when %s differs", async (what, difference) => {
    const id = `evt_differs_${name}_${what.replaceAll(" ", "_")}`;
    const object = intent({ id: `pi_differs_${name}` });
    const event = { id, type: "payment_intent.succeeded", created: CREATED, isListed: false };
    const ours = service.account.event({ ...event, object });
    const older = service.account.event({ ...event, object: { ...object, ...difference }, apiVersion: OLD });
    for (const body of isOursFirst ? [ours, older] : [older, ours]) expect(await service.deliver(body)).toBe(200);
    expect(await conflictsOf(id)).toBe(2);
  });
});

describe("C6: a thin event", () => {
  const thin = (id: string, changes: Readonly<Record<string, unknown>> = {}) =>
    JSON.stringify({
      id,
      object: "v2.core.event",
      type: "v2.core.event_destination.ping",
      created: "2026-11-29T03:00:00.000Z",
      livemode: false,
      ...changes,
    });

  test("that is a ping is applied without effect", async () => {
    expect(await service.deliver(thin("evt_ping"))).toBe(200);
    await service.waitUntilIdle();
    expect(await deliveriesOf("evt_ping")).toEqual([{ status: "APPLIED", effects: null }]);
  });

  test("that names a charge causes a fetch of it", async () => {
    service.account.put(charge({ id: "ch_thin", payment_intent: null, amount_refunded: 500 }));
    const related_object = { id: "ch_thin", type: "charge", url: "/v1/charges/ch_thin" };
    expect(await service.deliver(thin("evt_thin", { type: "v1.charge.succeeded", related_object }))).toBe(200);
    await service.waitUntilIdle();
    expect(await deliveriesOf("evt_thin")).toMatchObject([{ status: "APPLIED", effects: [{ kind: "REFETCH" }] }]);
    expect(await paymentMoney(service, "ch_thin")).toMatchObject({
      captured: { amount: "19.99" },
      refunded: { amount: "5.00" },
    });
  });

  test.each([
    ["billing meters", { related_object: { id: "mtr_1", type: "billing.meter", url: "/v1/billing/meters/mtr_1" } }],
    ["nothing", { related_object: null }],
    ["another account", { related_object: { id: "ch_2", type: "charge", url: "/v1/charges/ch_2" }, context: "acct_9" }],
  ])("about %s is applied without effect", async (what, changes) => {
    const id = `evt_${what.replaceAll(" ", "_")}`;
    const before = service.account.requests.length;
    expect(await service.deliver(thin(id, changes))).toBe(200);
    await service.waitUntilIdle();
    expect(await deliveriesOf(id)).toEqual([{ status: "APPLIED", effects: null }]);
    expect(service.account.requests.length).toBe(before);
  });

  test("of the other mode than the key's is parked", async () => {
    expect(await service.deliver(thin("evt_live", { livemode: true }))).toBe(200);
    await service.waitUntilIdle();
    expect(await deliveriesOf("evt_live")).toMatchObject([{ status: "PARKED" }]);
  });
});
