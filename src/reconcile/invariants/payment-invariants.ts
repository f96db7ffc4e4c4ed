import { amountText, type Invariant } from "./invariant.ts";
import { exists } from "../../store/queries/exists.ts";

/** `offset 0` keeps PostgreSQL from turning the look-up per payment into a scan of all attempts. */
const ATTEMPTS = `
  cross join lateral (
    select coalesce(sum(own.captured_minor) filter (where own.status = 'SUCCEEDED'), 0) as captured,
      coalesce(sum(own.refunded_minor), 0) as refunded, count(*) as attempts,
      count(*) filter (where own.status is null) as unknown,
      coalesce(bool_or(own.refunded_minor < 0 or own.refunded_minor > own.captured_minor), false) as broken
    from (select * from payment_attempts as part where part.payment_id = payment.id and ${exists("part")} offset 0) as own
  ) as attempt`;

const READ_AGAIN = "The payment and its parts are fetched again. If the finding stays, compare them with the source.";

/**
 * Rules between a payment, its attempts and its refunds. A refund that names no attempt is counted by
 * none, so the sums are compared without it.
 */
export const PAYMENT_INVARIANTS: readonly Invariant[] = [
  {
    kind: "PAYMENT_REFUNDED_ABOVE_CAPTURED",
    subject: "Payment",
    rule: "The refunded amount of a payment, and of each of its attempts, is at least 0 and at most the captured amount",
    cause: "FORMAT_MISMATCH",
    remedy: READ_AGAIN,
    needs: [],
    breaches: `
      select payment.id, payment.source_id, jsonb_build_object(
        'captured', ${amountText("payment.captured_minor", "payment")},
        'refunded', ${amountText("attempt.refunded", "payment")}) as evidence
      from payments as payment ${ATTEMPTS}
      where payment.id = any($1) and ${exists("payment")}
        and (payment.captured_minor < 0 or attempt.broken
          or (attempt.attempts > 0 and attempt.refunded not between 0 and payment.captured_minor))`,
  },
  {
    kind: "PAYMENT_CAPTURED_DIFFERS",
    subject: "Payment",
    rule: "The captured amount of a payment is the sum of the captured amounts of its successful attempts",
    cause: "FORMAT_MISMATCH",
    remedy: READ_AGAIN,
    needs: ["Payment", "PaymentAttempt"],
    breaches: `
      select payment.id, payment.source_id, jsonb_build_object(
        'captured', ${amountText("payment.captured_minor", "payment")},
        'capturedByAttempts', ${amountText("attempt.captured", "payment")}) as evidence
      from payments as payment ${ATTEMPTS}
      where payment.id = any($1) and ${exists("payment")}
        and attempt.attempts > 0 and attempt.unknown = 0 and attempt.captured <> payment.captured_minor`,
  },
  {
    kind: "PAYMENT_REFUNDS_DIFFER",
    subject: "Payment",
    rule: "The refunded amount of a payment is the sum of its refunds that succeeded or have not ended yet",
    cause: "FORMAT_MISMATCH",
    remedy: READ_AGAIN,
    needs: ["PaymentAttempt", "Refund"],
    breaches: `
      select payment.id, payment.source_id, jsonb_build_object(
        'refunded', ${amountText("attempt.refunded", "payment")},
        'sumOfRefunds', ${amountText("refund.total", "payment")}, 'refunds', refund.refunds) as evidence
      from payments as payment ${ATTEMPTS}
      cross join lateral (
        select coalesce(sum(own.amount_minor) filter (where own.attempt_id is not null
            and own.status in ('SUCCEEDED', 'PENDING', 'REQUIRES_ACTION')), 0)
            as total, count(*) as refunds, count(*) filter (where own.status is null) as unknown
        from (select * from refunds as part where part.payment_id = payment.id and ${exists("part")} offset 0) as own
      ) as refund
      where payment.id = any($1) and ${exists("payment")}
        and attempt.attempts > 0 and refund.unknown = 0 and refund.total <> attempt.refunded`,
  },
  {
    kind: "PAYMENT_STATUS_CONTRADICTS_CAPTURED",
    subject: "Payment",
    rule: "A payment that succeeded has a captured amount above 0, and one that has not been processed, failed or was canceled has captured nothing",
    cause: "FORMAT_MISMATCH",
    remedy: READ_AGAIN,
    needs: [],
    breaches: `
      select payment.id, payment.source_id, jsonb_build_object('status', payment.status,
        'captured', ${amountText("payment.captured_minor", "payment")}) as evidence
      from payments as payment
      where payment.id = any($1) and ${exists("payment")} and payment.amount_minor > 0
        and ((payment.status = 'SUCCEEDED' and payment.captured_minor = 0)
          or (payment.status in ('AWAITING_METHOD', 'AWAITING_CONFIRMATION', 'REQUIRES_ACTION', 'FAILED', 'CANCELED')
            and payment.captured_minor <> 0))`,
  },
  {
    kind: "REFUND_CONTRADICTS_PAYMENT",
    subject: "Refund",
    rule: "A refund has a positive amount in the currency of its payment",
    cause: "FORMAT_MISMATCH",
    remedy: READ_AGAIN,
    needs: [],
    breaches: `
      select refund.id, refund.source_id, jsonb_build_object(
        'amount', ${amountText("refund.amount_minor", "refund")}, 'paymentCurrency', payment.currency) as evidence
      from refunds as refund
      left join lateral (select currency from payments where id = refund.payment_id offset 0) as payment on true
      where refund.id = any($1) and ${exists("refund")}
        and (refund.amount_minor <= 0 or payment.currency <> refund.currency)`,
  },
];
