import type { Charge } from "../world/wire.ts";
import type { TestCard } from "./test-cards.ts";

/** Fields that differ between charges. */
export interface ChargeInput {
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
  /** Undefined for a legacy charge, made from a token without an intent. */
  readonly paymentIntent: string | undefined;
  readonly paymentMethod: string;
  readonly card: TestCard;
  /** ISO 3166 alpha-2 of the card. */
  readonly country: string;
  readonly captured: boolean;
  readonly status: "succeeded" | "pending" | "failed";
  readonly billing: Charge["billing_details"];
  readonly authenticated: boolean;
  readonly description: string | null;
  readonly metadata: Charge["metadata"];
  readonly receiptEmail: string | null;
  readonly shipping: Charge["shipping"];
  readonly statementDescriptorSuffix: string | null;
}
