/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Filter for accounts. An object must meet every condition given. */
export type AccountFilter = {
  /** Only accounts of which a chain of balances, of any currency and day, is in one of these states according to the open findings. */
  readonly balanceChain?: ReadonlyArray<BalanceChainFindingInput> | null | undefined;
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: string | null | undefined;
  /** Only objects created before this time. */
  readonly createdTo?: string | null | undefined;
  /** Only the object with this id at its source. */
  readonly externalId?: string | null | undefined;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: boolean | null | undefined;
  /** Only objects of this kind. */
  readonly kind?: AccountKindInput | null | undefined;
  /** Only accounts with this ownership. */
  readonly ownership?: AccountOwnershipInput | null | undefined;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
};

/** Kind of account. */
export type AccountKind =
  /** An account at a bank. */
  | 'BANK_ACCOUNT'
  /** A payment card. */
  | 'CARD'
  /** Money that a payment processor holds for us. */
  | 'PROCESSOR_BALANCE';

/** Kind of account, as input. */
export type AccountKindInput =
  /** An account at a bank. */
  | 'BANK_ACCOUNT'
  /** A payment card. */
  | 'CARD'
  /** Money that a payment processor holds for us. */
  | 'PROCESSOR_BALANCE';

/** Ownership of an account, as input. */
export type AccountOwnershipInput =
  /** The account belongs to a third party: a customer or a counterparty. */
  | 'EXTERNAL'
  /** The account belongs to us. */
  | 'INTERNAL';

/** Whether messages are sent to an endpoint. */
export type AlertEndpointStatus =
  /** They are sent. */
  | 'ACTIVE'
  /** Somebody has disabled it. */
  | 'DISABLED'
  /** It accepted nothing for five days. */
  | 'FAILED'
  /** It has answered 410: it no longer exists. */
  | 'REJECTED';

/** Filter for messages. A message must meet every condition given. */
export type AlertFilter = {
  /** Only messages to these endpoints; at most 100. */
  readonly endpointIds?: ReadonlyArray<string> | null | undefined;
  /** Only messages about these sources; at most 100. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** Only messages with one of these statuses; at most 100. */
  readonly status?: ReadonlyArray<AlertStatusInput> | null | undefined;
};

/** Form of the messages to an endpoint. */
export type AlertForm =
  /** `{"text": "…"}`, as the incoming webhooks of Slack, Mattermost and Teams take it; not signed. */
  | 'CHAT_TEXT'
  /** JSON, signed as the specification Standard Webhooks requires. */
  | 'STANDARD_WEBHOOKS';

/** Form of the messages to an endpoint, as an argument. */
export type AlertFormInput =
  /** `{"text": "…"}`, as the incoming webhooks of Slack, Mattermost and Teams take it; not signed. */
  | 'CHAT_TEXT'
  /** JSON, signed as the specification Standard Webhooks requires. */
  | 'STANDARD_WEBHOOKS';

/** Whether a message was sent. */
export type AlertStatus =
  /** The receiver has accepted it. */
  | 'DELIVERED'
  /** It was given up, or its endpoint was disabled or deleted. */
  | 'FAILED'
  /** It waits for the end of a muting. */
  | 'MUTED'
  /** It waits for its next attempt. */
  | 'PENDING'
  /** What it reports was over before the first attempt: nothing was sent. */
  | 'SUPERSEDED';

/** Whether a message was sent, as an argument. */
export type AlertStatusInput =
  /** The receiver has accepted it. */
  | 'DELIVERED'
  /** It was given up, or its endpoint was disabled or deleted. */
  | 'FAILED'
  /** It waits for the end of a muting. */
  | 'MUTED'
  /** It waits for its next attempt. */
  | 'PENDING'
  /** What it reports was over before the first attempt: nothing was sent. */
  | 'SUPERSEDED';

/** What a message reports. */
export type AlertType =
  /** Findings were opened that are not sent one by one, because too many messages wait for the endpoint. */
  | 'FINDINGS_OMITTED'
  /** A finding was closed, whose opening was sent to the endpoint before. */
  | 'FINDING_CLOSED'
  /** A finding was opened. */
  | 'FINDING_OPENED'
  /** A source is in another state of its health. */
  | 'SOURCE_HEALTH_CHANGED'
  /** Somebody has tested the endpoint. */
  | 'TEST';

/** A range of amounts in one currency. Amounts are compared exactly, with as many digits as the bank has written. */
export type AmountRange = {
  /** The currency. */
  readonly currency: string;
  /** Largest amount, inclusive. Null sets no upper bound. */
  readonly max?: string | null | undefined;
  /** Smallest amount, inclusive. Null sets no lower bound. */
  readonly min?: string | null | undefined;
};

/** Filter of the audit trail. A row must meet every condition given. */
export type AuditFilter = {
  /** Only rows about this action: `mutation.pauseSource`. */
  readonly action?: string | null | undefined;
  /** Only rows that were written at this time or later. */
  readonly from?: string | null | undefined;
  /** Only rows with this outcome. */
  readonly outcome?: AuditOutcomeInput | null | undefined;
  /** Only rows of this caller, by the subject. */
  readonly principal?: string | null | undefined;
  /** Only rows about this object. */
  readonly subjectId?: string | null | undefined;
  /** Only rows about an object of this kind: `SOURCE`. */
  readonly subjectType?: string | null | undefined;
  /** Only rows that were written before this time. */
  readonly to?: string | null | undefined;
};

/** How an action ended. */
export type AuditOutcome =
  /** It was begun and failed. */
  | 'FAILED'
  /** It was not begun: the caller may not do it, or the input is wrong. */
  | 'REFUSED'
  /** It succeeded. */
  | 'SUCCEEDED';

/** How an action ended, as an argument. */
export type AuditOutcomeInput =
  /** It was begun and failed. */
  | 'FAILED'
  /** It was not begun: the caller may not do it, or the input is wrong. */
  | 'REFUSED'
  /** It succeeded. */
  | 'SUCCEEDED';

/** Part of an action that a row of the audit trail is about. */
export type AuditPhase =
  /** The whole action. Its effect and the row are one transaction. */
  | 'COMPLETE'
  /** Refused requests beyond the bound of rows: `arguments` has their numbers. */
  | 'COUNTED'
  /** The action has ended. */
  | 'FINISHED'
  /** The action is about to begin. */
  | 'STARTED';

/** How a caller has authenticated. */
export type AuditPrincipalKind =
  /** With an API key. */
  | 'API_KEY'
  /** Without a token, on a server for development. */
  | 'DEVELOPMENT'
  /** It is the service itself. */
  | 'SERVICE'
  /** With a token. */
  | 'TOKEN';

/** What the links of a chain are made of. */
export type BalanceChainBasis =
  /** Balances that the source stated, and the ledger entries between them. */
  | 'LEDGER'
  /** Statements of a bank, each with its opening and closing balance and its booked entries. */
  | 'STATEMENTS';

/** State of a chain of balances that an open finding reports, as input. */
export type BalanceChainFindingInput =
  /** The balance differs from its entries, for longer than a read takes: a finding BALANCE_CHAIN_BROKEN is open. Of statements, one does not balance, or there is a gap or an overlap: a finding STATEMENT_NOT_CLOSED, STATEMENT_GAP or STATEMENT_OVERLAP is open. */
  | 'BROKEN';

/** Whether a chain of balances agrees with its entries. */
export type BalanceChainState =
  /** The newest balance that can be compared is the sum of all entries; of statements, each balances and opens where the one before it closed. */
  | 'AGREES'
  /** The newest balance differs from its entries: see `drift`. A finding BALANCE_CHAIN_BROKEN is open, or will be if that lasts. Of statements, one does not balance, or there is a gap. */
  | 'BROKEN'
  /** No balance of this account was ever the sum of its entries, so the ledger may begin after the account does: only the links can be compared. */
  | 'OPENING_UNKNOWN'
  /** No balance can be compared yet: the ledger has not been read completely, or not since a balance was stated. */
  | 'PENDING';

/** Why an entry may be the cause of a drift. */
export type BalanceDriftReason =
  /** The amount of the entry was changed by the difference. */
  | 'ALTERED'
  /** The entry is deleted here, and the balance counts it. */
  | 'DELETED'
  /** The entry is there twice, and the balance counts it once. */
  | 'DOUBLED'
  /** The entry is booked within seven days after the last balance, which counts it already: the next balance will agree. */
  | 'LATE';

/** Filter for bank transactions. An object must meet every condition given. */
export type BankTransactionFilter = {
  /** Only transactions of this account, given by its global id. */
  readonly account?: string | null | undefined;
  /** Only transactions with an amount in this range. */
  readonly amount?: AmountRange | null | undefined;
  /** Only transactions booked on this day or later. */
  readonly bookedFrom?: string | null | undefined;
  /** Only transactions booked before this day, which must be after `bookedFrom`. */
  readonly bookedTo?: string | null | undefined;
  /** Only transactions in this direction. */
  readonly direction?: DirectionInput | null | undefined;
  /** Only the object with this id at its source. */
  readonly externalId?: string | null | undefined;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: boolean | null | undefined;
  /** True returns only reversals of earlier entries, false only other transactions. */
  readonly isReversal?: boolean | null | undefined;
  /** Only transactions with exactly this reference, either their own or that of a detail. */
  readonly reference?: string | null | undefined;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** Only transactions that this statement, report or notification contains in its current version, given by its global id. Transactions that only an earlier copy of it contained are left out. */
  readonly statement?: string | null | undefined;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: ReadonlyArray<BookingStatusInput> | null | undefined;
  /** Only transactions that contain all of these words, or words that begin with them, in the remittance information, the counterparty or the references. Case and accents do not matter. At most 20 words, and 200 characters. */
  readonly text?: string | null | undefined;
};

/** Booking status of an entry, as input. */
export type BookingStatusInput =
  /** The entry is booked: it moves the balance. */
  | 'BOOKED'
  /** The entry will be booked on a later day. */
  | 'FUTURE'
  /** The entry is for information only. */
  | 'INFORMATION'
  /** The entry is expected to be booked. */
  | 'PENDING'
  /** The bank no longer lists the entry: a pending entry that later reports leave out, or an entry of a statement that was sent again without it. It moves no balance. If the bank lists it again, it takes the status that the bank then states. */
  | 'WITHDRAWN';

/** Reason why a budget permits no calls for some time. */
export type BudgetClosedReason =
  /** The upstream's headers say that its quota is used up. */
  | 'QUOTA_USED_UP'
  /** The upstream refused a call and named a time to wait, by `Retry-After` or a gRPC pushback. */
  | 'RETRY_AFTER';

