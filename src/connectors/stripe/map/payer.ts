import type { PayerDetails, PostalAddress } from "../../../domain/entities.ts";
import type { ChargeWire } from "../wire/charge.ts";

type Billing = NonNullable<ChargeWire["billing_details"]>;

/** Returns the payer, as entered with the payment method; undefined when nothing was entered. */
export function payerOf({ billing_details: billing }: ChargeWire): PayerDetails | undefined {
  if (!billing) return undefined;
  const { email, name, phone, address } = billing;
  return unlessEmpty({
    name: name || undefined,
    email: email || undefined,
    phone: phone || undefined,
    address: addressOf(address),
  });
}

function addressOf(address: Billing["address"]): PostalAddress | undefined {
  if (!address) return undefined;
  return unlessEmpty({
    line1: address.line1 || undefined,
    line2: address.line2 || undefined,
    city: address.city || undefined,
    state: address.state || undefined,
    postalCode: address.postal_code || undefined,
    country: address.country || undefined,
  });
}

function unlessEmpty<Details extends object>(details: Details): Details | undefined {
  return Object.values(details).some((value) => value !== undefined) ? details : undefined;
}
