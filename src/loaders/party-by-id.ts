import { entityById } from "./by-id.ts";

/** Parties by global id, the deleted ones too; undefined where there is none. */
export const partyById = entityById("Party");
