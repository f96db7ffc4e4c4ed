import type { StreamSpec } from "../../connector-api/connector.ts";

/** Accounts stand first: what transactions point at is then there. */
export const STREAMS = [
  { name: "accounts", entities: ["Account", "Balance"], ranged: false },
  { name: "transactions", entities: ["BankTransaction"], ranged: false },
] as const satisfies readonly StreamSpec[];

export type StreamName = (typeof STREAMS)[number]["name"];
