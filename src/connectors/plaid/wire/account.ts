import { z } from "zod";
import { currencyCodes, id, literal, text } from "./primitives.ts";

/** An account in the responses of `/accounts/get` and `/accounts/balance/get`. */
export const accountWire = z.object({
  account_id: id,
  persistent_account_id: text.nullish(),
  balances: z.object({
    available: literal.nullish(),
    current: literal.nullish(),
    limit: literal.nullish(),
    ...currencyCodes,
    last_updated_datetime: text.nullish(),
  }),
  holder_category: text.nullish(),
  mask: text.nullish(),
  name: text.nullish(),
  official_name: text.nullish(),
  type: text,
  subtype: text.nullish(),
  verification_status: text.nullish(),
});
export type AccountWire = z.infer<typeof accountWire>;

/** A response with accounts. They are parsed one by one, so that a malformed one fails alone. */
export const accountsWire = z.object({ accounts: z.array(z.unknown()) });

/** The id of an account that is otherwise unreadable. */
export const accountIdWire = z.object({ account_id: id });
