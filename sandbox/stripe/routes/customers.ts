import { z } from "zod";
import {
  addressParam,
  clearable,
  expand,
  ignored,
  mergeMetadata,
  metadata,
  parseParams,
  shippingParam,
} from "../request/params.ts";
import { createCustomer, deleteCustomer, updateCustomer } from "../operations/customers.ts";
import { changedText, readRoutes, type Route } from "./route.ts";

const schema = z
  .strictObject({
    name: clearable,
    email: clearable,
    phone: clearable,
    description: clearable,
    address: addressParam,
    shipping: shippingParam,
    preferred_locales: z.array(z.string()),
    tax_exempt: z.enum(["none", "exempt", "reverse"]),
    metadata,
    expand,
    balance: ignored,
    invoice_prefix: ignored,
    invoice_settings: ignored,
    payment_method: ignored,
    source: ignored,
    tax: ignored,
  })
  .partial();

function writable(params: z.infer<typeof schema>) {
  const { name, email, phone, description, address, shipping, preferred_locales, tax_exempt } = params;
  const all = { name, email, phone, description, address, shipping, preferred_locales, tax_exempt };
  return withoutUndefined(all);
}

/** Removes parameters that were not sent, so that they are not interpreted as requests to unset them. */
function withoutUndefined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // The entries are those of `values` without the undefined ones, which is what the return type says.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** `/v1/customers` */
export const customerRoutes: readonly Route[] = [
  ...readRoutes({ type: "customer", url: "/v1/customers", filters: ["email"] }),
  {
    method: "POST",
    path: "/v1/customers",
    handle(account, request) {
      const params = parseParams(schema, request.params);
      const id = createCustomer(account.world, { ...writable(params), metadata: mergeMetadata({}, params.metadata) });
      return changedText(account, "customer", id, request);
    },
  },
  {
    method: "POST",
    path: "/v1/customers/:id",
    handle(account, request) {
      const params = parseParams(schema, request.params);
      const before = account.world.store.get("customer", request.id)?.metadata ?? {};
      updateCustomer(account.world, request.id, {
        ...writable(params),
        metadata: mergeMetadata(before, params.metadata),
      });
      return changedText(account, "customer", request.id, request);
    },
  },
  {
    method: "DELETE",
    path: "/v1/customers/:id",
    handle(account, request) {
      deleteCustomer(account.world, request.id);
      return changedText(account, "customer", request.id, { ...request, params: {} });
    },
  },
];
