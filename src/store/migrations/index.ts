import type { Migration } from "kysely/migration";
import { initial } from "./0001-initial.ts";
import { budgets } from "./0002-budgets.ts";
import { streamRanges } from "./0003-stream-ranges.ts";
import { bankStatements } from "./0004-bank-statements.ts";
import { webhooks } from "./0005-webhooks.ts";

/** Every migration in order of its name. Forward only: one that has run somewhere is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-initial": initial,
  "0002-budgets": budgets,
  "0003-stream-ranges": streamRanges,
  "0004-bank-statements": bankStatements,
  "0005-webhooks": webhooks,
};
