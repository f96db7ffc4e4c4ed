import type { Money } from "../../../domain/money.ts";
import { ItemFault } from "../fields/item.ts";

/**
 * Returns an amount in the currency of another one of the same item; zero if it is absent.
 * @throws ItemFault when it is in another currency
 */
export function minorIn(total: Money, part: Money | undefined, field: string): bigint {
  if (part === undefined) return 0n;
  if (part.currency === total.currency) return part.minor;
  throw new ItemFault(field, `must be in ${total.currency}, the currency of the item's amount`);
}
