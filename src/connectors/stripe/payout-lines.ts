import type { PayoutLinesMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { StripeCall } from "./client.ts";
import { KINDS } from "./kinds.ts";
import { messagesOf } from "./messages.ts";
import { type Page, readPages } from "./paging.ts";
import type { PageMessages, StripeMessage } from "./pass.ts";
import { readAhead } from "./read-ahead.ts";
import { balanceTransactionWire } from "./wire/balance-transaction.ts";

/** Number of payouts whose lines are fetched concurrently: each is a separate call, and most have one page. */
const PAYOUTS_AT_A_TIME = 8;

/**
 * Yields a pass over payouts, and after each page the lines of its payouts, page by page. The page's checkpoint comes
 * last: a read that is interrupted requests the lines of one page of payouts again.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function* withPayoutLines<End>(
  call: StripeCall,
  pages: AsyncGenerator<PageMessages, End>,
): AsyncGenerator<PageMessages, End> {
  try {
    for (;;) {
      const step = await pages.next();
      if (step.done === true) return step.value;
      yield step.value.filter(({ type }) => type !== "checkpoint");
      yield* readAhead(disclosedPayouts(step.value), PAYOUTS_AT_A_TIME, (payout) => readLines(call, payout));
      yield step.value.filter(({ type }) => type === "checkpoint");
    }
  } finally {
    await pages.return(undefined as End); // left early: its return value is not read
  }
}

/**
 * Returns the payouts for which Stripe discloses their content, each once, however many events of a page contain it.
 */
function disclosedPayouts(messages: readonly StripeMessage[]): ReadonlySet<string> {
  return new Set(
    messages.flatMap((message) =>
      message.type === "record" && message.record.type === "Payout" && message.record.disclosure === "DISCLOSED"
        ? [message.record.externalId]
        : [],
    ),
  );
}

async function* readLines(call: StripeCall, payout: string): AsyncGenerator<PageMessages, void> {
  const listing = { path: "/v1/balance_transactions", query: [["payout", payout]], acceptUnknown: "payout" } as const;
  for await (const page of readPages(call, listing, undefined)) {
    if (page === "lost") throw notAdvancing(payout);
    if (page !== "unknown") yield [...entriesOf(page), linesOf(page, payout)];
  }
}

function entriesOf({ items, version, payload }: Page): readonly StripeMessage[] {
  return items.flatMap((item, index) =>
    messagesOf(KINDS.balance_transaction, item, { version, raw: { payload, path: `/data/${index}` } }),
  );
}

/**
 * Returns the lines of a payout. The list also contains the payout's own entry, by which it left the balance: that one
 * comes from the payout itself.
 */
function linesOf({ items, version, hasMore }: Page, payout: string): PayoutLinesMessage {
  const lines = items.flatMap((item) => {
    const entry = balanceTransactionWire.safeParse(item);
    return entry.success && entry.data.source !== payout ? [entry.data.id] : [];
  });
  return { type: "payoutLines", payoutExternalId: payout, lines, isLast: !hasMore, version };
}

function notAdvancing(payout: string): ServiceError {
  return new ServiceError("UPSTREAM_GARBLED", "Stripe's paging does not advance", {
    detail: `balance transactions of ${payout}: the one to continue after no longer exists`,
  });
}
