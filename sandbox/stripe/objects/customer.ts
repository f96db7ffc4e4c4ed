import type { Customer } from "../world/wire.ts";
import type { World } from "../world/world.ts";

/** Parameters of a new customer; the other fields have Stripe's defaults. */
export type CustomerInput = Partial<
  Pick<
    Customer,
    | "name"
    | "email"
    | "phone"
    | "description"
    | "address"
    | "shipping"
    | "metadata"
    | "preferred_locales"
    | "tax_exempt"
  >
>;

/** A complete customer object. */
export function newCustomer(world: World, input: CustomerInput): Customer {
  const id = world.newId("cus_");
  return {
    id,
    object: "customer",
    address: input.address ?? null,
    balance: 0,
    created: world.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: input.description ?? null,
    discount: null,
    email: input.email ?? null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: input.metadata ?? {},
    name: input.name ?? null,
    next_invoice_sequence: 1,
    phone: input.phone ?? null,
    preferred_locales: input.preferred_locales ?? [],
    shipping: input.shipping ?? null,
    tax_exempt: input.tax_exempt ?? "none",
    test_clock: null,
  };
}
