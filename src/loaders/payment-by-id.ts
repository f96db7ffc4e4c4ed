import { entityById } from "./by-id.ts";

/** Payments by global id, the deleted ones too; undefined where there is none. */
export const paymentById = entityById("Payment");
