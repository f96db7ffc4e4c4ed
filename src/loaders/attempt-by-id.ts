import { entityById } from "./by-id.ts";

/** Payment attempts by global id, the deleted ones too; undefined where there is none. */
export const attemptById = entityById("PaymentAttempt");