/** Result of the comparison of a day. */
export type ComparedDayState =
  /** Differences are not repaired yet, or could not be. */
  | 'DIFFERENT'
  /** The store has what the source has. */
  | 'IN_STEP'
  /** The source gives no way to compare the stream. */
  | 'NOT_COMPARABLE'
  /** Differences were found and repaired, and the repaired objects were read once more. */
  | 'REPAIRED'
  /** The store had what the source had when the day was compared, which was before its end. */
  | 'STALE';

/** An endpoint to make. */
export type CreateAlertEndpointInput = {
  /** Form of the messages. */
  readonly form?: AlertFormInput;
  /** Least urgent severity that is sent. */
  readonly minSeverity?: SeverityInput;
  /** Name by which people recognise it: 1 to 100 characters. */
  readonly name: string;
  /** Names of the sources that it is about: 1 to 100. Null: every source. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** Where messages are sent, by POST: an https or http URL at a public address, or in a network that the operator's setting ALERT_NETWORKS allows. It is stored encrypted and not returned. */
  readonly url: string;
};

/** An evidence pack to make: of a period, or of a finding. */
export type CreateEvidencePackInput = {
  /** Id of a finding: the pack has the objects of its source from a day before it was opened until it was closed, or until now. It also has the objects that the finding is about, whatever their time. */
  readonly findingId?: string | null | undefined;
  /** Begin of the period, inclusive. It is required without a `findingId`. */
  readonly from?: string | null | undefined;
  /** Any text of up to 200 characters. As long as the pack is stored, a second call with the same key returns it, and is refused if it requests something else. Null makes every call make a new pack. */
  readonly idempotencyKey?: string | null | undefined;
  /** Sources whose objects the pack has, 1 to 100. Null means all. It cannot be combined with `findingId`. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** End of the period, exclusive, and not in the future. It is required without a `findingId`. */
  readonly to?: string | null | undefined;
};

/** A route of payouts to declare. */
export type DeclarePayoutRouteInput = {
  /** What a payout that was converted is compared by; refused without `exchangeCurrency`. Null means LEDGER_ENTRY_RATE. */
  readonly exchangeBy?: PayoutRouteExchangeInput | null | undefined;
  /** Currency into which the bank converts the payouts. Null means that it does not. */
  readonly exchangeCurrency?: string | null | undefined;
  /** Rounding of the converted amount. It is required for LEDGER_ENTRY_RATE, and refused otherwise. */
  readonly exchangeRounding?: PayoutRouteRoundingInput | null | undefined;
  /** Fee that the bank takes from each transfer, by rising steps of the amount; at most 20. Null means none. */
  readonly fee?: ReadonlyArray<PayoutRouteFeeStepInput> | null | undefined;
  /** The processor's account, by its id at the source. Null means all accounts. */
  readonly fromAccount?: string | null | undefined;
  /** Currency of the payouts. Null means all currencies. */
  readonly fromCurrency?: string | null | undefined;
  /** The source that the payouts come from. */
  readonly fromSourceId: string;
  /** Days other than Saturdays and Sundays on which the bank books nothing; at most 100. Null means none. */
  readonly holidays?: ReadonlyArray<string> | null | undefined;
  /** Its name: 1 to 64 characters of a-z, 0-9 and -, not - at the ends. A route of this name that was declared before is replaced. */
  readonly id: string;
  /** Names of which a transaction must contain one if it contains no reference: at most 20, of 3 to 100 characters. Null means that any transaction may match. */
  readonly names?: ReadonlyArray<string> | null | undefined;
  /** The bank account, by its id at the source. Null means all accounts. */
  readonly toAccount?: string | null | undefined;
  /** The source that reports the bank account; another one than `fromSourceId`. */
  readonly toSourceId: string;
  /** Business days after the expected arrival within which a payout usually arrives, 0 to 30. Null means 5. */
  readonly usualDays?: number | null | undefined;
};

/** Outcome of an attempt to apply a delivery. */
export type DeliveryAttemptOutcome =
  /** The content was applied. */
  | 'APPLIED'
  /** The attempt failed permanently: a retry would fail in the same way, or the maximum number of attempts was reached. */
  | 'PARKED'
  /** The attempt failed and is retried automatically. */
  | 'RETRY';

/** Kind of effect of a delivery. */
export type DeliveryEffectKind =
  /** An object was created. */
  | 'CREATED'
  /** An object was deleted by the source. */
  | 'DELETED'
  /** A record of the delivery could not be applied and was quarantined. */
  | 'QUARANTINED'
  /** A read of a stream was requested, because the delivery only said that there is something new. */
  | 'READ_REQUESTED'
  /** A fetch of an object was requested, because the delivery only named it, or could not be ordered relative to the stored state. */
  | 'REFETCH_REQUESTED'
  /** An object's content changed. */
  | 'UPDATED';

/** Filter for deliveries. A delivery must meet every condition given. Deliveries are found through an index by source, time and status; the other conditions are checked on each delivery found, so rare matches are best requested together with a time or with the status PARKED. */
export type DeliveryFilter = {
  /** Only deliveries whose last attempt failed with one of these error codes; at most 100. It is checked on each delivery found by index. */
  readonly errorCodes?: ReadonlyArray<string> | null | undefined;
  /** Only deliveries with one of these event types, in the source's own terms: `charge.refunded`; at most 100. It is checked on each delivery found by index. */
  readonly eventTypes?: ReadonlyArray<string> | null | undefined;
  /** Only deliveries received at this time or later. */
  readonly receivedFrom?: string | null | undefined;
  /** Only deliveries received before this time, which must be after `receivedFrom`. */
  readonly receivedTo?: string | null | undefined;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: ReadonlyArray<DeliveryStatusInput> | null | undefined;
};

/** Processing status of a delivery. */
export type DeliveryStatus =
  /** The content of the delivery is applied. */
  | 'APPLIED'
  /** A user decided that the delivery is not to be applied. A replay reverses this. */
  | 'DISCARDED'
  /** The delivery could not be applied and waits for a replay. */
  | 'PARKED'
  /** The delivery is committed and waits to be applied. */
  | 'PENDING';

/** Processing status of a delivery, as input. */
export type DeliveryStatusInput =
  /** The content of the delivery is applied. */
  | 'APPLIED'
  /** A user decided that the delivery is not to be applied. A replay reverses this. */
  | 'DISCARDED'
  /** The delivery could not be applied and waits for a replay. */
  | 'PARKED'
  /** The delivery is committed and waits to be applied. */
  | 'PENDING';

/** Kind of row from which a diagnosis was concluded. */
export type DiagnosisEvidenceKind =
  /** A rate limit: see BudgetState; `id` is its name. */
  | 'BUDGET'
  /** A delivery. */
  | 'DELIVERY'
  /** The change feed: see SourceFeed. */
  | 'FEED'
  /** A file. */
  | 'FILE'
  /** A finding. */
  | 'FINDING'
  /** A process of this service; `id` is its name. */
  | 'PROCESS'
  /** A quarantined record. */
  | 'QUARANTINED_RECORD'
  /** The queue of objects that must be fetched again. */
  | 'REFETCH'
  /** A run. */
  | 'RUN'
  /** The source itself: its status and its times. */
  | 'SOURCE'
  /** A stream of the source; `id` is its name. */
  | 'STREAM'
  /** The calls of the source's webhooks: see SourceWebhooks. */
  | 'WEBHOOKS';

/** How the store differed from the source in an object. */
export type DifferenceKind =
  /** Both had the object, with different content. */
  | 'ALTERED'
  /** The object was stored, and the source does not have it. */
  | 'INVENTED'
  /** The source has the object, and it was not stored, or stored as deleted. */
  | 'MISSING';

/** Direction of a movement of money. */
export type Direction =
  /** Money came in. */
  | 'CREDIT'
  /** Money went out. */
  | 'DEBIT';

/** Direction of a movement of money, as input. */
export type DirectionInput =
  /** Money came in. */
  | 'CREDIT'
  /** Money went out. */
  | 'DEBIT';

/** Selection of deliveries to discard, with the reason. */
export type DiscardDeliveriesInput = {
  /** The `endCursor` of the call before, with the same filter: the call continues behind its last delivery, and leaves out those that were received after the first call. Null in the first call. */
  readonly after?: string | null | undefined;
  /** The deliveries to discard must meet every condition given; at least one condition is required. Only PENDING and PARKED deliveries are selected. */
  readonly filter: DeliveryFilter;
  /** Maximum number of deliveries, 1 to 10000. The oldest are selected. */
  readonly limit?: number | null | undefined;
  /** Reason, 1 to 500 characters. It is returned as `Delivery.discardReason`. */
  readonly reason: string;
};

/** Selection of quarantined records to discard, and the reason. */
export type DiscardManyQuarantinedInput = {
  /** The `endCursor` of the call before, with the same filter: the call continues behind its last record, and leaves out those that were first received after the first call. Null in the first call. */
  readonly after?: string | null | undefined;
  /** The records to discard must meet every condition given; at least one condition is required. Only OPEN records are selected. */
  readonly filter: QuarantinedRecordFilter;
  /** Maximum number of records, 1 to 10000. Those that were first received earliest are selected. */
  readonly limit?: number | null | undefined;
  /** Reason, 1 to 500 characters. It is returned as `QuarantinedRecord.discardReason`. */
  readonly reason: string;
};

/** A kind of object that is synced. */
export type EntityType =
  /** A place that holds money. */
  | 'ACCOUNT'
  /** An amount that an account holds. */
  | 'BALANCE'
  /** One entry of an account at a bank. */
  | 'BANK_TRANSACTION'
  /** A payer's objection to a payment. */
  | 'DISPUTE'
  /** One entry of an account's ledger. */
  | 'LEDGER_ENTRY'
  /** A person or an organization. */
  | 'PARTY'
  /** An intended movement of money. */
  | 'PAYMENT'
  /** One attempt to move the money of a payment. */
  | 'PAYMENT_ATTEMPT'
  /** Money that a provider sends to an account. */
  | 'PAYOUT'
  /** Money returned to a payer. */
  | 'REFUND'
  /** What a bank reports about an account in one message. */
  | 'STATEMENT';

