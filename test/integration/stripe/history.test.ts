import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { fixture } from "../../../src/connectors/stripe/fixtures/load.ts";
import { SOURCE, type StripeService, syncBefore, useStripeService } from "../../helpers/stripe-service.ts";
import type { StripeObject } from "../../helpers/stripe-account.ts";

let service: StripeService;
beforeAll(async () => {
  service = await useStripeService();
  service.account.put(customer("First"));
  await syncBefore(service, "FULL");
});
afterAll(async () => service[Symbol.asyncDispose]());

const customer = (name: string): StripeObject => fixture("customer", { id: "cus_history", name }) as StripeObject; // it has an id and a type

interface Change {
  readonly revision: number;
  readonly change: string;
  readonly fields: readonly { readonly field: string; readonly after: { readonly text: string } | null }[];
  readonly cause: {
    readonly via: string;
    readonly run: { readonly mode: string } | null;
    readonly delivery: { readonly eventType: string } | null;
    readonly file: unknown;
    readonly feed: unknown;
    readonly raw: { readonly path: string; readonly body: string } | null;
  };
}

const nameAfter = ({ fields }: Change) => fields.find(({ field }) => field === "name")?.after?.text;

test("a change names the delivery or the run that brought it, with the bytes that it was read from", async () => {
  const changed = customer("Second");
  service.account.put(changed);
  const later = Math.floor(Date.now() / 1_000) + 5; // so that it can be ordered relative to what the run has read
  const body = service.account.event({ type: "customer.updated", object: changed, created: later });
  expect(await service.deliver(body)).toBe(200);
  await service.waitUntilIdle();
  const { partyByExternalId } = await service.ask<{ partyByExternalId: { history: { nodes: readonly Change[] } } }>(
    `{ partyByExternalId(sourceId: "${SOURCE}", externalId: "cus_history") { history {
      nodes { revision change fields { field after { text } }
        cause { via run { mode } delivery { eventType } file { id } feed { state } raw { path body } } } } } }`,
  );
  const { nodes } = partyByExternalId.history;
  expect(nodes.map((node) => [node.revision, node.change, nameAfter(node)])).toEqual([
    [2, "UPDATED", "Second"],
    [1, "CREATED", "First"],
  ]);
  const none = { run: null, delivery: null, file: null, feed: null };
  expect(nodes.map(({ cause: { raw: _raw, ...cause } }) => cause)).toEqual([
    { ...none, via: "WEBHOOK", delivery: { eventType: "customer.updated" } },
    { ...none, via: "POLL", run: { mode: "FULL" } },
  ]);
  for (const node of nodes) expect(node.cause.raw?.body).toContain(nameAfter(node));
});
