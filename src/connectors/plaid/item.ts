import { ServiceError } from "../../domain/error.ts";
import { plaidAnswer, type PlaidCall } from "./client.ts";
import { errorOf } from "./errors.ts";
import { itemWire } from "./wire/item.ts";

const PATH = "/item/get";

/** State of an Item. */
export interface ItemState {
  /** Time at which Plaid last read the bank, on its clock; undefined if it does not state it. */
  readonly updatedAtMs: number | undefined;
  /** Time at which the user's consent ends, after which the login fails; undefined if the bank knows no such time. */
  readonly consentEndMs: number | undefined;
}

/**
 * Returns the state of the Item, which Plaid provides even while the login at the bank fails.
 * @throws ServiceError UPSTREAM_*; UPSTREAM_UNAUTHORIZED when the Item can no longer be read
 */
export async function readItem(call: PlaidCall): Promise<ItemState> {
  const { json } = await plaidAnswer(call, { path: PATH, body: { access_token: call.config.accessToken } });
  const parsed = itemWire.safeParse(json);
  if (!parsed.success) {
    throw new ServiceError("UPSTREAM_MALFORMED", "the response is not a Plaid Item: check that baseUrl is Plaid's");
  }
  const { item, status } = parsed.data;
  if (call.config.itemId !== undefined && item.item_id !== call.config.itemId) {
    throw new ServiceError("UPSTREAM_REJECTED", "the access token must belong to the Item that `itemId` names");
  }
  if (item.error) throw errorOf(item.error, `POST ${PATH}: the Item`);
  return {
    updatedAtMs: timeOf(status?.transactions?.last_successful_update),
    consentEndMs: timeOf(item.consent_expiration_time),
  };
}

function timeOf(text: string | null | undefined): number | undefined {
  const epochMs = Date.parse(text ?? "");
  return Number.isNaN(epochMs) ? undefined : epochMs;
}
