import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { eventually } from "../../helpers/eventually.ts";
import { type PlaidService, SOURCE, usePlaidService } from "../../helpers/plaid-service.ts";

/** An Item whose user must log in again, as Plaid reports it, in the complete service; nothing is polled. */
let plaid: PlaidService;
beforeAll(async () => {
  plaid = await usePlaidService({ payments: 40 });
});
afterAll(async () => plaid[Symbol.asyncDispose]());

const MINUTE_MS = 60_000;

interface SourceState {
  readonly status: string;
  readonly statusCode: string | null;
  readonly statusReason: string | null;
}

const becomes = (status: string) =>
  eventually(`the source to be ${status}`, async () => {
    const { source } = await plaid.ask<{ source: SourceState }>(
      `{ source(id: "${SOURCE}") { status statusCode statusReason } }`,
    );
    return source.status === status && source;
  });
const login = (works: boolean) => plaid.sandbox.control("POST", "login", { works });
const pending = async () => {
  const { deliveries } = await plaid.ask<{ deliveries: { nodes: readonly unknown[] } }>(
    `{ deliveries(filter: { sourceIds: ["${SOURCE}"], status: [PENDING] }) { nodes { id } } }`,
  );
  return deliveries.nodes.length;
};

test("an Item that needs its user reports the reason, and is caught up as soon as it is repaired", async () => {
  const { status, cursor } = await plaid.sync();
  expect(status).toBe("SUCCEEDED");
  await plaid.enableWebhooks();
  await login(false);
  expect(await becomes("NEEDS_CREDENTIALS")).toMatchObject({
    statusCode: "UPSTREAM_UNAUTHORIZED",
    statusReason: expect.stringMatching(/log in at the bank again: open Plaid Link in update mode/),
  });
  await plaid.sandbox.control("POST", "faults", { lose: 1 });
  await plaid.sandbox.control("POST", "activity", { count: 10 }); // no webhook reports it
  await plaid.sandbox.control("DELETE", "faults");
  await login(true);
  expect(await becomes("ACTIVE")).toEqual({ status: "ACTIVE", statusCode: null, statusReason: null });
  await plaid.inStep();
  const filter = `sourceIds: ["${SOURCE}"], kinds: [SOURCE_STATUS_CHANGED]`;
  const fields = "... on SourceStatusChanged { sourceStatus previousStatus statusReason }";
  const events = await plaid.events(cursor, { filter, fields }, (all) => all.length >= 2);
  expect(events).toEqual([
    expect.objectContaining({
      sourceStatus: "NEEDS_CREDENTIALS",
      previousStatus: "ACTIVE",
      statusReason: expect.stringContaining("log in"),
    }),
    expect.objectContaining({ sourceStatus: "ACTIVE", previousStatus: "NEEDS_CREDENTIALS", statusReason: null }),
  ]);
});

test("while it cannot be read, webhooks do not cause repeated calls", async () => {
  const before = await plaid.requests("/transactions/sync");
  await login(false);
  await becomes("NEEDS_CREDENTIALS");
  const [startedAt, items] = [performance.now(), await plaid.requests("/item/get")];
  for (let n = 0; n < 25; n += 1)
    await plaid.sandbox.control("POST", "webhooks", {
      type: "ITEM",
      code: n % 2 === 0 ? "ERROR" : "PENDING_EXPIRATION",
    });
  await plaid.sandbox.control("POST", "activity", { count: 5 });
  await plaid.sandbox.control("POST", "quiesce", {});
  await eventually("the deliveries to be applied", async () => (await pending()) === 0);
  // A run that is requested now is started after all of that.
  expect((await plaid.sync()).status).toBe("FAILED");
  const minutes = Math.floor((performance.now() - startedAt) / MINUTE_MS);
  // One a minute checks whether it works again; one belongs to the run that was just requested.
  expect(await plaid.requests("/item/get")).toBeLessThanOrEqual(items + 2 + minutes);
  expect(await plaid.requests("/transactions/sync")).toBeLessThanOrEqual(before + 2);
  await login(true);
  expect((await plaid.sync()).status).toBe("SUCCEEDED"); // a requested run need not wait
  await becomes("ACTIVE");
  await plaid.inStep();
});
