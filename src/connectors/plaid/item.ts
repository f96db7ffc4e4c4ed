import { ServiceError } from "../../domain/error.ts";
import { plaidAnswer, type PlaidCall } from "./client.ts";
import { errorOf } from "./errors.ts";
import { itemWire } from "./wire/item.ts";

const PATH = "/item/get";

/**
 * Returns the state of the Item, which Plaid provides even while the login at the bank fails: `updatedAtMs` is when it
 * last read the bank, on its clock; undefined if it does not state it.
 * @throws ServiceError UPSTREAM_*; UPSTREAM_UNAUTHORIZED when the Item can no longer be read
 */
export async function readItem(call: PlaidCall): Promise<{ readonly updatedAtMs: number | undefined }> {
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
  const updatedAtMs = Date.parse(status?.transactions?.last_successful_update ?? "");
  return { updatedAtMs: Number.isNaN(updatedAtMs) ? undefined : updatedAtMs };
}
