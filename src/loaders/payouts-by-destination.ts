import { PAYOUTS_BY_DESTINATION } from "../store/read/child-lists.ts";
import { children } from "./children.ts";

/** A page of the payouts that were sent to an account, newest first. */
export const payoutsByDestination = children(PAYOUTS_BY_DESTINATION);
