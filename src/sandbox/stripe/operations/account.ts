import type { Ledger } from "../world/ledger.ts";
import type { World } from "../world/world.ts";

/** What every operation works on. */
export interface Account {
  readonly world: World;
  readonly ledger: Ledger;
}
