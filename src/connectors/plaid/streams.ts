import type { StreamSpec } from "../../connector-api/connector.ts";

/** Accounts stand first: what transactions point at is then there. */
export const STREAMS = [
  { name: "accounts", entities: ["Account", "Balance"], ranged: false, showsAll: true },
  { name: "transactions", entities: ["BankTransaction"], ranged: false, showsAll: true },
] as const satisfies readonly StreamSpec[];

export type StreamName = (typeof STREAMS)[number]["name"];
