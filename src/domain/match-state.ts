/** What is known of the arrival of a payout, or of the payout that a bank transaction belongs to. */
export const MATCH_STATES = ["MATCHED", "EXPLAINED", "TIMING", "OPEN", "CONFLICT"] as const;
export type MatchState = (typeof MATCH_STATES)[number];
