import { BANK_TRANSACTIONS_BY_ACCOUNT } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of an account's bank transactions, the latest booking first. */
export const bankTransactionsByAccount = children(BANK_TRANSACTIONS_BY_ACCOUNT);
