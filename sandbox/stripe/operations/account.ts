import type { Ledger } from "../world/ledger.ts";
import type { World } from "../world/world.ts";

/** Accounts that are connected to a platform. */
export interface ConnectedList {
  /** Newest first. */
  list(): readonly { readonly id: string; readonly text: string }[];
  find(id: string): { readonly text: string } | undefined;
}

/** Data on which every operation works. */
export interface Account {
  readonly world: World;
  readonly ledger: Ledger;
  /** Present only for a platform. */
  readonly connected?: ConnectedList;
  /** Text of the account object; undefined for the platform's own. */
  readonly text?: string;
}
