import type { StreamSpec } from "../../connector-api/connector.ts";

/** Stream of all data in a bank's files. */
export const STATEMENTS: StreamSpec = {
  name: "statements",
  entities: ["Party", "Account", "Balance", "BankTransaction", "Statement"],
  ranged: false,
};
