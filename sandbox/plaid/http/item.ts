import type { World } from "../world/world.ts";
import { PlaidError } from "../world/errors.ts";

/** The Item in Plaid's format. */
export function itemJson(world: World): Readonly<Record<string, unknown>> {
  const { error, webhook, consentEndsAt } = world.state();
  return {
    available_products: ["balance"],
    billed_products: ["transactions"],
    consent_expiration_time: consentEndsAt ?? null,
    error: error === undefined ? null : new PlaidError(error).json(),
    institution_id: world.institutionId(),
    institution_name: world.institutionName,
    item_id: world.itemId,
    update_type: "background",
    webhook: webhook ?? "",
  };
}
