import { entityById } from "./by-id.ts";

/** Bank transactions by global id, the deleted ones too; undefined where there is none. */
export const bankTransactionById = entityById("BankTransaction");
