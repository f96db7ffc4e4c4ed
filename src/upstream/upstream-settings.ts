import type { BudgetPolicy } from "../connector-api/budget.ts";

/** Settings of an upstream that may change while it is open. */
export interface UpstreamSettings {
  readonly budget: BudgetPolicy;
  /** Networks beyond the public ones that its address may be in, in CIDR notation. */
  readonly networks: readonly string[];
}
