import { z } from "zod";
import type { Account } from "../world/accounts.ts";
import type { World } from "../world/world.ts";
import { PlaidError } from "../world/errors.ts";
import { itemJson } from "./item.ts";
import { accountJson } from "./json.ts";

const body = z.object({
  options: z
    .object({
      account_ids: z.array(z.string()).nullish(),
      min_last_updated_datetime: z.iso.datetime({ offset: true }).nullish(),
    })
    .nullish(),
});

/**
 * Capital One, which reports balances of accounts other than checking and savings only from time to time. Source: Plaid
 * docs, "Balance".
 */
const WITHOUT_LIVE_CARDS = "ins_128026";

/**
 * Response of `/accounts/get` (cached) and `/accounts/balance/get` (live).
 * @throws PlaidError for an account that does not exist, and for a balance of `WITHOUT_LIVE_CARDS` without the maximum
 * age that it requires
 */
export function accountsAnswer(
  world: World,
  request: unknown,
  mode: "cached" | "live",
): Readonly<Record<string, unknown>> {
  const { account_ids: requested, min_last_updated_datetime: oldest } = body.parse(request).options ?? {};
  const open = world.accounts();
  const known = new Set(open.map(({ id }) => id));
  if (requested?.some((id) => !known.has(id))) throw new PlaidError("INVALID_ACCOUNT_ID");
  const listed = requested ? open.filter(({ id }) => requested.includes(id)) : open;
  if (mode === "live" && !listed.every((account) => isLive(world, account))) requireRecent(world, oldest ?? undefined);
  return {
    accounts: listed.map((account) => accountJson(world, account, isLive(world, account) ? mode : "dated")),
    item: itemJson(world),
  };
}

function isLive(world: World, { type }: Account): boolean {
  return type === "depository" || world.institutionId() !== WITHOUT_LIVE_CARDS;
}

function requireRecent(world: World, oldest: string | undefined): void {
  if (oldest === undefined) throw new PlaidError("INVALID_FIELD", "min_last_updated_datetime is required");
  if (world.state().updatedAtMs < Date.parse(oldest)) throw new PlaidError("LAST_UPDATED_DATETIME_OUT_OF_RANGE");
}
