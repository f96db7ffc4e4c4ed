import { PlaidError } from "./errors.ts";
import type { Transaction } from "./transaction.ts";
import type { World } from "./world.ts";

/** Sequence numbers in the order of changes. */
interface Cursor {
  /** The last change that was returned. */
  readonly at: number;
  /** Start of the loop of pages: transactions added since are reported as added, even if they changed again. */
  readonly base: number;
  /** The latest change when the loop began; 0 between two loops. */
  readonly asOf: number;
}

export interface SyncPage {
  readonly added: readonly Transaction[];
  readonly modified: readonly Transaction[];
  readonly removed: readonly Transaction[];
  readonly nextCursor: string;
  readonly hasMore: boolean;
}

/**
 * Returns a page of the changes since the cursor. @throws PlaidError for an invalid cursor, or one of a loop during
 * which there was a change
 */
export function syncPage(world: World, text: string, count: number): SyncPage {
  const { changes } = world.state();
  const cursor = parseCursor(world, text);
  if (cursor.asOf !== 0 && cursor.asOf !== changes)
    throw new PlaidError("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION");
  const { base } = cursor;
  const pendingChanges = world
    .transactions()
    .filter((one) => one.changedAt > cursor.at && !(one.isRemoved && one.addedAt > base));
  const listed = pendingChanges.slice(0, count);
  const hasMore = pendingChanges.length > listed.length;
  const last = listed.at(-1)?.changedAt ?? cursor.at;
  return {
    added: listed.filter((one) => !one.isRemoved && one.addedAt > base),
    modified: listed.filter((one) => !one.isRemoved && one.addedAt <= base),
    removed: listed.filter((one) => one.isRemoved),
    nextCursor: cursorText(
      world,
      hasMore ? { at: last, base, asOf: changes } : { at: changes, base: changes, asOf: 0 },
    ),
    hasMore,
  };
}

/** Returns whether a cursor is within a loop of pages. */
export function isWithinLoop(text: string): boolean {
  const [, , , asOf] = partsOf(text);
  return asOf !== undefined && asOf !== 0;
}

function partsOf(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
    return Array.isArray(parts) ? parts : [];
  } catch {
    // Not a cursor of this sandbox.
    return [];
  }
}

function cursorText({ itemId }: World, { at, base, asOf }: Cursor): string {
  return Buffer.from(JSON.stringify([itemId, at, base, asOf])).toString("base64");
}

function parseCursor(world: World, text: string): Cursor {
  if (text === "") return { at: 0, base: 0, asOf: 0 };
  const [itemId, at, base, asOf] = partsOf(text);
  const isOurs = itemId === world.itemId && typeof at === "number" && at <= world.state().changes;
  if (isOurs && typeof base === "number" && typeof asOf === "number") return { at, base, asOf };
  throw new PlaidError("INVALID_FIELD", "cursor not associated with access_token");
}
