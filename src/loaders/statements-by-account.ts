import { STATEMENTS_BY_ACCOUNT } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of an account's statements, newest first. */
export const statementsByAccount = children(STATEMENTS_BY_ACCOUNT);
