import type { AccountCursor, StripeCursor } from "./cursor.ts";

/** Read positions of a stream: that of the key's own account, and those of the connected ones. */
export interface AccountPlaces {
  /** Undefined: nothing of the own account was read. */
  readonly own: AccountCursor | undefined;
  readonly connected: Map<string, AccountCursor>;
  /** Accounts with a finding of this stream. */
  readonly failing: Set<string>;
}

/**
 * Parses a cursor. A cursor of a single account is the own account's: so are those of the version that supported no
 * other.
 */
export function placesOf(cursor: StripeCursor | undefined): AccountPlaces {
  if (cursor?.phase !== "accounts") return { own: cursor, connected: new Map(), failing: new Set() };
  return {
    own: cursor.own,
    connected: new Map(Object.entries(cursor.connected)),
    failing: new Set(cursor.failing),
  };
}

/** Returns the cursor of all accounts, with the own account at `own`. */
export function cursorOf({ connected, failing }: AccountPlaces, own: AccountCursor | undefined): StripeCursor {
  return {
    phase: "accounts",
    ...(own !== undefined && { own }),
    connected: Object.fromEntries(connected),
    failing: [...failing],
  };
}

/** Returns true if everything that existed when the read began was read. */
export function isComplete(cursor: AccountCursor | undefined): boolean {
  return cursor?.phase === "incremental" || cursor?.phase === "whole";
}
