import { STATEMENTS_BY_TRANSACTION } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of the statements that tell of a transaction, newest first. */
export const statementsByTransaction = children(STATEMENTS_BY_TRANSACTION);
