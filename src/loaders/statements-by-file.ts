import { STATEMENTS_BY_FILE } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of the statements that a file has told, newest first. */
export const statementsByFile = children(STATEMENTS_BY_FILE);
