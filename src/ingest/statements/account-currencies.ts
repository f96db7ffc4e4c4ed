import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { setAccountCurrency } from "../../store/entities/account-currency.ts";

/** Records the currencies of an account, and returns all that are known of it. */
export async function noteCurrencies(
  tx: Transaction,
  accountId: string,
  currencies: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.query<{ currency: string }>(
    `with added as (
       insert into account_currencies (tenant_id, account_id, currency) select $1, $2, unnest($3::text[])
       on conflict do nothing returning currency
     )
     select currency from account_currencies where account_id = $2 union select currency from added`,
    [tx.tenantId, accountId, currencies],
  );
  return rows.map(({ currency }) => currency);
}

/** Sets the only currency of the stored account, or none if it has several. */
export async function resolveAccountCurrency(
  tx: Transaction,
  { sourceId, accountId }: { readonly sourceId: string; readonly accountId: string },
  known: readonly string[],
): Promise<readonly NewEvent[]> {
  const [only] = known.length === 1 ? known : [];
  if (!(await setAccountCurrency(tx, accountId, only))) return [];
  return [{ sourceId, body: { kind: "EntityChanged", change: "UPDATED", entityType: "Account", entityId: accountId } }];
}
