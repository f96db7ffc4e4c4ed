import type { DeliveryStatusInput } from "../../operations/__generated__/operations.ts";
import type { Tone } from "../../ui/elements.tsx";

export const DELIVERY_TONES: Readonly<Record<DeliveryStatusInput, Tone>> = {
  PENDING: "busy",
  APPLIED: "good",
  PARKED: "bad",
  DISCARDED: "idle",
};