/** A kind of object that is synced, as input. */
export type EntityTypeInput =
  /** A place that holds money. */
  | 'ACCOUNT'
  /** An amount that an account holds. */
  | 'BALANCE'
  /** One entry of an account at a bank. */
  | 'BANK_TRANSACTION'
  /** A payer's objection to a payment. */
  | 'DISPUTE'
  /** One entry of an account's ledger. */
  | 'LEDGER_ENTRY'
  /** A person or an organization. */
  | 'PARTY'
  /** An intended movement of money. */
  | 'PAYMENT'
  /** One attempt to move the money of a payment. */
  | 'PAYMENT_ATTEMPT'
  /** Money that a provider sends to an account. */
  | 'PAYOUT'
  /** Money returned to a payer. */
  | 'REFUND'
  /** What a bank reports about an account in one message. */
  | 'STATEMENT';

/** Whether an evidence pack can be downloaded. */
export type EvidencePackStatus =
  /** It was canceled. */
  | 'CANCELED'
  /** It could not be written. */
  | 'FAILED'
  /** It waits, or is being written. */
  | 'QUEUED'
  /** It can be downloaded. */
  | 'READY';

/** The five causes of data being out of sync. */
export type FailureCause =
  /** Work that was done too late, or a call that was not answered. */
  | 'ASYNC_BOTTLENECK'
  /** A database that was slow, unavailable, or locked by another process. */
  | 'DATABASE'
  /** Bytes or values that differ from the documented format. */
  | 'FORMAT_MISMATCH'
  /** Rate limits or throttling by the upstream. */
  | 'RATE_LIMIT'
  /** A webhook call that was forged, lost, duplicated or not understood. */
  | 'WEBHOOK';

/** Filter for findings. An object must meet every condition given. */
export type FindingFilter = {
  /** True returns only open findings, false only resolved ones. Null returns both. */
  readonly isOpen?: boolean | null | undefined;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
};

/** Whether what is stored of a source or a stream agrees with its upstream. */
export type HealthState =
  /** Changes arrive later than usual, and Sluice works them off by itself. */
  | 'CATCHING_UP'
  /** What is stored agrees with the upstream, as far as Sluice can know. */
  | 'IN_STEP'
  /** Changes are missing, and will be until the reason is remedied. */
  | 'OUT_OF_STEP'
  /** It cannot be known whether changes are missing, because nothing is read or what was read proves nothing. */
  | 'UNKNOWN';

/** What a person has decided. */
export type MatchDecisionKind =
  /** The payouts arrived as the bank transactions. */
  | 'MATCH'
  /** The payouts did not arrive as the bank transactions. */
  | 'UNMATCH';

/** Metric of a source over time. */
export type MetricName =
  /** Calls to the upstream, each of which used a permit. Sources that share a credential are counted under the first one. */
  | 'CALLS'
  /** Milliseconds until the upstream answered a call. */
  | 'CALL_DURATION_MS'
  /** Calls to the upstream that failed. */
  | 'CALL_FAILURES'
  /** Milliseconds that the clock of the upstream was ahead of that of this service, by the `Date` of its responses, once a minute. */
  | 'CLOCK_AHEAD_MS'
  /** Milliseconds that the clock of the upstream was behind that of this service, by the `Date` of its responses, once a minute. */
  | 'CLOCK_BEHIND_MS'
  /** Webhook calls that were accepted, including duplicates. */
  | 'DELIVERIES'
  /** Webhook calls that were refused because of their signature. */
  | 'DELIVERIES_REFUSED'
  /** Milliseconds from the receipt of a webhook call until its delivery was applied for the first time. */
  | 'DELIVERY_AGE_MS'
  /** Events of the event log. */
  | 'EVENTS'
  /** Bytes at the upstream that the change feed had not received, once a minute. */
  | 'FEED_LAG_BYTES'
  /** Milliseconds that the change feed was behind, once a minute. */
  | 'FEED_LAG_MS'
  /** Milliseconds until a permit for a call was free. */
  | 'PERMIT_WAIT_MS';

/** Messages to mute. */
export type MuteAlertsInput = {
  /** Kind of findings, or SOURCE_HEALTH for changes of health. Null: every kind. */
  readonly kind?: string | null | undefined;
  /** Reason, 1 to 500 characters. */
  readonly reason: string;
  /** Name of a source. Null: every source. */
  readonly sourceId?: string | null | undefined;
  /** Time at which it ends: in the future, within a year. */
  readonly until: string;
};

/** Filter for payouts. An object must meet every condition given. */
export type PayoutFilter = {
  /** Only payouts of money from this account, given by its global id. */
  readonly account?: string | null | undefined;
  /** Only payouts with an amount in this range. */
  readonly amount?: AmountRange | null | undefined;
  /** Only objects created at this time or later. For an object without a creation time at its source, the time when it was first seen counts. */
  readonly createdFrom?: string | null | undefined;
  /** Only objects created before this time. */
  readonly createdTo?: string | null | undefined;
  /** Only payouts to this account, given by its global id. */
  readonly destination?: string | null | undefined;
  /** Only the object with this id at its source. */
  readonly externalId?: string | null | undefined;
  /** Includes objects that the source has deleted. Null leaves them out. */
  readonly includeDeleted?: boolean | null | undefined;
  /** Only payouts of which one of these states is proven; at most 100. The states are refreshed within a minute of a change. */
  readonly proof?: ReadonlyArray<PayoutProofStateInput> | null | undefined;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: ReadonlyArray<PayoutStatusInput> | null | undefined;
};

/** Reason for matching a payout to a bank transaction. */
export type PayoutMatchReason =
  /** The amount and the currency are equal. */
  | 'AMOUNT'
  /** The transaction was booked around the expected date. */
  | 'DATE'
  /** No reference confirms the match, but there is no other candidate. */
  | 'ONLY_ONE'
  /** A person has matched them. */
  | 'PERSON'
  /** The transaction contains a reference to the payout: its id at the source, or one of its references. */
  | 'REFERENCE'
  /** Several payouts, or several transactions, add up to the amount, and no other set of them does. */
  | 'SUM';

/** What the proof of a payout is based on. */
export type PayoutProofBasis =
  /** The ledger of the account since the payout before, as far as its money was available, and the balance that this one left. */
  | 'BALANCE_SINCE_LAST_PAYOUT'
  /** The list of ledger entries that the source states for the payout. */
  | 'LISTED_ENTRIES';

/** Kind of line in the proof of a payout. */
export type PayoutProofLineKind =
  /** Corrections by the provider. */
  | 'ADJUSTMENTS'
  /** Payments, before fees. */
  | 'CHARGES'
  /** Money withdrawn or returned because of disputes, without their fees. */
  | 'DISPUTES'
  /** Fees of disputes. */
  | 'DISPUTE_FEES'
  /** All other fees: those deducted from payments, those billed apart, and taxes on them. */
  | 'FEES'
  /** Money of a loan that the provider paid to us. */
  | 'LOANS_PAID_OUT'
  /** Repayments of a loan. */
  | 'LOAN_REPAYMENTS'
  /** Entries of kinds that are not known to this service. */
  | 'OTHER'
  /** Other payouts, and payouts that were returned. */
  | 'PAYOUTS'
  /** Refunds, and refunds that failed. */
  | 'REFUNDS'
  /** Reserved money that the provider released. */
  | 'RESERVES_RELEASED'
  /** Money that the provider began to reserve. */
  | 'RESERVES_WITHHELD'
  /** Money added by us. */
  | 'TOPUPS'
  /** Money moved between accounts. */
  | 'TRANSFERS';

/** What is proven about a payout. */
export type PayoutProofState =
  /** The payout is the sum of its lines and of named money of the same ledger: see `residue`. */
  | 'EXPLAINED'
  /** The source does not list the ledger entries, and it has no ledger that could decide. */
  | 'NOT_DISCLOSED'
  /** The source has not listed the ledger entries yet, or they have not been read or summed up yet. */
  | 'PENDING'
  /** The payout is the sum of its lines. */
  | 'PROVEN'
  /** A part of the payout has no known reason: see `unexplained`. A finding PAYOUT_LINES_DIFFER is open, or will be if that lasts. */
  | 'UNEXPLAINED';

/** What is proven about a payout, as input. */
export type PayoutProofStateInput =
  /** The payout is the sum of its lines and of named money of the same ledger. */
  | 'EXPLAINED'
  /** The source does not list the ledger entries, and it has no ledger that could decide. */
  | 'NOT_DISCLOSED'
  /** The source has not listed the ledger entries yet, or they have not been read or summed up yet. */
  | 'PENDING'
  /** The payout is the sum of its lines. */
  | 'PROVEN'
  /** A part of the payout has no known reason. */
  | 'UNEXPLAINED';

/** Reason for a part of a payout that is not in its lines. */
export type PayoutResidueKind =
  /** Balance that the payout before left; negative if the payout made up for a debt. */
  | 'CARRIED_BALANCE'
  /** Balance that this payout left, as a negative amount. */
  | 'KEPT_BALANCE'
  /** The provider took or paid money of a loan, and the list of the payout does not contain it. */
  | 'LOAN_REPAYMENT'
  /** The payout failed or was canceled, and its money has not come back yet. */
  | 'NOT_RETURNED'
  /** Lines in another currency than the payout, whose value in the payout's currency nobody states. */
  | 'OTHER_CURRENCY'
  /** An instant payout drew on money that was booked but not available yet. */
  | 'PENDING_FUNDS'
  /** The provider reserved or released money, and the list of the payout does not contain it. */
  | 'RESERVE'
  /** No reason is known. */
  | 'UNKNOWN';

/** What a payout that the bank has converted is compared by, as input. */
export type PayoutRouteExchangeInput =
  /** The amount in the payout's currency that was instructed, as the bank states it. */
  | 'INSTRUCTED_AMOUNT'
  /** The booked amount, with the payout converted by the exchange rate of its own ledger entry. */
  | 'LEDGER_ENTRY_RATE';

/** Fee of transfers up to an amount, as input. */
export type PayoutRouteFeeStepInput = {
  /** The fee: not negative, with at most six fraction digits. */
  readonly amount: string;
  /** Greatest amount of a transfer with this fee. Null only in the last step, for transfers without a limit. */
  readonly upToAmount?: string | null | undefined;
};

/** Where a route of payouts was declared. */
export type PayoutRouteOrigin =
  /** It was declared by `declarePayoutRoute`. */
  | 'DECLARED'
  /** In the settings file, which alone can change it. */
  | 'SETTINGS_FILE';

/** Rounding of a converted amount. */
export type PayoutRouteRounding =
  /** Parts of a unit are cut off. */
  | 'DOWN'
  /** Half a unit is rounded to the even neighbour. */
  | 'HALF_EVEN'
  /** Half a unit is rounded away from zero. */
  | 'HALF_UP';

