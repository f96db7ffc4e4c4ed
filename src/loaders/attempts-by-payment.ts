import { ATTEMPTS_BY_PAYMENT } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of a payment's attempts, newest first. */
export const attemptsByPayment = children(ATTEMPTS_BY_PAYMENT);
