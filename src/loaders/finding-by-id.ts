import { operationById } from "./by-id.ts";

/** Findings by global id; undefined where there is none. */
export const findingById = operationById("Finding");
