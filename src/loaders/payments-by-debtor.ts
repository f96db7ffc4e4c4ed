import { PAYMENTS_BY_DEBTOR } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of the payments that a party pays, newest first. */
export const paymentsByDebtor = children(PAYMENTS_BY_DEBTOR);
