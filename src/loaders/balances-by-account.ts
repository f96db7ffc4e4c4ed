import { BALANCES_BY_ACCOUNT } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of an account's balances, newest first. */
export const balancesByAccount = children(BALANCES_BY_ACCOUNT);
