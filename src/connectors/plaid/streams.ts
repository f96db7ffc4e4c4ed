import type { StreamSpec } from "../../connector-api/connector.ts";

/** Accounts come first: the objects that transactions reference then exist. */
export const STREAMS = [
  { name: "accounts", entities: ["Account", "Balance"], ranged: false, listsEverything: true },
  { name: "transactions", entities: ["BankTransaction"], ranged: false, listsEverything: true },
] as const satisfies readonly StreamSpec[];

export type StreamName = (typeof STREAMS)[number]["name"];