/** Rounding of a converted amount, as input. */
export type PayoutRouteRoundingInput =
  /** Parts of a unit are cut off. */
  | 'DOWN'
  /** Half a unit is rounded to the even neighbour. */
  | 'HALF_EVEN'
  /** Half a unit is rounded away from zero. */
  | 'HALF_UP';

/** Status of a payout. */
export type PayoutStatus =
  /** The payout was canceled before it was sent. */
  | 'CANCELED'
  /** The payout was returned or refused; `failureReason` gives the reason. */
  | 'FAILED'
  /** The payout was sent to the bank. */
  | 'IN_TRANSIT'
  /** The payout arrived, according to the provider. */
  | 'PAID'
  /** The payout was created but not sent yet. */
  | 'PENDING';

/** Status of a payout, as input. */
export type PayoutStatusInput =
  /** The payout was canceled before it was sent. */
  | 'CANCELED'
  /** The payout was returned or refused; `failureReason` gives the reason. */
  | 'FAILED'
  /** The payout was sent to the bank. */
  | 'IN_TRANSIT'
  /** The payout arrived, according to the provider. */
  | 'PAID'
  /** The payout was created but not sent yet. */
  | 'PENDING';

/** Status of a quarantined record. */
export type QuarantineStatus =
  /** A user decided that the record is not to be applied, however often it is received in the same way. A replay reverses this. */
  | 'DISCARDED'
  /** The object is out of sync until the record is applied. */
  | 'OPEN'
  /** The object was applied later. */
  | 'RESOLVED';

/** Status of a quarantined record, as input. */
export type QuarantineStatusInput =
  /** A user decided that the record is not to be applied, however often it is received in the same way. A replay reverses this. */
  | 'DISCARDED'
  /** The object is out of sync until the record is applied. */
  | 'OPEN'
  /** The object was applied later. */
  | 'RESOLVED';

/** Filter for quarantined records. An object must meet every condition given. */
export type QuarantinedRecordFilter = {
  /** Only records of these types of object; at most 100. */
  readonly entityTypes?: ReadonlyArray<EntityTypeInput> | null | undefined;
  /** Only records with one of these paths of the error within the item: `amount`; at most 100. */
  readonly paths?: ReadonlyArray<string> | null | undefined;
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** Only records with this status. */
  readonly status?: QuarantineStatusInput | null | undefined;
};

/** Selects what to compare with the source. */
export type ReconcileInput = {
  /** First day, inclusive, in UTC, by the time when the source created the objects. Objects without such a time are compared too if their stream is read as a whole. */
  readonly from: string;
  /** Any text of up to 200 characters. As long as the run is stored, a second call with the same key returns it, and is refused if it requests something else. Null makes every call start a new run. */
  readonly idempotencyKey?: string | null | undefined;
  /** The source's name. */
  readonly sourceId: string;
  /** Names of the streams; at most 100. Null selects all streams of the source. Those that cannot be compared say so. */
  readonly streams?: ReadonlyArray<string> | null | undefined;
  /** Day after the last one, exclusive; at most 366 days after the first one. What is created after the comparison has begun is left out. */
  readonly to: string;
};

/** Filter for results of matching. An item must meet every condition given. */
export type ReconciliationItemFilter = {
  /** Only amounts in this currency. */
  readonly currency?: string | null | undefined;
  /** Only payouts, or only bank transactions. */
  readonly kind?: ReconciliationItemKind | null | undefined;
  /** Only items that are at most this number of days old. */
  readonly maxAgeDays?: number | null | undefined;
  /** Only items that are at least this number of days old: see `Reconciliation.ageDays`. */
  readonly minAgeDays?: number | null | undefined;
  /** Only payouts and bank transactions of these sources; at most 100. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** Only items with one of these states; at most 100. */
  readonly state?: ReadonlyArray<ReconciliationStateInput> | null | undefined;
};

/** Kind of object whose matching is listed. */
export type ReconciliationItemKind =
  /** Bank transactions. */
  | 'BANK_TRANSACTION'
  /** Payouts. */
  | 'PAYOUT';

/** Reason why a possible match is not a match. */
export type ReconciliationProposalReason =
  /** The transaction contains a reference to the payout, but has another amount. */
  | 'AMOUNT_DIFFERS'
  /** The set of objects has the amount, but one of them belongs to another possible set. */
  | 'OVERLAPPING_SETS'
  /** Several transactions, or several payouts, are possible. */
  | 'SEVERAL_CANDIDATES'
  /** Several sets of objects have the amount. */
  | 'SEVERAL_SETS'
  /** More than twelve objects may belong to it: no sets were tried. */
  | 'TOO_MANY_CANDIDATES';

/** Explanation of a difference between what was paid out and what arrived. */
export type ReconciliationResidueKind =
  /** A person has accepted the difference with the match. */
  | 'ACCEPTED'
  /** None: the amount was converted, and what the exchange rule of the route compares is equal. */
  | 'EXCHANGE'
  /** The declared fee of the route. */
  | 'FEE';

/** What is known of the other side of a payout or of a bank transaction. */
export type ReconciliationState =
  /** A person has matched it, and the facts have changed since so that the match cannot be right. */
  | 'CONFLICT'
  /** The other side is known, and the difference is exactly that of a declared rule, or one that a person has accepted: see `residue`. */
  | 'EXPLAINED'
  /** The other side is known, and the amounts are equal. */
  | 'MATCHED'
  /** The other side is not known, and the usual days are over. */
  | 'OPEN'
  /** The other side is not known, within the usual days. */
  | 'TIMING';

/** State, as input. */
export type ReconciliationStateInput =
  /** A person has matched it, and the facts have changed since so that the match cannot be right. */
  | 'CONFLICT'
  /** The other side is known, and the difference is exactly that of a declared rule, or one that a person has accepted. */
  | 'EXPLAINED'
  /** The other side is known, and the amounts are equal. */
  | 'MATCHED'
  /** The other side is not known, and the usual days are over. */
  | 'OPEN'
  /** The other side is not known, within the usual days. */
  | 'TIMING';

/** Selection of deliveries to apply again. */
export type ReplayDeliveriesInput = {
  /** The `endCursor` of the call before, with the same filter: the call continues behind its last delivery, so that calls that follow each other in this way change no delivery twice, and leave out those that were received after the first one. Null in the first call. */
  readonly after?: string | null | undefined;
  /** The deliveries to apply again must meet every condition given; at least one condition is required. Without a `status`, only PARKED deliveries are selected. With a `status`, those with the given statuses are selected, except PENDING ones, which are due anyway. Deliveries whose bodies are no longer kept are left out. */
  readonly filter: DeliveryFilter;
  /** Maximum number of deliveries, 1 to 10000. The oldest are selected. */
  readonly limit?: number | null | undefined;
};

/** Selection of quarantined records to try again. */
export type ReplayManyQuarantinedInput = {
  /** The `endCursor` of the call before, with the same filter: the call continues behind its last record, so that calls that follow each other in this way try no record twice, and leave out those that were first received after the first one. Null in the first call. */
  readonly after?: string | null | undefined;
  /** The records to try again must meet every condition given; at least one condition is required. Only OPEN records are selected. */
  readonly filter: QuarantinedRecordFilter;
  /** Maximum number of records, 1 to 100. Those that were first received earliest are selected. */
  readonly limit?: number | null | undefined;
};

/** How urgently a person must look at something. */
export type Severity =
  /** Data is missing, contradicts itself or will soon be lost, or nobody would learn of it. */
  | 'CRITICAL'
  /** Nothing is lost, and it can wait. */
  | 'INFO'
  /** It will become so, or somebody must decide something. */
  | 'WARNING';

/** How urgently a person must look at something, as an argument. */
export type SeverityInput =
  /** Data is missing, contradicts itself or will soon be lost, or nobody would learn of it. */
  | 'CRITICAL'
  /** Nothing is lost, and it can wait. */
  | 'INFO'
  /** It will become so, or somebody must decide something. */
  | 'WARNING';

/** Limits of an upstream that its operator knows better than the connector. */
export type SourceBudgetInput = {
  /** Maximum number of calls at a time. Null means the connector's own. */
  readonly maxConcurrent?: number | null | undefined;
  /** Calls per second of single limits. */
  readonly rates?: ReadonlyArray<SourceRateInput> | null | undefined;
};

/** When a source is compared with what is stored. */
export type SourceComparisonsInput = {
  /** Number of days that are compared each time, with today: 1 to 366. Null means the operator's setting. */
  readonly days?: number | null | undefined;
  /** Interval between two comparisons, 30 days at most: `12h`, `2d`; `off` for never. Null means the operator's setting. */
  readonly every?: string | null | undefined;
};

/** State of a source's change feed. */
export type SourceFeedState =
  /** The connection is being opened, or no process follows the feed yet. */
  | 'CONNECTING'
  /** The connection failed. It is opened again automatically, at the stored position. */
  | 'FAILED'
  /** Changes are stored as they arrive. */
  | 'FOLLOWING'
  /** The source is paused: the feed continues at the stored position when the source is resumed. */
  | 'PAUSED'
  /** The connection is open, and the upstream sends nothing before something else has happened: see `waitsFor`. */
  | 'WAITING';

/** Where a source is defined. */
export type SourceOrigin =
  /** It was connected by `connectSource` while the service was running. */
  | 'CONNECTED'
  /** In the settings file, which alone can change it. */
  | 'SETTINGS_FILE';

/** Calls per second of one limit. */
export type SourceRateInput = {
  /** Name of the limit, as `BudgetState.bucket`. */
  readonly bucket: string;
  /** Calls per second. */
  readonly perSecond: number;
};

/** Operational status of a source. */
export type SourceStatus =
  /** The source is synced according to its schedule. */
  | 'ACTIVE'
  /** Runs fail because a stream cannot be read: the address is not allowed or redirects, the source rejects the requests, or its responses are not as documented. It is tried again with every run, and the status ends when every stream can be read. */
  | 'FAILING'
  /** The source refused its credentials; they must be replaced. */
  | 'NEEDS_CREDENTIALS'
  /** A user paused the source: nothing is read until it is resumed. */
  | 'PAUSED'
  /** The source does not respond, or responds with errors or invalid data. It is retried automatically. */
  | 'UNREACHABLE';

/** Selects what to sync. */
export type StartSyncInput = {
  /** Any text of up to 200 characters. As long as the run is stored, a second call with the same key returns it, and is refused if it requests something else. Null makes every call start a new run. */
  readonly idempotencyKey?: string | null | undefined;
  /** Extent of the run. */
  readonly mode?: SyncModeInput;
  /** Range of creation times to cover. It is required with the modes RANGE and RECONCILE and refused with any other mode. */
  readonly range?: SyncRangeInput | null | undefined;
  /** The source's name. */
  readonly sourceId: string;
  /** Names of the streams; at most 100. Null selects all streams of the source. */
  readonly streams?: ReadonlyArray<string> | null | undefined;
};

