import { REFUNDS_BY_PAYMENT } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of a payment's refunds, newest first. */
export const refundsByPayment = children(REFUNDS_BY_PAYMENT);
