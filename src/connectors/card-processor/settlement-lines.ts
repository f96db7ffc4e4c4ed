import type { ObjectMessage, PayoutLinesMessage, RecordMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { callList, type CardProcessorCall } from "./client.ts";
import { KINDS } from "./kinds.ts";
import { pageOf } from "./paging.ts";

/** Yields the ledger entries of each settlement of a page, page by page, and which of them it paid out. */
export async function* linesOf(
  call: CardProcessorCall,
  messages: readonly ObjectMessage[],
): AsyncGenerator<ObjectMessage | PayoutLinesMessage, void> {
  for (const message of messages) {
    if (message.type === "record" && message.record.type === "Payout") yield* linesOfOne(call, message);
  }
}

async function* linesOfOne(
  call: CardProcessorCall,
  { record, version }: RecordMessage,
): AsyncGenerator<ObjectMessage | PayoutLinesMessage, void> {
  const payoutExternalId = record.externalId;
  const values = { page_size: call.config.pageSize, settlement_id: payoutExternalId };
  const seen = new Set<string>();
  for (let pageToken = ""; ;) {
    const page = pageOf(
      KINDS.ledger_entry,
      await callList(call, "ListLedgerEntries", { ...values, page_token: pageToken }),
    );
    yield* page.messages;
    const lines = page.messages.flatMap((one) => (one.type === "record" ? [one.record.externalId] : []));
    pageToken = page.nextPageToken;
    yield { type: "payoutLines", payoutExternalId, lines, isLast: pageToken === "", version };
    if (pageToken === "") return;
    if (seen.has(pageToken)) throw new ServiceError("UPSTREAM_GARBLED", "the card processor's paging does not advance");
    seen.add(pageToken);
  }
}
