import type { ReadMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { plaidPost, type PlaidAnswer, type PlaidCall } from "./client.ts";
import type { PlaidCursor, SyncCursor } from "./cursor.ts";
import { pageVersions } from "./order.ts";
import { enter, leave, rewind, START } from "./sync-loop.ts";
import { tombstoneMessage, messagesOfPage } from "./transaction-messages.ts";
import { type SyncWire, syncWire } from "./wire/transaction.ts";

/** Plaid's maximum: the fewer pages, the less can change between them. */
const PAGE_SIZE = 500;

/**
 * Yields the transactions added, modified and removed since the cursor, page by page, each between two checkpoints. A
 * read that is resumed within a loop of pages continues at its position; if Plaid no longer accepts that cursor, the
 * loop is read again from its beginning, and repeated changes have the same effect as one.
 */
export async function* readTransactions(
  call: PlaidCall,
  cursor: SyncCursor | undefined,
): AsyncGenerator<ReadMessage<PlaidCursor>, void> {
  let at = cursor ?? START;
  for (let rewinds = 0; ;) {
    const answer = await fetchPage(call, at);
    if ("refused" in answer) {
      rewinds += 1;
      at = rewind(at, answer.refused, rewinds);
      continue;
    }
    const page = parsePage(answer, at);
    const versions = pageVersions(answer, at.seenUntilMs);
    at = enter(at, page, versions.seenUntilMs);
    if (hasChanges(page) || at.missed.length > 0) yield { type: "checkpoint", cursor: at, progress: undefined };
    yield* messagesOfPage(page, answer.payload, versions);
    const { cursor: next, missing } = leave(at, page);
    for (const id of missing) yield tombstoneMessage(id, versions.removed, answer.payload);
    at = next;
    yield { type: "checkpoint", cursor: at, progress: page.has_more ? undefined : 1 };
    if (!page.has_more) return;
  }
}

function hasChanges({ added, modified, removed }: SyncWire): boolean {
  return added.length + modified.length + removed.length > 0;
}

function fetchPage(call: PlaidCall, { next }: SyncCursor): Promise<PlaidAnswer | { refused: string }> {
  return plaidPost(call, {
    path: "/transactions/sync",
    body: {
      access_token: call.config.accessToken,
      cursor: next,
      count: PAGE_SIZE,
      options: { include_original_description: true },
    },
    expected: ["TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION", "INVALID_FIELD"],
  });
}

function parsePage(answer: PlaidAnswer, { next }: SyncCursor): SyncWire {
  const parsed = syncWire.safeParse(answer.json);
  if (!parsed.success) throw new ServiceError("UPSTREAM_MALFORMED", "the response is not a page of transactions");
  const page = parsed.data;
  // Without transactions yet, Plaid returns the empty cursor at the end; within the loop it would start an endless
  // loop.
  if (page.has_more && (page.next_cursor === next || page.next_cursor === "")) {
    throw new ServiceError("UPSTREAM_GARBLED", "paging does not advance");
  }
  return page;
}
