import { entityById } from "./by-id.ts";

/** Statements by global id, the deleted ones too; undefined where there is none. */
export const statementById = entityById("Statement");
