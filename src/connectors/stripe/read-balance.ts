import { FINALITY } from "../../domain/version.ts";
import { stripeGet } from "./client.ts";
import { KINDS } from "./kinds.ts";
import { messagesOf } from "./messages.ts";
import type { PageMessages, StripeMessage } from "./pass.ts";
import type { AccountRead } from "./read-accounts.ts";

/** Stripe's path of the balance; our id of it is also `balance`. */
export const BALANCE_PATH = "/v1/balance";

/**
 * Yields the whole balance. A balance that an earlier response contained and this one does not is deleted: otherwise an
 * emptied currency would show its last amount forever.
 */
export async function* readBalance(read: AccountRead): AsyncGenerator<PageMessages, void> {
  const { cursor } = read;
  const answer = await stripeGet(read, BALANCE_PATH);
  const raw = { payload: answer.payload, path: "" };
  const messages = messagesOf(KINDS.balance, answer.json, { version: answer.version, raw });
  const before = cursor?.phase === "whole" ? cursor.seen : [];
  // An unreadable balance may be any of the missing ones.
  const isReadable = messages.every((message) => message.type === "record");
  const seen = [...new Set([...(isReadable ? [] : before), ...messages.flatMap((message) => balanceIdOf(message))])];
  // A currency reappears when the account holds money in it again.
  const version = { ...answer.version, finality: FINALITY.ordinary };
  const removed = before
    .filter((id) => !seen.includes(id))
    .map((externalId) => ({ type: "tombstone", entity: "Balance", externalId, version, raw }) as const);
  const contract = read.account === undefined ? answer.contract : [];
  yield [...contract, ...messages, ...removed, { type: "checkpoint", cursor: { phase: "whole", seen }, progress: 1 }];
}

function balanceIdOf(message: StripeMessage): readonly string[] {
  return message.type === "record" && message.record.type === "Balance" ? [message.record.externalId] : [];
}
