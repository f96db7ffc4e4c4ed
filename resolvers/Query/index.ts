import { account } from "./account.ts";
import { accounts } from "./accounts.ts";
import { bankTransaction } from "./bankTransaction.ts";
import { bankTransactions } from "./bankTransactions.ts";
import { deliveries } from "./deliveries.ts";
import { delivery } from "./delivery.ts";
import { dispute } from "./dispute.ts";
import { disputes } from "./disputes.ts";
import { file } from "./file.ts";
import { files } from "./files.ts";
import { finding } from "./finding.ts";
import { findings } from "./findings.ts";
import { ledgerEntries } from "./ledgerEntries.ts";
import { ledgerEntry } from "./ledgerEntry.ts";
import { node } from "./node.ts";
import { nodes } from "./nodes.ts";
import { parties } from "./parties.ts";
import { party } from "./party.ts";
import { payment } from "./payment.ts";
import { payments } from "./payments.ts";
import { payout } from "./payout.ts";
import { payouts } from "./payouts.ts";
import { quarantinedRecord } from "./quarantinedRecord.ts";
import { quarantinedRecords } from "./quarantinedRecords.ts";
import { refund } from "./refund.ts";
import { refunds } from "./refunds.ts";
import { source } from "./source.ts";
import { sources } from "./sources.ts";
import { statement } from "./statement.ts";
import { statements } from "./statements.ts";
import { syncRun } from "./syncRun.ts";
import { syncRuns } from "./syncRuns.ts";
import type { QueryResolvers } from "../__generated__/types.ts";

export const Query: QueryResolvers = {
  account,
  accounts,
  bankTransaction,
  bankTransactions,
  deliveries,
  delivery,
  dispute,
  disputes,
  file,
  files,
  finding,
  findings,
  ledgerEntries,
  ledgerEntry,
  node,
  nodes,
  parties,
  party,
  payment,
  payments,
  payout,
  payouts,
  quarantinedRecord,
  quarantinedRecords,
  refund,
  refunds,
  source,
  sources,
  statement,
  statements,
  syncRun,
  syncRuns,
};
