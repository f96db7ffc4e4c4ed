import type { Part } from "../runtime/parts.ts";
import { createServedTenants, type ReplaceableTenants } from "../runtime/served-tenants.ts";
import type { Base } from "./base.ts";

/** The tenants of the settings file, which may be read again. */
export const part: Part<Base, { readonly tenants: ReplaceableTenants }> = {
  name: "tenants",
  start: ({ config }) => ({ tenants: createServedTenants(config.tenants) }),
};
