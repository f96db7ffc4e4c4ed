import type { ObjectMessage, ReadMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { accountMessages, seenCached, seenLive } from "./account-messages.ts";
import { plaidAnswer, type PlaidAnswer, type PlaidCall } from "./client.ts";
import type { PlaidCursor, WholeCursor } from "./cursor.ts";
import { readItem } from "./item.ts";
import { accountsWire } from "./wire/account.ts";

/**
 * All accounts of the Item, with the balances that Plaid has of them. An account, or a balance, that an earlier answer had and
 * this one has not is gone: without a word an account that was closed would show its last balance for ever.
 */
export async function* readAccounts(
  call: PlaidCall,
  cursor: WholeCursor | undefined,
): AsyncGenerator<ReadMessage<PlaidCursor>, void> {
  // In this order: a bank that is read between the two calls makes balances look older than they are, and the next read
  // dates them right. The other way round old ones would look new.
  const { updatedAtMs } = await readItem(call);
  const answer = await plaidAnswer(call, { path: "/accounts/get", body: { access_token: call.config.accessToken } });
  const seen = updatedAtMs === undefined ? seenLive(answer) : seenCached(answer, updatedAtMs);
  const messages = accountsOf(answer).flatMap((item, index) => accountMessages(item, index, seen));
  yield* messages;
  const now = idsOf(messages);
  const before = { accounts: cursor?.accounts ?? [], balances: cursor?.balances ?? [] };
  // What cannot be read may be any of those that are missing.
  const isReadable = messages.every(({ type }) => type === "record");
  const gone = isReadable ? missing(before, now) : { accounts: [], balances: [] };
  const raw = { payload: seen.payload, path: "" };
  for (const externalId of gone.accounts) {
    yield { type: "tombstone", entity: "Account", externalId, version: seen.version, raw };
  }
  for (const externalId of gone.balances) {
    // With the version of the answer, not of Plaid's last reading of the bank: that it is missing is known of now.
    yield { type: "tombstone", entity: "Balance", externalId, version: seen.version, raw };
  }
  const kept = isReadable ? now : union(before, now);
  yield { type: "checkpoint", cursor: { phase: "whole", ...kept }, progress: 1 };
}

/** @throws ServiceError UPSTREAM_MALFORMED */
export function accountsOf(answer: PlaidAnswer): readonly unknown[] {
  const parsed = accountsWire.safeParse(answer.json);
  if (!parsed.success) throw new ServiceError("UPSTREAM_MALFORMED", "the answer has no list of accounts");
  return parsed.data.accounts;
}

interface Ids {
  readonly accounts: string[];
  readonly balances: string[];
}

function idsOf(messages: readonly ObjectMessage[]): Ids {
  const records = messages.flatMap((message) => (message.type === "record" ? [message.record] : []));
  const of = (type: string) => records.filter((record) => record.type === type).map(({ externalId }) => externalId);
  return { accounts: of("Account"), balances: of("Balance") };
}

function missing(before: Ids, now: Ids): Ids {
  const lost = (kind: keyof Ids) => before[kind].filter((id) => !now[kind].includes(id));
  return { accounts: lost("accounts"), balances: lost("balances") };
}

function union(before: Ids, now: Ids): Ids {
  const both = (kind: keyof Ids) => [...new Set([...before[kind], ...now[kind]])];
  return { accounts: both("accounts"), balances: both("balances") };
}
