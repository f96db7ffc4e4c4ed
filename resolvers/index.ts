import { Account } from "./Account.ts";
import { Balance } from "./Balance.ts";
import { BankTransaction } from "./BankTransaction.ts";
import { BudgetClosed } from "./BudgetClosed.ts";
import { BudgetState } from "./BudgetState.ts";
import { Delivery } from "./Delivery.ts";
import { DeliveryConflict } from "./DeliveryConflict.ts";
import { DeliveryEffect } from "./DeliveryEffect.ts";
import { Dispute } from "./Dispute.ts";
import { File } from "./File.ts";
import { Finding } from "./Finding.ts";
import { Freshness } from "./Freshness.ts";
import { LedgerEntry } from "./LedgerEntry.ts";
import { LedgerOrigin } from "./LedgerOrigin.ts";
import { Money } from "./Money.ts";
import { Node } from "./Node.ts";
import { Party } from "./Party.ts";
import { Payment } from "./Payment.ts";
import { PaymentAttempt } from "./PaymentAttempt.ts";
import { Payout } from "./Payout.ts";
import { PayoutMatch } from "./PayoutMatch.ts";
import { QuarantinedRecord } from "./QuarantinedRecord.ts";
import { RawRecord } from "./RawRecord.ts";
import { Refund } from "./Refund.ts";
import { Source } from "./Source.ts";
import { SourceId } from "./SourceId.ts";
import { SourceWebhooks } from "./SourceWebhooks.ts";
import { Statement } from "./Statement.ts";
import { StatementCheck } from "./StatementCheck.ts";
import { StatementComparison } from "./StatementComparison.ts";
import { StatementLink } from "./StatementLink.ts";
import { DeliveryParked } from "./DeliveryParked.ts";
import { DeliveryReceived } from "./DeliveryReceived.ts";
import { EntityChanged } from "./EntityChanged.ts";
import { FindingClosed } from "./FindingClosed.ts";
import { FindingOpened } from "./FindingOpened.ts";
import { RecordQuarantined } from "./RecordQuarantined.ts";
import { RunFinished } from "./RunFinished.ts";
import { RunProgressed } from "./RunProgressed.ts";
import { RunStarted } from "./RunStarted.ts";
import { SourceStatusChanged } from "./SourceStatusChanged.ts";
import { StreamPosition } from "./StreamPosition.ts";
import { StreamReset } from "./StreamReset.ts";
import { SyncEvent } from "./SyncEvent.ts";
import { SyncRun } from "./SyncRun.ts";
import type { Resolvers } from "./__generated__/types.ts";
import { Mutation } from "./Mutation/index.ts";
import { Query } from "./Query/index.ts";
import { syncEvents } from "./Subscription/syncEvents.ts";
import { BigIntScalar } from "./scalars/BigInt.ts";
import { CurrencyCode } from "./scalars/CurrencyCode.ts";
import { DateScalar } from "./scalars/Date.ts";
import { DateTime } from "./scalars/DateTime.ts";
import { Decimal } from "./scalars/Decimal.ts";
import { EventCursor } from "./scalars/EventCursor.ts";

/** All resolvers; what is not here is a column or a member of the same name. */
export const resolvers: Resolvers = {
  Account,
  Balance,
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
  SourceId,
  SourceWebhooks,
  Statement,
  StatementCheck,
  StatementComparison,
  StatementLink,
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
  SyncRun,
  Mutation,
  Query,
  Subscription: { syncEvents },
  BigInt: BigIntScalar,
  CurrencyCode,
  Date: DateScalar,
  DateTime,
  Decimal,
  EventCursor,
};
