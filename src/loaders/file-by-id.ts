import { operationById } from "./by-id.ts";

/** Files by global id; undefined where there is none. */
export const fileById = operationById("File");
