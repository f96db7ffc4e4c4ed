import { ServiceError } from "../../domain/error.ts";
import { plaidAnswer, type PlaidCall } from "./client.ts";
import { errorOf } from "./errors.ts";
import { itemWire } from "./wire/item.ts";

const PATH = "/item/get";

/**
 * What Plaid says of the Item, which it does also while the bank lets nobody in: `updatedAtMs` is when it last read the bank,
 * on its clock; undefined where it does not say.
 * @throws ServiceError UPSTREAM_*; UPSTREAM_UNAUTHORIZED when the Item can be read no longer
 */
export async function readItem(call: PlaidCall): Promise<{ readonly updatedAtMs: number | undefined }> {
  const { json } = await plaidAnswer(call, { path: PATH, body: { access_token: call.config.accessToken } });
  const parsed = itemWire.safeParse(json);
  if (!parsed.success) {
    throw new ServiceError("UPSTREAM_MALFORMED", "the answer is no Plaid Item: is the base URL Plaid's?");
  }
  const { item, status } = parsed.data;
  if (call.config.itemId !== undefined && item.item_id !== call.config.itemId) {
    throw new ServiceError("UPSTREAM_REJECTED", "the access token is of another Item than `itemId` names");
  }
  if (item.error) throw errorOf(item.error, `POST ${PATH}: the Item`);
  const updatedAtMs = Date.parse(status?.transactions?.last_successful_update ?? "");
  return { updatedAtMs: Number.isNaN(updatedAtMs) ? undefined : updatedAtMs };
}