/** State of the relation between a statement and the previous one. */
export type StatementLinkState =
  /** The opening balance equals the closing balance of the previous statement. */
  | 'CONTINUOUS'
  /** The statement is a copy of one that was already received. */
  | 'DUPLICATE'
  /** There is no previous statement. */
  | 'FIRST'
  /** Something is missing between the previous statement and this one. */
  | 'GAP'
  /** The statement was received, or is numbered, before the one that it follows. */
  | 'OUT_OF_ORDER'
  /** The statement covers days that the previous one covers too. */
  | 'OVERLAP';

/** Extent of a run. */
export type SyncMode =
  /** Everything, from the beginning. */
  | 'FULL'
  /** What changed since the last run; everything if there was no earlier run. */
  | 'INCREMENTAL'
  /** Objects created in a range of time. */
  | 'RANGE'
  /** The stored objects created in a range of time are compared with the source's, and repaired where they differ. */
  | 'RECONCILE';

/** Extent of a run, as input. */
export type SyncModeInput =
  /** Everything, from the beginning. */
  | 'FULL'
  /** What changed since the last run; everything if there was no earlier run. */
  | 'INCREMENTAL'
  /** Objects created in a range of time. */
  | 'RANGE'
  /** The stored objects created in a range of time are compared with the source's, and repaired where they differ. See `reconcile`. */
  | 'RECONCILE';

/** A range of creation times. */
export type SyncRangeInput = {
  /** Start of the range, inclusive. */
  readonly from: string;
  /** End of the range, exclusive. */
  readonly to: string;
};

/** Filter for runs. An object must meet every condition given. */
export type SyncRunFilter = {
  /** Only objects of these sources; at most 100. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** Only objects with one of these statuses; at most 100. */
  readonly status?: ReadonlyArray<SyncRunStatusInput> | null | undefined;
};

/** Status of a run or of one of its streams. */
export type SyncRunStatus =
  /** It was canceled on request. */
  | 'CANCELED'
  /** It failed permanently; the error gives the reason. */
  | 'FAILED'
  /** It waits for a worker or for its next attempt. */
  | 'QUEUED'
  /** It is being read. */
  | 'RUNNING'
  /** Everything was read. */
  | 'SUCCEEDED';

/** Status of a run or of one of its streams, as input. */
export type SyncRunStatusInput =
  /** It was canceled on request, or because its source was disconnected; then `errorMessage` of its streams says so. */
  | 'CANCELED'
  /** It failed permanently; the error gives the reason. */
  | 'FAILED'
  /** It waits for a worker or for its next attempt. */
  | 'QUEUED'
  /** It is being read. */
  | 'RUNNING'
  /** Everything was read. */
  | 'SUCCEEDED';

/** Trigger of a run. */
export type SyncTrigger =
  /** Webhooks are no longer received, so what they would have announced is read immediately. */
  | 'CATCH_UP'
  /** A change feed has lost changes, so its streams are read in full. */
  | 'FEED_GAP'
  /** A change feed has begun, which carries no earlier change: its streams are read from where they were. */
  | 'FEED_START'
  /** A user requested the run. */
  | 'REQUEST'
  /** The source's schedule. */
  | 'SCHEDULE'
  /** A webhook announced that the streams have new data. */
  | 'WEBHOOK';

/** Changes of an endpoint; a field that is left out changes nothing. */
export type UpdateAlertEndpointInput = {
  /** Id of the endpoint. */
  readonly id: string;
  /** False sends nothing more to it, and gives up what waits. True sends what happens from now on. */
  readonly isEnabled?: boolean | null | undefined;
  /** Least urgent severity that is sent. */
  readonly minSeverity?: SeverityInput | null | undefined;
  /** Time until which its messages wait, within a year. Null ends the muting. */
  readonly mutedUntil?: string | null | undefined;
  /** Name by which people recognise it: 1 to 100 characters. */
  readonly name?: string | null | undefined;
  /** Names of the sources that it is about: 1 to 100. Null: every source. */
  readonly sourceIds?: ReadonlyArray<string> | null | undefined;
  /** Another URL, as for `createAlertEndpoint`. Messages are then sent again if they were not because of its answers. */
  readonly url?: string | null | undefined;
};

/** New credentials of a connected source. */
export type UpdateSourceCredentialsInput = {
  /** Credentials that change, by the name of their setting, such as `apiKey`; null removes one. */
  readonly credentials: Readonly<Record<string, unknown>>;
  /** The source's name. */
  readonly sourceId: string;
};

/** Changes of a connected source. */
export type UpdateSourceInput = {
  /** Limits of the upstream in place of all that are stored; null restores the connector's own. */
  readonly budget?: SourceBudgetInput | null | undefined;
  /** Private networks that its address may be in, in place of those that are stored. */
  readonly networks?: ReadonlyArray<string> | null | undefined;
  /** When it is compared with what is stored, in place of all that is stored of it; null restores the operator's settings. */
  readonly reconcile?: SourceComparisonsInput | null | undefined;
  /** Interval of polling: `30s`, `5m`, `1h`; `manual` for never. */
  readonly schedule?: string | null | undefined;
  /** Settings of the connector that change, by name; null removes one. Credentials are refused here. */
  readonly settings?: Readonly<Record<string, unknown>> | null | undefined;
  /** The source's name. */
  readonly sourceId: string;
};

export type AlertEndpointsQueryVariables = Exact<{ [key: string]: never; }>;


export type AlertEndpointsQuery = { readonly alertEndpoints: ReadonlyArray<{ readonly id: string, readonly name: string, readonly origin: string, readonly form: AlertForm, readonly minSeverity: Severity, readonly sourceIds: ReadonlyArray<string> | null, readonly status: AlertEndpointStatus, readonly statusSince: string, readonly mutedUntil: string | null, readonly createdBy: string, readonly failingSince: string | null, readonly error: string | null, readonly pausedUntil: string | null, readonly lastDeliveredAt: string | null }>, readonly alertMutes: ReadonlyArray<{ readonly id: string, readonly sourceId: string | null, readonly kind: string | null, readonly until: string, readonly reason: string, readonly createdBy: string }> };

export type AlertDetailsQueryVariables = Exact<{
  id: string;
}>;


export type AlertDetailsQuery = { readonly alert: { readonly id: string, readonly type: AlertType, readonly kind: string | null, readonly severity: Severity, readonly sentence: string | null, readonly changes: number, readonly status: AlertStatus, readonly createdAt: string, readonly dueAt: string | null, readonly mutedUntil: string | null, readonly finishedAt: string | null, readonly attempts: number, readonly responseStatus: number | null, readonly error: string | null, readonly attemptLog: ReadonlyArray<{ readonly at: string, readonly responseStatus: number | null, readonly error: string | null, readonly durationMs: number }>, readonly endpoint: { readonly id: string, readonly name: string, readonly status: AlertEndpointStatus } | null, readonly source: { readonly id: string } | null, readonly finding: { readonly id: string, readonly closedAt: string | null } | null } | null };

export type AlertsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: AlertFilter | null | undefined;
}>;


