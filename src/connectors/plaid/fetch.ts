import type { FetchLimits, FetchManyInput } from "../../connector-api/connector.ts";
import type { ObjectMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { accountIdOf, accountMessages, seenLive } from "./account-messages.ts";
import { plaidAnswer, plaidPost, type PlaidAnswer } from "./client.ts";
import type { PlaidConfig } from "./config.ts";
import { accountsOf } from "./read-accounts.ts";

const PATH = "/accounts/balance/get";

/** Of one bank nobody has so many accounts; one call answers them all, since the bank is asked once. */
const MAX_BATCH = 50;

/** What can be fetched by id. Transactions cannot. */
export const FETCHABLE = { Account: { maxBatch: MAX_BATCH, idsPerCall: MAX_BATCH } } as const satisfies Readonly<
  Record<string, FetchLimits>
>;

/** Accounts with the balances that the bank says at this moment; Plaid asks it, which may take seconds and costs a fee. */
export async function fetchAccounts(input: FetchManyInput<PlaidConfig>): Promise<readonly ObjectMessage[]> {
  const { entity, externalIds } = input;
  if (entity !== "Account") throw new ServiceError("INVALID_INPUT", `Plaid has no way to fetch a ${entity} by id`);
  const answer = await fetchAnswer(input);
  const seen = seenLive(answer);
  const found = new Map<string, readonly ObjectMessage[]>();
  for (const [index, item] of accountsOf(answer).entries()) {
    const id = accountIdOf(item);
    if (id !== undefined) found.set(id, accountMessages(item, index, seen));
  }
  const raw = { payload: answer.payload, path: "" };
  return externalIds.flatMap(
    (externalId) => found.get(externalId) ?? [{ type: "tombstone", entity, externalId, version: seen.version, raw }],
  );
}

/** Plaid refuses the whole call for one account that it does not know, and does not say which: all there are say it. */
async function fetchAnswer(input: FetchManyInput<PlaidConfig>): Promise<PlaidAnswer> {
  const body = { access_token: input.config.accessToken };
  const options = { account_ids: input.externalIds };
  const answer = await plaidPost(input, { path: PATH, body: { ...body, options }, expected: UNKNOWN_ACCOUNT });
  return "refused" in answer ? await plaidAnswer(input, { path: PATH, body }) : answer;
}

const UNKNOWN_ACCOUNT = ["INVALID_ACCOUNT_ID", "INVALID_FIELD"];
