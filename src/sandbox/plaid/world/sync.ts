import { PlaidError } from "../http/errors.ts";
import type { Transaction } from "./transaction.ts";
import type { World } from "./world.ts";

/** Places in the order of changes. */
interface Cursor {
  /** The last change that was shown. */
  readonly at: number;
  /** Where the loop of pages began: what was added since is added, also when it changed again. */
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

/** A page of what changed since the cursor. @throws PlaidError for a cursor that is none, or of a loop that something changed in */
export function syncPage(world: World, text: string, count: number): SyncPage {
  const { changes } = world.state();
  const cursor = parseCursor(world, text);
  if (cursor.asOf !== 0 && cursor.asOf !== changes)
    throw new PlaidError("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION");
  const { base } = cursor;
  const news = world
    .transactions()
    .filter((one) => one.changedAt > cursor.at && !(one.isRemoved && one.addedAt > base));
  const shown = news.slice(0, count);
  const hasMore = news.length > shown.length;
  const last = shown.at(-1)?.changedAt ?? cursor.at;
  return {
    added: shown.filter((one) => !one.isRemoved && one.addedAt > base),
    modified: shown.filter((one) => !one.isRemoved && one.addedAt <= base),
    removed: shown.filter((one) => one.isRemoved),
    nextCursor: cursorText(
      world,
      hasMore ? { at: last, base, asOf: changes } : { at: changes, base: changes, asOf: 0 },
    ),
    hasMore,
  };
}

/** Whether a cursor is one that stands within a loop of pages. */
export function isWithinLoop(text: string): boolean {
  const [, , , asOf] = partsOf(text);
  return asOf !== undefined && asOf !== 0;
}

function partsOf(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
    return Array.isArray(parts) ? parts : [];
  } catch {
    // No cursor of ours.
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
