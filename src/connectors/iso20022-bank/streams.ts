import type { StreamSpec } from "../../connector-api/connector.ts";

/** All that a bank's files tell. */
export const STATEMENTS: StreamSpec = {
  name: "statements",
  entities: ["Party", "Account", "Balance", "BankTransaction", "Statement"],
  ranged: false,
};
