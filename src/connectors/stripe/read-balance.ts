import { FINALITY } from "../../domain/version.ts";
import { stripeGet, type StripeCall } from "./client.ts";
import type { StripeCursor } from "./cursor.ts";
import { KINDS } from "./kinds.ts";
import { messagesOf } from "./messages.ts";
import type { StripeMessage } from "./pass.ts";

/** Stripe's path of the balance; its id for us is `balance` too. */
export const BALANCE_PATH = "/v1/balance";

/**
 * The whole balance. A balance that an earlier answer had and this one has not is gone: without a word a currency that
 * was emptied would show its last amount for ever.
 */
export async function* readBalance(
  call: StripeCall,
  cursor: StripeCursor | undefined,
): AsyncGenerator<StripeMessage, void> {
  const answer = await stripeGet(call, BALANCE_PATH);
  const raw = { payload: answer.payload, path: "" };
  const messages = messagesOf(KINDS.balance, answer.json, { version: answer.version, raw });
  yield* messages;
  const before = cursor?.phase === "whole" ? cursor.seen : [];
  const isReadable = messages.every((message) => message.type === "record");
  const seen = isReadable ? messages.flatMap((message) => balanceIdOf(message)) : before;
  for (const externalId of before.filter((id) => !seen.includes(id))) {
    // A currency comes back when money in it does.
    const version = { ...answer.version, finality: FINALITY.ordinary };
    yield { type: "tombstone", entity: "Balance", externalId, version, raw };
  }
  yield { type: "checkpoint", cursor: { phase: "whole", seen: [...seen] }, progress: 1 };
}

function balanceIdOf(message: StripeMessage): readonly string[] {
  return message.type === "record" && message.record.type === "Balance" ? [message.record.externalId] : [];
}
