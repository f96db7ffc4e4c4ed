import { headOf } from "../events/append.ts";
import { type LoaderSpec, reading } from "./define-loader.ts";

/** Number of the tenant's newest event. It moves: who has to know it anew clears it first. */
export const eventHead: LoaderSpec<"head", bigint> = {
  key: (name) => name,
  maxBatch: 1,
  load: reading(async (tx) => [await headOf(tx)]),
};
