import { missing } from "../world/errors.ts";
import { newCustomer, type CustomerInput } from "../objects/customer.ts";
import type { Customer } from "../world/wire.ts";
import type { World } from "../world/world.ts";

/** Creates a customer and returns its id. */
export function createCustomer(world: World, input: CustomerInput): string {
  const customer = newCustomer(world, input);
  world.create("customer", customer, ["customer.created"]);
  return customer.id;
}

/** Changes a customer. @throws StripeError when it does not exist or was deleted. */
export function updateCustomer(world: World, id: string, patch: Partial<Customer>): void {
  if (world.store.get("customer", id) === undefined) throw missing("customer", id, "id");
  world.update("customer", id, patch, ["customer.updated"]);
}

/** Deletes a customer: a tombstone remains; its payments still reference it. */
export function deleteCustomer(world: World, id: string): void {
  if (world.store.get("customer", id) === undefined) throw missing("customer", id, "id");
  world.removeCustomer(id);
}