export type AlertsQuery = { readonly alerts: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly type: AlertType, readonly kind: string | null, readonly severity: Severity, readonly sentence: string | null, readonly changes: number, readonly status: AlertStatus, readonly createdAt: string, readonly dueAt: string | null, readonly attempts: number, readonly error: string | null, readonly endpoint: { readonly id: string, readonly name: string } | null, readonly source: { readonly id: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type AuditEntriesQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditEntriesQuery = { readonly auditEntries: { readonly nodes: ReadonlyArray<{ readonly sequence: string, readonly recordedAt: string, readonly operation: string, readonly phase: AuditPhase, readonly action: string, readonly requestId: string | null, readonly remoteAddress: string | null, readonly arguments: string, readonly outcome: AuditOutcome | null, readonly errorCode: string | null, readonly before: string | null, readonly after: string | null, readonly hash: string, readonly principal: { readonly kind: AuditPrincipalKind, readonly subject: string, readonly scopes: ReadonlyArray<string> }, readonly subject: { readonly type: string, readonly id: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type BalanceAccountsQueryVariables = Exact<{
  filter: AccountFilter;
  after?: string | null | undefined;
}>;


export type BalanceAccountsQuery = { readonly accounts: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly name: string | null, readonly currency: string | null, readonly kind: AccountKind | null, readonly source: { readonly id: string }, readonly balances: ReadonlyArray<{ readonly money: { readonly currency: string } | null }> | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type BalanceChainQueryVariables = Exact<{
  id: string;
  currency: string;
  from?: string | null | undefined;
  first: number;
}>;


export type BalanceChainQuery = { readonly node:
    | { readonly __typename: 'Account', readonly id: string, readonly balanceChain: { readonly state: BalanceChainState, readonly basis: BalanceChainBasis, readonly links: { readonly nodes: ReadonlyArray<{ readonly day: string, readonly entryCount: number | null, readonly isComparable: boolean, readonly opening: { readonly amount: string, readonly currency: string } | null, readonly entriesSum: { readonly amount: string, readonly currency: string } | null, readonly closing: { readonly amount: string, readonly currency: string }, readonly difference: { readonly amount: string, readonly currency: string } | null, readonly gap: { readonly amount: string, readonly currency: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly drift: { readonly firstDay: string, readonly lastAgreedDay: string | null, readonly since: string | null, readonly until: string, readonly difference: { readonly amount: string, readonly currency: string }, readonly firstDifference: { readonly amount: string, readonly currency: string }, readonly candidates: ReadonlyArray<{ readonly reason: BalanceDriftReason, readonly entry: { readonly id: string, readonly externalId: string, readonly net: { readonly amount: string, readonly currency: string } | null } | null }> } | null } | null }
    | { readonly __typename: 'BankTransaction' }
    | { readonly __typename: 'Delivery' }
    | { readonly __typename: 'Dispute' }
    | { readonly __typename: 'File' }
    | { readonly __typename: 'Finding' }
    | { readonly __typename: 'LedgerEntry' }
    | { readonly __typename: 'Party' }
    | { readonly __typename: 'Payment' }
    | { readonly __typename: 'Payout' }
    | { readonly __typename: 'QuarantinedRecord' }
    | { readonly __typename: 'Refund' }
    | { readonly __typename: 'Source' }
    | { readonly __typename: 'Statement' }
    | { readonly __typename: 'SyncRun' }
   | null };

export type CancelEvidencePackMutationVariables = Exact<{
  id: string;
}>;


export type CancelEvidencePackMutation = { readonly cancelEvidencePack: { readonly id: string } };

export type CancelSyncMutationVariables = Exact<{
  runId: string;
}>;


export type CancelSyncMutation = { readonly cancelSync: { readonly id: string, readonly status: SyncRunStatus, readonly isCancelRequested: boolean } };

export type ComparedDaysQueryVariables = Exact<{
  id: string;
  from?: string | null | undefined;
  to: string;
  after?: string | null | undefined;
}>;


export type ComparedDaysQuery = { readonly source: { readonly id: string, readonly completeness: { readonly nodes: ReadonlyArray<{ readonly stream: string, readonly day: string | null, readonly state: ComparedDayState, readonly reason: string | null, readonly checkedAt: string, readonly missing: number, readonly altered: number, readonly invented: number, readonly repaired: number, readonly unsettled: number, readonly ours: { readonly count: string, readonly hash: string | null, readonly sums: ReadonlyArray<{ readonly amount: { readonly amount: string, readonly currency: string } }> } | null, readonly theirs: { readonly count: string, readonly hash: string | null, readonly sums: ReadonlyArray<{ readonly amount: { readonly amount: string, readonly currency: string } }> } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type CreateAlertEndpointMutationVariables = Exact<{
  input: CreateAlertEndpointInput;
}>;


export type CreateAlertEndpointMutation = { readonly createAlertEndpoint: { readonly secret: string | null, readonly endpoint: { readonly id: string, readonly name: string } } };

export type CreateEvidencePackMutationVariables = Exact<{
  input: CreateEvidencePackInput;
}>;


export type CreateEvidencePackMutation = { readonly createEvidencePack: { readonly pack: { readonly id: string } } };

export type DeclarePayoutRouteMutationVariables = Exact<{
  input: DeclarePayoutRouteInput;
}>;


export type DeclarePayoutRouteMutation = { readonly declarePayoutRoute: { readonly id: string } };

export type DeleteAlertEndpointMutationVariables = Exact<{
  id: string;
}>;


export type DeleteAlertEndpointMutation = { readonly deleteAlertEndpoint: { readonly id: string } };

export type DeliveriesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: DeliveryFilter | null | undefined;
}>;


export type DeliveriesQuery = { readonly deliveries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly deliveryKey: string, readonly eventType: string | null, readonly status: DeliveryStatus, readonly receivedAt: string, readonly attempts: number, readonly nextAttemptAt: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly source: { readonly id: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type DeliveryCountQueryVariables = Exact<{
  filter?: DeliveryFilter | null | undefined;
}>;


export type DeliveryCountQuery = { readonly deliveries: { readonly totalCount: { readonly count: number, readonly isEstimate: boolean } | null } };

export type DeliveryQueryVariables = Exact<{
  id: string;
  withBody: boolean;
}>;


export type DeliveryQuery = { readonly delivery: { readonly id: string, readonly deliveryKey: string, readonly eventType: string | null, readonly status: DeliveryStatus, readonly contentHash: string, readonly size: number, readonly receivedAt: string, readonly attempts: number, readonly nextAttemptAt: string | null, readonly finishedAt: string | null, readonly errorCode: string | null, readonly errorMessage: string | null, readonly discardReason: string | null, readonly discardedBy: string | null, readonly body?: string | null, readonly source: { readonly id: string }, readonly verification: { readonly scheme: string, readonly key: string | null, readonly signedAt: string | null } | null, readonly history: ReadonlyArray<{ readonly number: number, readonly at: string, readonly outcome: DeliveryAttemptOutcome, readonly errorCode: string | null, readonly errorMessage: string | null, readonly nextAttemptAt: string | null }>, readonly effects: ReadonlyArray<{ readonly kind: DeliveryEffectKind, readonly entityType: EntityType | null, readonly entityId: string | null, readonly stream: string | null }>, readonly conflicts: ReadonlyArray<{ readonly contentHash: string, readonly firstAt: string, readonly lastAt: string, readonly occurrences: string }> } | null };

export type DifferencesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type DifferencesQuery = { readonly source: { readonly id: string, readonly differences: { readonly nodes: ReadonlyArray<{ readonly kind: DifferenceKind, readonly stream: string, readonly entityType: EntityType, readonly entityId: string, readonly externalId: string, readonly day: string | null, readonly foundAt: string, readonly repairedAt: string | null, readonly verifiedAt: string | null, readonly problem: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type DiscardDeliveriesMutationVariables = Exact<{
  input: DiscardDeliveriesInput;
}>;


export type DiscardDeliveriesMutation = { readonly discardDeliveries: { readonly count: number, readonly endCursor: string | null } };

export type DiscardDeliveryMutationVariables = Exact<{
  id: string;
  reason: string;
}>;


export type DiscardDeliveryMutation = { readonly discardDelivery: { readonly id: string, readonly status: DeliveryStatus } };

export type DiscardManyQuarantinedMutationVariables = Exact<{
  input: DiscardManyQuarantinedInput;
}>;


export type DiscardManyQuarantinedMutation = { readonly discardManyQuarantined: { readonly count: number, readonly endCursor: string | null } };

export type DiscardQuarantinedMutationVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  reason: string;
}>;


export type DiscardQuarantinedMutation = { readonly discardQuarantined: { readonly records: ReadonlyArray<{ readonly id: string, readonly status: QuarantineStatus }> } };

export type EvidencePacksQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type EvidencePacksQuery = { readonly evidencePacks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly from: string, readonly to: string, readonly sourceIds: ReadonlyArray<string> | null, readonly findingId: string | null, readonly status: EvidencePackStatus, readonly written: string, readonly size: string | null, readonly sha256: string | null, readonly errorCode: string | null, readonly createdBy: string, readonly createdAt: string, readonly finishedAt: string | null, readonly expiresAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type FindingQueryVariables = Exact<{
  id: string;
}>;


export type FindingQuery = { readonly finding: { readonly id: string, readonly kind: string, readonly cause: FailureCause, readonly severity: Severity, readonly summary: string, readonly remedy: string, readonly openedAt: string, readonly closedAt: string | null, readonly source: { readonly id: string }, readonly evidence: ReadonlyArray<{ readonly name: string, readonly parts: ReadonlyArray<{ readonly path: string, readonly value: string, readonly unit: string | null }> }> } | null };

export type FindingsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: FindingFilter | null | undefined;
}>;


export type FindingsQuery = { readonly findings: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: string, readonly cause: FailureCause, readonly severity: Severity, readonly summary: string, readonly remedy: string, readonly openedAt: string, readonly closedAt: string | null, readonly source: { readonly id: string }, readonly evidence: ReadonlyArray<{ readonly name: string, readonly parts: ReadonlyArray<{ readonly path: string, readonly value: string, readonly unit: string | null }> }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type MatchDecisionsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type MatchDecisionsQuery = { readonly node:
    | { readonly __typename: 'Account' }
    | { readonly __typename: 'BankTransaction', readonly matchDecisions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: MatchDecisionKind, readonly reason: string, readonly decidedBy: string, readonly decidedAt: string, readonly undoneBy: string | null, readonly undoneAt: string | null, readonly payouts: ReadonlyArray<{ readonly id: string, readonly externalId: string }>, readonly bankTransactions: ReadonlyArray<{ readonly id: string, readonly externalId: string }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }
    | { readonly __typename: 'Delivery' }
    | { readonly __typename: 'Dispute' }
    | { readonly __typename: 'File' }
    | { readonly __typename: 'Finding' }
    | { readonly __typename: 'LedgerEntry' }
    | { readonly __typename: 'Party' }
    | { readonly __typename: 'Payment' }
    | { readonly __typename: 'Payout', readonly matchDecisions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: MatchDecisionKind, readonly reason: string, readonly decidedBy: string, readonly decidedAt: string, readonly undoneBy: string | null, readonly undoneAt: string | null, readonly payouts: ReadonlyArray<{ readonly id: string, readonly externalId: string }>, readonly bankTransactions: ReadonlyArray<{ readonly id: string, readonly externalId: string }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }
    | { readonly __typename: 'QuarantinedRecord' }
    | { readonly __typename: 'Refund' }
    | { readonly __typename: 'Source' }
    | { readonly __typename: 'Statement' }
    | { readonly __typename: 'SyncRun' }
   | null };

export type DecisionsFragment = { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: MatchDecisionKind, readonly reason: string, readonly decidedBy: string, readonly decidedAt: string, readonly undoneBy: string | null, readonly undoneAt: string | null, readonly payouts: ReadonlyArray<{ readonly id: string, readonly externalId: string }>, readonly bankTransactions: ReadonlyArray<{ readonly id: string, readonly externalId: string }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } };

export type MatchPayoutMutationVariables = Exact<{
  payoutIds: ReadonlyArray<string> | string;
  bankTransactionIds: ReadonlyArray<string> | string;
  reason: string;
}>;


export type MatchPayoutMutation = { readonly matchPayout: { readonly id: string } };

export type MuteAlertsMutationVariables = Exact<{
  input: MuteAlertsInput;
}>;


export type MuteAlertsMutation = { readonly muteAlerts: { readonly id: string, readonly until: string } };

export type OverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewQuery = { readonly overview: { readonly sources: ReadonlyArray<{ readonly state: HealthState, readonly count: number }>, readonly worst: ReadonlyArray<{ readonly id: string, readonly connector: string | null, readonly status: SourceStatus | null, readonly lastSuccessAt: string | null, readonly streams: ReadonlyArray<{ readonly checkpointAt: string | null }>, readonly health: { readonly state: HealthState, readonly since: string, readonly cause: FailureCause | null, readonly diagnoses: ReadonlyArray<{ readonly sentence: string, readonly expectedRecoveryAt: string | null }> } | null }>, readonly throughput: { readonly deliveries: string, readonly refused: string, readonly events: string, readonly runs: string } }, readonly sources: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly connector: string | null, readonly status: SourceStatus | null, readonly lastSuccessAt: string | null, readonly streams: ReadonlyArray<{ readonly checkpointAt: string | null }>, readonly health: { readonly state: HealthState, readonly since: string, readonly cause: FailureCause | null, readonly diagnoses: ReadonlyArray<{ readonly sentence: string, readonly expectedRecoveryAt: string | null }> } | null }> }, readonly findings: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: string, readonly cause: FailureCause, readonly severity: Severity, readonly summary: string, readonly openedAt: string, readonly source: { readonly id: string } }>, readonly totalCount: { readonly count: number, readonly isEstimate: boolean } | null }, readonly parked: { readonly totalCount: { readonly count: number, readonly isEstimate: boolean } | null }, readonly quarantined: { readonly totalCount: { readonly count: number, readonly isEstimate: boolean } | null } };

export type RowFragment = { readonly id: string, readonly connector: string | null, readonly status: SourceStatus | null, readonly lastSuccessAt: string | null, readonly streams: ReadonlyArray<{ readonly checkpointAt: string | null }>, readonly health: { readonly state: HealthState, readonly since: string, readonly cause: FailureCause | null, readonly diagnoses: ReadonlyArray<{ readonly sentence: string, readonly expectedRecoveryAt: string | null }> } | null };

export type PauseSourceMutationVariables = Exact<{
  id: string;
}>;


export type PauseSourceMutation = { readonly pauseSource: { readonly id: string, readonly status: SourceStatus | null } };

export type PayoutCandidatesQueryVariables = Exact<{
  filter: BankTransactionFilter;
}>;


export type PayoutCandidatesQuery = { readonly bankTransactions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly bookingDate: string | null, readonly remittance: string | null, readonly source: { readonly id: string }, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null, readonly counterparty: { readonly name: string | null } | null, readonly reconciliation: { readonly state: ReconciliationState } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } };

export type PayoutRoutesQueryVariables = Exact<{ [key: string]: never; }>;


export type PayoutRoutesQuery = { readonly payoutRoutes: ReadonlyArray<{ readonly id: string, readonly origin: PayoutRouteOrigin, readonly fromSourceId: string, readonly fromAccount: string | null, readonly fromCurrency: string | null, readonly toSourceId: string, readonly toAccount: string | null, readonly usualDays: number, readonly holidays: ReadonlyArray<string>, readonly names: ReadonlyArray<string>, readonly exchangeCurrency: string | null, readonly exchangeRounding: PayoutRouteRounding | null, readonly declaredBy: string | null, readonly changedAt: string | null, readonly fee: ReadonlyArray<{ readonly upToAmount: string | null, readonly amount: string }> }> };

export type PayoutsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: PayoutFilter | null | undefined;
}>;


export type PayoutsQuery = { readonly payouts: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly status: PayoutStatus | null, readonly arrivalDate: string | null, readonly failureReason: string | null, readonly source: { readonly id: string }, readonly amount: { readonly amount: string, readonly currency: string } | null, readonly proof: { readonly state: PayoutProofState } | null, readonly reconciliation: { readonly state: ReconciliationState } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type QuarantinedCountQueryVariables = Exact<{
  filter?: QuarantinedRecordFilter | null | undefined;
}>;


export type QuarantinedCountQuery = { readonly quarantinedRecords: { readonly totalCount: { readonly count: number, readonly isEstimate: boolean } | null } };

export type QuarantinedRecordQueryVariables = Exact<{
  id: string;
  withBody: boolean;
}>;


export type QuarantinedRecordQuery = { readonly quarantinedRecord: { readonly id: string, readonly entityType: EntityType, readonly entityId: string | null, readonly externalId: string | null, readonly code: string, readonly path: string, readonly problem: string, readonly status: QuarantineStatus, readonly occurrences: string, readonly firstAt: string, readonly lastAt: string, readonly resolvedAt: string | null, readonly discardedAt: string | null, readonly discardedBy: string | null, readonly discardReason: string | null, readonly source: { readonly id: string }, readonly run: { readonly id: string } | null, readonly raw: { readonly contentHash: string | null, readonly mediaType: string | null, readonly path: string, readonly receivedAt: string | null, readonly body?: string | null, readonly file: { readonly id: string, readonly name: string } | null } | null } | null };

export type QuarantinedRecordsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: QuarantinedRecordFilter | null | undefined;
}>;


export type QuarantinedRecordsQuery = { readonly quarantinedRecords: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly entityType: EntityType, readonly externalId: string | null, readonly code: string, readonly path: string, readonly problem: string, readonly status: QuarantineStatus, readonly occurrences: string, readonly firstAt: string, readonly lastAt: string, readonly resolvedAt: string | null, readonly source: { readonly id: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ReconcileMutationVariables = Exact<{
  input: ReconcileInput;
}>;


export type ReconcileMutation = { readonly reconcile: { readonly run: { readonly id: string } } };

export type ReconciliationItemQueryVariables = Exact<{
  id: string;
}>;


export type ReconciliationItemQuery = { readonly node:
    | { readonly __typename: 'Account' }
    | { readonly __typename: 'BankTransaction', readonly id: string, readonly externalId: string, readonly bookingDate: string | null, readonly remittance: string | null, readonly direction: Direction | null, readonly source: { readonly id: string }, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null, readonly counterparty: { readonly name: string | null } | null, readonly reconciliation: { readonly state: ReconciliationState, readonly since: string, readonly day: string, readonly usualUntil: string, readonly ageDays: number, readonly reasons: ReadonlyArray<PayoutMatchReason>, readonly route: string | null, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly residue: { readonly kind: ReconciliationResidueKind, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly exchanges: ReadonlyArray<{ readonly rate: string | null, readonly unitCurrency: string | null, readonly instructed: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly booked: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly bankTransaction: { readonly id: string } | null }> } | null, readonly moneyAtStake: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null, readonly links: ReadonlyArray<{ readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly payout: { readonly id: string, readonly externalId: string, readonly arrivalDate: string | null, readonly source: { readonly id: string } } | null, readonly bankTransaction: { readonly id: string, readonly externalId: string, readonly bookingDate: string | null, readonly source: { readonly id: string } } | null }>, readonly proposals: ReadonlyArray<{ readonly reason: ReconciliationProposalReason, readonly difference: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly payouts: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null }>, readonly bankTransactions: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly bookingDate: string | null, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null }> }>, readonly decision: { readonly id: string, readonly kind: MatchDecisionKind, readonly reason: string, readonly decidedBy: string, readonly decidedAt: string } | null } | null }
    | { readonly __typename: 'Delivery' }
    | { readonly __typename: 'Dispute' }
    | { readonly __typename: 'File' }
    | { readonly __typename: 'Finding' }
    | { readonly __typename: 'LedgerEntry' }
    | { readonly __typename: 'Party' }
    | { readonly __typename: 'Payment' }
    | { readonly __typename: 'Payout', readonly id: string, readonly externalId: string, readonly status: PayoutStatus | null, readonly arrivalDate: string | null, readonly source: { readonly id: string }, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null, readonly proof: { readonly state: PayoutProofState, readonly basis: PayoutProofBasis, readonly entryCount: number, readonly lines: ReadonlyArray<{ readonly kind: PayoutProofLineKind, readonly entryCount: number, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } }>, readonly sum: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null, readonly residue: ReadonlyArray<{ readonly kind: PayoutResidueKind, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } }>, readonly unexplained: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null, readonly returned: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null } | null, readonly reconciliation: { readonly state: ReconciliationState, readonly since: string, readonly day: string, readonly usualUntil: string, readonly ageDays: number, readonly reasons: ReadonlyArray<PayoutMatchReason>, readonly route: string | null, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly residue: { readonly kind: ReconciliationResidueKind, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly exchanges: ReadonlyArray<{ readonly rate: string | null, readonly unitCurrency: string | null, readonly instructed: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly booked: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly bankTransaction: { readonly id: string } | null }> } | null, readonly moneyAtStake: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null, readonly links: ReadonlyArray<{ readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly payout: { readonly id: string, readonly externalId: string, readonly arrivalDate: string | null, readonly source: { readonly id: string } } | null, readonly bankTransaction: { readonly id: string, readonly externalId: string, readonly bookingDate: string | null, readonly source: { readonly id: string } } | null }>, readonly proposals: ReadonlyArray<{ readonly reason: ReconciliationProposalReason, readonly difference: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly payouts: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null }>, readonly bankTransactions: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly bookingDate: string | null, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null }> }>, readonly decision: { readonly id: string, readonly kind: MatchDecisionKind, readonly reason: string, readonly decidedBy: string, readonly decidedAt: string } | null } | null }
    | { readonly __typename: 'QuarantinedRecord' }
    | { readonly __typename: 'Refund' }
    | { readonly __typename: 'Source' }
    | { readonly __typename: 'Statement' }
    | { readonly __typename: 'SyncRun' }
   | null };

export type FullMoneyFragment = { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number };

export type ResultFragment = { readonly state: ReconciliationState, readonly since: string, readonly day: string, readonly usualUntil: string, readonly ageDays: number, readonly reasons: ReadonlyArray<PayoutMatchReason>, readonly route: string | null, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly residue: { readonly kind: ReconciliationResidueKind, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly exchanges: ReadonlyArray<{ readonly rate: string | null, readonly unitCurrency: string | null, readonly instructed: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly booked: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly bankTransaction: { readonly id: string } | null }> } | null, readonly moneyAtStake: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null, readonly links: ReadonlyArray<{ readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly payout: { readonly id: string, readonly externalId: string, readonly arrivalDate: string | null, readonly source: { readonly id: string } } | null, readonly bankTransaction: { readonly id: string, readonly externalId: string, readonly bookingDate: string | null, readonly source: { readonly id: string } } | null }>, readonly proposals: ReadonlyArray<{ readonly reason: ReconciliationProposalReason, readonly difference: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number }, readonly payouts: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null }>, readonly bankTransactions: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly bookingDate: string | null, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } | null }> }>, readonly decision: { readonly id: string, readonly kind: MatchDecisionKind, readonly reason: string, readonly decidedBy: string, readonly decidedAt: string } | null };

export type ReconciliationItemsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: ReconciliationItemFilter | null | undefined;
}>;


export type ReconciliationItemsQuery = { readonly reconciliationItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly source: { readonly id: string }, readonly payout: { readonly externalId: string } | null, readonly bankTransaction: { readonly externalId: string, readonly remittance: string | null, readonly counterparty: { readonly name: string | null } | null } | null, readonly reconciliation: { readonly state: ReconciliationState, readonly day: string, readonly ageDays: number, readonly amount: { readonly amount: string, readonly currency: string, readonly minor: string, readonly exponent: number } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ReconciliationTotalsQueryVariables = Exact<{
  payouts: ReconciliationItemFilter;
  transactions: ReconciliationItemFilter;
}>;


export type ReconciliationTotalsQuery = { readonly payouts: { readonly count: number, readonly sums: ReadonlyArray<{ readonly amount: { readonly amount: string, readonly currency: string } }> }, readonly transactions: { readonly count: number, readonly sums: ReadonlyArray<{ readonly amount: { readonly amount: string, readonly currency: string } }> } };

export type RemovePayoutRouteMutationVariables = Exact<{
  id: string;
}>;


export type RemovePayoutRouteMutation = { readonly removePayoutRoute: { readonly id: string } };

export type ReplayDeliveriesMutationVariables = Exact<{
  input: ReplayDeliveriesInput;
}>;


export type ReplayDeliveriesMutation = { readonly replayDeliveries: { readonly count: number, readonly endCursor: string | null } };

export type ReplayDeliveryMutationVariables = Exact<{
  id: string;
}>;


export type ReplayDeliveryMutation = { readonly replayDelivery: { readonly id: string, readonly status: DeliveryStatus } };

export type ReplayManyQuarantinedMutationVariables = Exact<{
  input: ReplayManyQuarantinedInput;
}>;


export type ReplayManyQuarantinedMutation = { readonly replayManyQuarantined: { readonly count: number, readonly skipped: number, readonly endCursor: string | null } };

export type ReplayQuarantinedMutationVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type ReplayQuarantinedMutation = { readonly replayQuarantined: { readonly records: ReadonlyArray<{ readonly id: string, readonly status: QuarantineStatus, readonly problem: string }> } };

export type ResendAlertMutationVariables = Exact<{
  id: string;
}>;


export type ResendAlertMutation = { readonly resendAlert: { readonly id: string, readonly status: AlertStatus } };

export type ResumeSourceMutationVariables = Exact<{
  id: string;
}>;


export type ResumeSourceMutation = { readonly resumeSource: { readonly id: string, readonly status: SourceStatus | null } };

export type RotateAlertSecretMutationVariables = Exact<{
  id: string;
}>;


export type RotateAlertSecretMutation = { readonly rotateAlertSecret: { readonly secret: string } };

export type RunQueryVariables = Exact<{
  id: string;
}>;


export type RunQuery = { readonly syncRun: { readonly id: string, readonly mode: SyncMode, readonly trigger: SyncTrigger, readonly status: SyncRunStatus, readonly isCancelRequested: boolean, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly source: { readonly id: string }, readonly range: { readonly from: string, readonly to: string } | null, readonly streams: ReadonlyArray<{ readonly stream: string, readonly status: SyncRunStatus, readonly records: string, readonly changed: string, readonly quarantined: string, readonly progress: number | null, readonly attempts: number, readonly errorCode: string | null, readonly errorMessage: string | null }> } | null };

export type RunsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: SyncRunFilter | null | undefined;
}>;


export type RunsQuery = { readonly syncRuns: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly mode: SyncMode, readonly trigger: SyncTrigger, readonly status: SyncRunStatus, readonly isCancelRequested: boolean, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly source: { readonly id: string }, readonly range: { readonly from: string, readonly to: string } | null, readonly streams: ReadonlyArray<{ readonly stream: string, readonly status: SyncRunStatus, readonly records: string, readonly changed: string, readonly quarantined: string, readonly progress: number | null, readonly attempts: number, readonly errorCode: string | null, readonly errorMessage: string | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type SendTestAlertMutationVariables = Exact<{
  endpointId: string;
}>;


export type SendTestAlertMutation = { readonly sendTestAlert: { readonly id: string } };

export type SourceMetricsQueryVariables = Exact<{
  id: string;
  week: string;
  recent: string;
}>;


export type SourceMetricsQuery = { readonly deliveries: ReadonlyArray<{ readonly points: ReadonlyArray<{ readonly at: string, readonly count: string }> }>, readonly source: { readonly id: string, readonly webhooks: { readonly learnedHours: ReadonlyArray<{ readonly weekday: number, readonly hour: number, readonly expected: number }> | null } | null } | null, readonly calls: ReadonlyArray<{ readonly name: MetricName, readonly points: ReadonlyArray<{ readonly at: string, readonly count: string }> }> };

export type SourceNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourceNamesQuery = { readonly sources: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly connector: string | null }> } };

export type SourceQueryVariables = Exact<{
  id: string;
}>;


export type SourceQuery = { readonly source: { readonly id: string, readonly connector: string | null, readonly origin: SourceOrigin | null, readonly connectedAt: string | null, readonly disconnectedAt: string | null, readonly status: SourceStatus | null, readonly statusCode: string | null, readonly statusReason: string | null, readonly statusSince: string | null, readonly scheduleSeconds: number | null, readonly lastSuccessAt: string | null, readonly platform: { readonly id: string } | null, readonly reconcile: { readonly everySeconds: number | null, readonly days: number } | null, readonly streams: ReadonlyArray<{ readonly stream: string, readonly checkpointAt: string | null, readonly lastSuccessAt: string | null, readonly isRunning: boolean, readonly health: { readonly state: HealthState } | null }>, readonly health: { readonly state: HealthState, readonly since: string, readonly cause: FailureCause | null, readonly diagnoses: ReadonlyArray<{ readonly rule: string, readonly cause: FailureCause, readonly state: HealthState, readonly stream: string | null, readonly since: string, readonly sentence: string, readonly expectedRecoveryAt: string | null, readonly evidence: ReadonlyArray<{ readonly kind: DiagnosisEvidenceKind, readonly id: string | null, readonly sentence: string }>, readonly remedy: { readonly action: string, readonly mutation: { readonly name: string, readonly arguments: string } | null } }> } | null, readonly budgets: ReadonlyArray<{ readonly bucket: string, readonly limit: number | null, readonly current: number | null, readonly closedUntil: string | null, readonly closedReason: BudgetClosedReason | null, readonly lastRefusedAt: string | null, readonly inUse: number | null }>, readonly feed: { readonly streams: ReadonlyArray<string>, readonly state: SourceFeedState, readonly since: string, readonly positionAt: string | null, readonly lagMs: string | null, readonly lagBytes: string | null, readonly waitsFor: string | null, readonly error: { readonly code: string, readonly message: string } | null } | null, readonly webhooks: { readonly url: string, readonly isVerified: boolean, readonly lastReceivedAt: string | null, readonly lastRefusedAt: string | null, readonly expectedPerHour: number | null, readonly receivedLastHour: number, readonly failureRate: number | null, readonly duplicatesLastDay: number, readonly missedLastDay: number, readonly parked: number, readonly pending: number, readonly silentSince: string | null } | null } | null, readonly syncRuns: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly mode: SyncMode, readonly trigger: SyncTrigger, readonly status: SyncRunStatus, readonly isCancelRequested: boolean, readonly createdAt: string, readonly startedAt: string | null, readonly finishedAt: string | null, readonly range: { readonly from: string, readonly to: string } | null, readonly streams: ReadonlyArray<{ readonly stream: string, readonly status: SyncRunStatus, readonly records: string, readonly changed: string, readonly quarantined: string, readonly progress: number | null, readonly attempts: number, readonly errorCode: string | null, readonly errorMessage: string | null }> }> }, readonly findings: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: string, readonly cause: FailureCause, readonly severity: Severity, readonly summary: string, readonly openedAt: string, readonly source: { readonly id: string } }> } };

