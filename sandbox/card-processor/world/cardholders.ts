import type { Cardholder } from "./objects.ts";
import { timeOf } from "./times.ts";
import type { World } from "./world.ts";

const FIRST = ["Ada", "Björn", "Chloé", "Dmitri", "Elif", "Fumiko", "Gael", "Hana"] as const;
const LAST = ["Åberg", "Brandt", "Costa", "Dufour", "Eriksen", "Fujii", "García", "Haddad"] as const;

/** Adds a person whom the merchant knows. */
export function createCardholder(world: World, atMs: number): Cardholder {
  const id = world.newId("crd");
  const name = `${world.random.pick(FIRST)} ${world.random.pick(LAST)}`;
  const tail = id.slice(-6);
  const email = `cardholder-${tail.toLowerCase()}@example.com`;
  const cardholder = { id, createdAt: timeOf(atMs), name, email, merchantReference: `C-${tail}` };
  world.put("Cardholder", cardholder, atMs);
  return cardholder;
}

/** Gives a cardholder another name. */
export function renameCardholder(world: World, cardholder: Cardholder, atMs: number): void {
  const name = `${world.random.pick(FIRST)} ${world.random.pick(LAST)}-${world.random.pick(LAST)}`;
  world.put("Cardholder", { ...cardholder, name }, atMs);
}

/** Deletes a cardholder: the id remains, without personal data. */
export function deleteCardholder(world: World, { id, createdAt }: Cardholder, atMs: number): void {
  world.put("Cardholder", { id, createdAt, deletedAt: timeOf(atMs) }, atMs);
}
