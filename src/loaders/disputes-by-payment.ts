import { DISPUTES_BY_PAYMENT } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of a payment's disputes, newest first. */
export const disputesByPayment = children(DISPUTES_BY_PAYMENT);
