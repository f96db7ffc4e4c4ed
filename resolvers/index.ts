import { Account, Balance, account, accounts } from "./account.ts";
import { BankCharge, BankTransaction, SourceId, bankTransaction, bankTransactions } from "./bank-transaction.ts";
import { BudgetState } from "./budget.ts";
import {
  SourceErasure,
  connectSource,
  disconnectSource,
  sourceErasure,
  updateSource,
  updateSourceCredentials,
} from "./connected-source.ts";
import {
  Delivery,
  DeliveryConflict,
  DeliveryEffect,
  deliveries,
  delivery,
  discardDeliveries,
  discardDelivery,
  replayDeliveries,
  replayDelivery,
} from "./delivery.ts";
import { Dispute, dispute, disputes } from "./dispute.ts";
import { File, file, files } from "./file.ts";
import { Finding, finding, findings } from "./finding.ts";
import { LedgerEntry, LedgerOrigin, ledgerEntries, ledgerEntry } from "./ledger-entry.ts";
import { Money } from "./money.ts";
import { Node, node, nodes } from "./node.ts";
import { Party, parties, party } from "./party.ts";
import { PaymentAttempt } from "./payment-attempt.ts";
import { Payment, payment, payments } from "./payment.ts";
import { PayoutMatch } from "./payout-match.ts";
import { Payout, payout, payouts } from "./payout.ts";
import { Freshness, RawRecord } from "./provenance.ts";
import {
  EntityType,
  EntityTypeInput,
  QuarantinedRecord,
  quarantinedRecord,
  quarantinedRecords,
  replayQuarantined,
} from "./quarantined-record.ts";
import { Refund, refund, refunds } from "./refund.ts";
import { BigIntScalar } from "./scalars/BigInt.ts";
import { CurrencyCode } from "./scalars/CurrencyCode.ts";
import { DateScalar } from "./scalars/Date.ts";
import { DateTime } from "./scalars/DateTime.ts";
import { Decimal } from "./scalars/Decimal.ts";
import { EventCursor } from "./scalars/EventCursor.ts";
import { JSONScalar } from "./scalars/JSON.ts";
import { SourceWebhooks } from "./source-webhooks.ts";
import { Source, pauseSource, resumeSource, source, sources } from "./source.ts";
import {
  BalanceMovement,
  Statement,
  StatementCheck,
  StatementComparison,
  StatementLink,
  statement,
  statements,
} from "./statement.ts";
import {
  BudgetClosed,
  DeliveryParked,
  DeliveryReceived,
  EntityChanged,
  FindingClosed,
  FindingOpened,
  RecordQuarantined,
  RunFinished,
  RunProgressed,
  RunStarted,
  SourceStatusChanged,
  StreamPosition,
  StreamReset,
  SyncEvent,
  SyncEventKind,
  syncEvents,
} from "./subscription.ts";
import { SyncRun, cancelSync, startSync, syncRun, syncRuns } from "./sync-run.ts";
import type { Resolvers } from "./__generated__/types.ts";

/** All resolvers; a field without one is a column or a member of the same name. */
export const resolvers: Resolvers = {
  Account,
  Balance,
  BalanceMovement,
  BankCharge,
  BankTransaction,
  BudgetClosed,
  BudgetState,
  Delivery,
  DeliveryConflict,
  DeliveryEffect,
  Dispute,
  File,
  Finding,
  Freshness,
  LedgerEntry,
  LedgerOrigin,
  Money,
  Node,
  Party,
  Payment,
  PaymentAttempt,
  Payout,
  PayoutMatch,
  QuarantinedRecord,
  RawRecord,
  Refund,
  Source,
  SourceErasure,
  SourceId,
  SourceWebhooks,
  Statement,
  StatementCheck,
  StatementComparison,
  StatementLink,
  DeliveryParked,
  DeliveryReceived,
  EntityChanged,
  EntityType,
  EntityTypeInput,
  FindingClosed,
  FindingOpened,
  RecordQuarantined,
  RunFinished,
  RunProgressed,
  RunStarted,
  SourceStatusChanged,
  StreamPosition,
  StreamReset,
  SyncEvent,
  SyncEventKind,
  SyncRun,
  Mutation: {
    cancelSync,
    connectSource,
    disconnectSource,
    discardDeliveries,
    discardDelivery,
    pauseSource,
    replayDeliveries,
    replayDelivery,
    replayQuarantined,
    resumeSource,
    startSync,
    updateSource,
    updateSourceCredentials,
  },
  Query: {
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
    sourceErasure,
    sources,
    statement,
    statements,
    syncRun,
    syncRuns,
  },
  Subscription: { syncEvents },
  BigInt: BigIntScalar,
  CurrencyCode,
  Date: DateScalar,
  DateTime,
  Decimal,
  EventCursor,
  JSON: JSONScalar,
};
