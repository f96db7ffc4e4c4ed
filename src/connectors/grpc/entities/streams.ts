import type { StreamSpec } from "../../../connector-api/connector.ts";
import { account } from "./account.ts";
import { balance } from "./balance.ts";
import { bankTransaction } from "./bank-transaction.ts";
import { dispute } from "./dispute.ts";
import type { EntityMapping } from "./entity-mapping.ts";
import { ledgerEntry } from "./ledger-entry.ts";
import { party } from "./party.ts";
import { payment } from "./payment.ts";
import { payout } from "./payout.ts";
import { refund } from "./refund.ts";

/** One stream for each entity, so that the names in stored keys are the same for all settings. */
export const MAPPINGS = {
  accounts: account,
  balances: balance,
  parties: party,
  payments: payment,
  refunds: refund,
  disputes: dispute,
  payouts: payout,
  ledger_entries: ledgerEntry,
  bank_transactions: bankTransaction,
} as const satisfies Readonly<Record<string, EntityMapping>>;
export type StreamName = keyof typeof MAPPINGS;

export const STREAMS: readonly StreamSpec[] = Object.entries(MAPPINGS).map(([name, { entity }]) => ({
  name,
  entities: [entity],
  ranged: false,
}));
