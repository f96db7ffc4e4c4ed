import { fixture } from "../../src/connectors/stripe/fixtures/load.ts";
import type { StripeObject } from "./stripe-account.ts";
import { SOURCE, type StripeService } from "./stripe-service.ts";

type Changes = Readonly<Record<string, unknown>>;

/** A recorded object with some values replaced by a test. */
export function stripeObject(name: string, changes: Changes): StripeObject {
  return fixture(name, changes) as StripeObject; // every recorded object that has an id also has a type
}

export const charge = (changes: Changes): StripeObject => stripeObject("charge", { amount_refunded: 0, ...changes });
export const intent = (changes: Changes): StripeObject => stripeObject("payment-intent", changes);
export const refund = (changes: Changes): StripeObject => stripeObject("refund", changes);

interface Amount {
  readonly amount: string;
}

/** Amounts of a payment as returned by the GraphQL API. */
export interface PaymentMoney {
  readonly status: string | null;
  readonly captured: Amount;
  readonly refunded: Amount;
  readonly attempts: readonly { readonly captured: Amount; readonly refunded: Amount }[];
  readonly refunds: { readonly nodes: readonly { readonly externalId: string; readonly status: string | null }[] };
}

/** A payment's amounts by its id at Stripe, read as a gateway reads them; null while it is not known. */
export async function paymentMoney(service: StripeService, externalId: string): Promise<PaymentMoney | null> {
  const key = `{ __typename: "Payment", source: { id: "${SOURCE}" }, externalId: "${externalId}" }`;
  const { _entities } = await service.ask<{ _entities: readonly (PaymentMoney | null)[] }>(
    `{ _entities(representations: [${key}]) { ... on Payment {
      status captured { amount } refunded { amount }
      attempts { captured { amount } refunded { amount } }
      refunds { nodes { externalId status } } } } }`,
  );
  return _entities[0] ?? null;
}
