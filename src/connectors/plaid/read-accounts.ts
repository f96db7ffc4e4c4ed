import type { ObjectMessage, ReadMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { accessEndOf } from "./access-end.ts";
import { accountMessages, seenCached, seenLive } from "./account-messages.ts";
import { contractOf, plaidAnswer, type PlaidAnswer, type PlaidCall } from "./client.ts";
import type { PlaidCursor, WholeCursor } from "./cursor.ts";
import { readItem } from "./item.ts";
import { accountsWire } from "./wire/account.ts";

/**
 * Yields all accounts of the Item, with Plaid's balances of them. An account, or a balance, that an earlier response
 * contained and this one does not is deleted: otherwise a closed account would show its last balance forever.
 */
export async function* readAccounts(
  call: PlaidCall,
  cursor: WholeCursor | undefined,
): AsyncGenerator<ReadMessage<PlaidCursor>, void> {
  // In this order: if Plaid reads the bank between the two calls, balances look older than they are, and the next read
  // dates them correctly. In the other order old ones would look new.
  const { updatedAtMs, consentEndMs } = await readItem(call);
  yield accessEndOf(consentEndMs);
  const answer = await plaidAnswer(call, { path: "/accounts/get", body: { access_token: call.config.accessToken } });
  const seen = updatedAtMs === undefined ? seenLive(answer) : seenCached(answer, updatedAtMs);
  const messages = accountsOf(answer).flatMap((item, index) => accountMessages(item, index, seen));
  yield* contractOf(answer);
  yield* messages;
  const now = idsOf(messages);
  const before = { accounts: cursor?.accounts ?? [], balances: cursor?.balances ?? [] };
  // An unreadable account may be any of the missing ones.
  const isReadable = messages.every(({ type }) => type === "record");
  const removed = isReadable ? missing(before, now) : { accounts: [], balances: [] };
  const raw = { payload: seen.payload, path: "" };
  for (const externalId of removed.accounts) {
    yield { type: "tombstone", entity: "Account", externalId, version: seen.version, raw };
  }
  for (const externalId of removed.balances) {
    // With the version of the response, not of Plaid's last reading of the bank: its absence is known as of now.
    yield { type: "tombstone", entity: "Balance", externalId, version: seen.version, raw };
  }
  const kept = isReadable ? now : union(before, now);
  yield { type: "checkpoint", cursor: { phase: "whole", ...kept }, progress: 1 };
}

/** @throws ServiceError UPSTREAM_MALFORMED */
export function accountsOf(answer: PlaidAnswer): readonly unknown[] {
  const parsed = accountsWire.safeParse(answer.json);
  if (!parsed.success) throw new ServiceError("UPSTREAM_MALFORMED", "the response must contain a list of accounts");
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
