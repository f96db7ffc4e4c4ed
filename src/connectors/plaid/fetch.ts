import type { FetchLimits, FetchManyInput } from "../../connector-api/connector.ts";
import type { ObjectMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { accountIdOf, accountMessages, type AccountsSeen, seenLive } from "./account-messages.ts";
import { plaidAnswer } from "./client.ts";
import type { PlaidConfig } from "./config.ts";
import { accountsOf } from "./read-accounts.ts";

/** More accounts than anyone has at one bank; one call returns them all, because the bank is queried once. */
const MAX_BATCH = 50;

/** Types that can be fetched by id. Transactions cannot. */
export const FETCHABLE = { Account: { maxBatch: MAX_BATCH, idsPerCall: MAX_BATCH } } as const satisfies Readonly<
  Record<string, FetchLimits>
>;

/**
 * Options of `/accounts/balance/get`, the same for every institution, so that nothing has to be known about the Item's
 * institution.
 * `min_last_updated_datetime`: without it Capital One (`ins_128026`) refuses the call with INVALID_FIELD if it concerns
 * an account other than checking or savings, for which it has no live balances; everywhere else Plaid ignores it. The
 * date is older than any balance, because the latest available balance is the best result, and is dated by its
 * `last_updated_datetime`. Source: Plaid docs, "Balance", `options.min_last_updated_datetime`.
 * Without `account_ids`: for one closed account Plaid would refuse the whole call, without naming the account. One call
 * costs the same for one account and for all.
 */
const OPTIONS = { min_last_updated_datetime: "2000-01-01T00:00:00Z" };

/**
 * Fetches accounts with the latest balances of the bank; Plaid queries the bank, which may take seconds and costs a
 * fee.
 */
export async function fetchAccounts(input: FetchManyInput<PlaidConfig>): Promise<readonly ObjectMessage[]> {
  const { entity, externalIds, config } = input;
  if (entity !== "Account") throw new ServiceError("INVALID_INPUT", `Plaid has no call to fetch a ${entity} by id`);
  const body = { access_token: config.accessToken, options: OPTIONS };
  const answer = await plaidAnswer(input, { path: "/accounts/balance/get", body });
  const seen = seenLive(answer);
  const items = accountsOf(answer);
  const found = new Map<string, readonly ObjectMessage[]>();
  for (const [index, item] of items.entries()) {
    const id = accountIdOf(item);
    if (id !== undefined) found.set(id, accountMessages(item, index, seen));
  }
  const unreadable = items.findIndex((item) => accountIdOf(item) === undefined);
  return externalIds.flatMap((externalId) => found.get(externalId) ?? [missingMessage(externalId, unreadable, seen)]);
}

/**
 * Interprets a missing account: it is closed, unless it may be an account without a readable id.
 * @param unreadable index of the first account without a readable id; -1: every account has one
 */
function missingMessage(externalId: string, unreadable: number, { payload, version }: AccountsSeen): ObjectMessage {
  if (unreadable === -1) {
    return { type: "tombstone", entity: "Account", externalId, version, raw: { payload, path: "" } };
  }
  const raw = { payload, path: `/accounts/${unreadable}` };
  const problem = "must be an id: this account may be the missing one";
  return { type: "malformed", entity: "Account", externalId, path: "account_id", problem, raw };
}
