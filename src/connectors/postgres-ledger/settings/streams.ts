import type { StreamSpec } from "../../../connector-api/connector.ts";
import type { EntityType } from "../../../domain/ids.ts";
import type { StreamName } from "./tables.ts";

/** The object that a row of each stream's table is. */
export const ENTITY_OF = {
  accounts: "Account",
  balances: "Balance",
  ledgerEntries: "LedgerEntry",
  bankTransactions: "BankTransaction",
  payments: "Payment",
} as const satisfies Readonly<Record<StreamName, EntityType>>;

/** A stream without a table in the settings is empty. */
export const STREAMS: readonly StreamSpec[] = [
  { name: "accounts", entities: ["Account", "Balance"], ranged: false, listsEverything: true },
  { name: "balances", entities: ["Balance"], ranged: false, listsEverything: true },
  { name: "ledgerEntries", entities: ["LedgerEntry"], ranged: false, listsEverything: true },
  { name: "bankTransactions", entities: ["BankTransaction"], ranged: false, listsEverything: true },
  { name: "payments", entities: ["Payment"], ranged: false, listsEverything: true },
];

export function isStream(name: string): name is StreamName {
  return Object.hasOwn(ENTITY_OF, name);
}

/** Returns the stream whose rows are objects of the type; undefined: none. */
export function streamOf(entity: EntityType): StreamName | undefined {
  return (Object.keys(ENTITY_OF) as StreamName[]).find((name) => ENTITY_OF[name] === entity); // keys of its own literal
}
