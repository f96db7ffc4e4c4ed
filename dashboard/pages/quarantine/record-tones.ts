import type { QuarantineStatus } from "../../operations/__generated__/operations.ts";
import type { Tone } from "../../ui/elements.tsx";

/** How the status of a record is displayed. */
export const RECORD_TONES: Readonly<Record<QuarantineStatus, Tone>> = {
  OPEN: "bad",
  RESOLVED: "good",
  DISCARDED: "idle",
};