export type StartSyncMutationVariables = Exact<{
  input: StartSyncInput;
}>;


export type StartSyncMutation = { readonly startSync: { readonly run: { readonly id: string, readonly status: SyncRunStatus } } };

export type StatementDaysQueryVariables = Exact<{
  id: string;
}>;


export type StatementDaysQuery = { readonly node:
    | { readonly __typename: 'Account' }
    | { readonly __typename: 'BankTransaction' }
    | { readonly __typename: 'Delivery' }
    | { readonly __typename: 'Dispute' }
    | { readonly __typename: 'File' }
    | { readonly __typename: 'Finding' }
    | { readonly __typename: 'LedgerEntry' }
    | { readonly __typename: 'Party' }
    | { readonly __typename: 'Payment' }
    | { readonly __typename: 'Payout' }
    | { readonly __typename: 'QuarantinedRecord' }
    | { readonly __typename: 'Refund' }
    | { readonly __typename: 'Source' }
    | { readonly __typename: 'Statement', readonly firstDay: string | null, readonly lastDay: string | null }
    | { readonly __typename: 'SyncRun' }
   | null };

export type StatementsQueryVariables = Exact<{
  from: string;
  to: string;
  after?: string | null | undefined;
}>;


export type StatementsQuery = { readonly statements: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly externalId: string, readonly statementId: string | null, readonly electronicSequence: string | null, readonly firstDay: string | null, readonly lastDay: string | null, readonly isBalanced: boolean | null, readonly isComplete: boolean | null, readonly faultyCount: number | null, readonly entryCount: number | null, readonly source: { readonly id: string }, readonly account: { readonly id: string, readonly name: string | null, readonly currency: string | null, readonly externalId: string } | null, readonly opening: { readonly money: { readonly amount: string, readonly currency: string } } | null, readonly closing: { readonly money: { readonly amount: string, readonly currency: string } } | null, readonly difference: { readonly amount: string, readonly currency: string } | null, readonly links: ReadonlyArray<{ readonly state: StatementLinkState, readonly difference: { readonly amount: string, readonly currency: string } | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type UndoMatchDecisionMutationVariables = Exact<{
  id: string;
  reason?: string | null | undefined;
}>;


export type UndoMatchDecisionMutation = { readonly undoMatchDecision: { readonly id: string } };

export type UnmatchPayoutMutationVariables = Exact<{
  payoutId: string;
  reason: string;
}>;


export type UnmatchPayoutMutation = { readonly unmatchPayout: { readonly id: string } };

export type UnmuteAlertsMutationVariables = Exact<{
  id: string;
}>;


export type UnmuteAlertsMutation = { readonly unmuteAlerts: { readonly id: string } };

export type UpdateAlertEndpointMutationVariables = Exact<{
  input: UpdateAlertEndpointInput;
}>;


export type UpdateAlertEndpointMutation = { readonly updateAlertEndpoint: { readonly id: string, readonly status: AlertEndpointStatus, readonly mutedUntil: string | null } };

export type UpdateCredentialsMutationVariables = Exact<{
  input: UpdateSourceCredentialsInput;
}>;


export type UpdateCredentialsMutation = { readonly updateSourceCredentials: { readonly source: { readonly id: string, readonly status: SourceStatus | null, readonly statusReason: string | null } } };

export type UpdateSourceMutationVariables = Exact<{
  input: UpdateSourceInput;
}>;


export type UpdateSourceMutation = { readonly updateSource: { readonly source: { readonly id: string, readonly scheduleSeconds: number | null } } };
