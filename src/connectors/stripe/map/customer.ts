import { recordOf, type Observation } from "./observation.ts";
import type { CustomerWire } from "../wire/customer.ts";
import { dateTimeOf, extensionsOf, referencesOf } from "./fields.ts";

/**
 * Maps a customer. Stripe does not state the kind of a customer, unless its business or personal name was collected.
 */
export function mapCustomer(wire: CustomerWire): readonly Observation[] {
  return [
    recordOf({
      type: "Party",
      externalId: wire.id,
      createdAt: dateTimeOf(wire.created),
      kind: kindOf(wire),
      name: wire.name ?? wire.business_name ?? wire.individual_name ?? undefined,
      email: wire.email ?? undefined,
      identifiers: referencesOf({ "stripe.customer": wire.id }),
      extensions: extensionsOf({ description: wire.description, phone: wire.phone }, wire.metadata),
    }),
  ];
}

function kindOf(wire: CustomerWire): "PERSON" | "ORGANIZATION" | undefined {
  if (wire.business_name) return "ORGANIZATION";
  return wire.individual_name ? "PERSON" : undefined;
}
