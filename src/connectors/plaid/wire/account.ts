import { z } from "zod";
import { currencyCodes, id, literal, text } from "./primitives.ts";

/** An account, as `/accounts/get` and `/accounts/balance/get` show it. */
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

/** An answer with accounts. They are parsed one by one, so that a garbled one stops only itself. */
export const accountsWire = z.object({ accounts: z.array(z.unknown()) });

/** What is needed of an account that is otherwise unreadable. */
export const accountIdWire = z.object({ account_id: id });
