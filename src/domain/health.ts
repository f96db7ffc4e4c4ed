/** State about a source or a stream. */
export type HealthState = "IN_STEP" | "CATCHING_UP" | "OUT_OF_STEP" | "UNKNOWN";

/** Every state, the most serious one first: of several diagnoses, the most serious state counts. */
export const HEALTH_STATES: readonly HealthState[] = ["OUT_OF_STEP", "CATCHING_UP", "UNKNOWN", "IN_STEP"];
