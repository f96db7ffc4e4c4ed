import { expect, test } from "@jest/globals";
import { fixture } from "./fixtures/load.ts";
import { isSameEvent } from "./same-event.ts";

const NEW = "2026-10-28.endive";
const OLD = "2020-08-27";

function body(version: string, object: unknown, changes: Readonly<Record<string, unknown>> = {}): Buffer {
  const event = { id: "evt_1", object: "event", created: 1_763_800_000, type: "payment_intent.succeeded" };
  return Buffer.from(JSON.stringify({ ...event, api_version: version, data: { object }, ...changes }));
}

const intent = fixture("payment-intent");

test.each([
  ["a count of pending webhooks and a request", intent, { pending_webhooks: 2, request: "req_1" }],
  ["a field of one version", { ...intent, charges: { object: "list", data: [] } }, {}],
  ["a reference that one version expands", { ...intent, latest_charge: { id: "ch_3example", object: "charge" } }, {}],
])("C5: between two versions, %s is not a difference, in either order", (_what, object, changes) => {
  const [ours, older] = [body(NEW, intent), body(OLD, object, changes)];
  expect([isSameEvent(ours, older), isSameEvent(older, ours)]).toEqual([true, true]);
});

test("C5: a status that a later version renamed is not a difference, and another status is one", () => {
  const ours = body(NEW, { ...intent, status: "requires_payment_method" });
  expect(isSameEvent(ours, body("2018-11-08", { ...intent, status: "requires_source" }))).toBe(true);
  expect(isSameEvent(ours, body("2018-11-08", { ...intent, status: "requires_source_action" }))).toBe(false);
});

test.each([
  ["an amount", { ...intent, amount: 2_000 }, {}],
  ["a reference", { ...intent, latest_charge: "ch_other" }, {}],
  ["one more key of metadata", { ...intent, metadata: { order_id: "6735", note: "x" } }, {}],
  ["one more method", { ...intent, payment_method_types: ["card", "link"] }, {}],
  ["no value where there is one", { ...intent, customer: null }, {}],
  ["another time", intent, { created: 1 }],
  ["another mode", intent, { livemode: true }],
  ["no object", undefined, {}],
])("C5: between two versions, %s is a difference, in either order", (_what, object, changes) => {
  const [ours, older] = [body(NEW, intent, { livemode: false }), body(OLD, object, { livemode: false, ...changes })];
  expect([isSameEvent(ours, older), isSameEvent(older, ours)]).toEqual([false, false]);
});

test("C5: within one version, an additional field is a difference", () => {
  expect(isSameEvent(body(NEW, intent), body(NEW, { ...intent, charges: {} }))).toBe(false);
  expect(isSameEvent(body(NEW, intent), body(NEW, intent, { pending_webhooks: 3 }))).toBe(true);
});
