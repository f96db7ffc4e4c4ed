import type { AttemptStatus, PaymentError, PaymentStatus } from "../../../domain/entities.ts";
import type { AuthorizationWire, PaymentWire } from "../wire/objects.ts";
import { extensionsOf, minorMoney, referencesOf } from "./fields.ts";
import { type Observation, recordOf, wordOf } from "./observation.ts";

/** An authorisation that expires or is reversed ends the payment without money: it was canceled, not declined. */
const PAYMENT: Readonly<Record<string, PaymentStatus>> = {
  PAYMENT_STATUS_PENDING: "PROCESSING",
  PAYMENT_STATUS_AUTHORIZED: "AUTHORIZED",
  PAYMENT_STATUS_PARTIALLY_CAPTURED: "AUTHORIZED",
  PAYMENT_STATUS_CAPTURED: "SUCCEEDED",
  PAYMENT_STATUS_DECLINED: "FAILED",
  PAYMENT_STATUS_REVERSED: "CANCELED",
  PAYMENT_STATUS_EXPIRED: "CANCELED",
};

/** An approval is the attempt's success, whatever becomes of the authorised amount later. */
const ATTEMPT: Readonly<Record<string, AttemptStatus>> = {
  AUTHORIZATION_STATUS_PENDING: "PENDING",
  AUTHORIZATION_STATUS_APPROVED: "SUCCEEDED",
  AUTHORIZATION_STATUS_DECLINED: "FAILED",
  AUTHORIZATION_STATUS_REVERSED: "SUCCEEDED",
  AUTHORIZATION_STATUS_EXPIRED: "SUCCEEDED",
  AUTHORIZATION_STATUS_COMPLETED: "SUCCEEDED",
};

const CATEGORIES: Readonly<Record<string, PaymentError["category"]>> = {
  insufficient_funds: "DECLINED",
  do_not_honor: "DECLINED",
  expired_card: "INVALID",
  suspected_fraud: "FRAUD",
  issuer_unavailable: "PROCESSING",
};

/** Maps a payment, and each of its authorisations to an attempt. */
export function mapPayment(wire: PaymentWire): readonly Observation[] {
  const status = wordOf(PAYMENT, "status", wire.status);
  const payment = recordOf(
    {
      type: "Payment",
      externalId: wire.id,
      createdAt: wire.created_at,
      kind: "PAYIN",
      amount: minorMoney(wire.amount, wire.currency),
      capturedMinor: minorMoney(wire.captured_amount, wire.currency).minor,
      debtorExternalId: wire.cardholder_id,
      creditorExternalId: undefined,
      method: "card",
      description: wire.description,
      references: referencesOf({ "card-processor.payment": wire.id, order: wire.order_reference }),
      status: status.known,
      rawStatus: wire.status,
      extensions: {},
    },
    status.unknown,
  );
  return [payment, ...wire.authorizations.map((one, index) => mapAttempt(wire, one, `authorizations[${index}]`))];
}

function mapAttempt({ id, currency }: PaymentWire, wire: AuthorizationWire, path: string): Observation {
  const status = wordOf(ATTEMPT, `${path}.status`, wire.status);
  const captured = wire.captures.reduce((sum, { amount }) => sum + amount, 0n);
  return recordOf(
    {
      type: "PaymentAttempt",
      externalId: wire.id,
      createdAt: wire.created_at,
      paymentExternalId: id,
      amount: minorMoney(wire.amount, currency),
      capturedMinor: minorMoney(captured, currency).minor,
      refundedMinor: minorMoney(wire.refunded_amount, currency).minor,
      method: "card",
      error: errorOf(wire),
      payerDetails: undefined,
      status: status.known,
      rawStatus: wire.status,
      extensions: extensionsOf({
        cardNetwork: wire.card?.network,
        maskedCardNumber: wire.card?.masked_number,
        expiresAt: wire.expires_at,
        increments: wire.increments.length === 0 ? undefined : wire.increments.length,
        reversedMinor: wire.reversed_amount === 0n ? undefined : wire.reversed_amount,
        networkReference: wire.network_reference,
        responseCode: wire.decline?.response_code,
      }),
    },
    status.unknown,
  );
}

function errorOf({ status, decline }: AuthorizationWire): PaymentError | undefined {
  if (decline === undefined && status !== "AUTHORIZATION_STATUS_DECLINED") return undefined;
  const code = decline?.code ?? "unknown";
  const category = Object.hasOwn(CATEGORIES, code) ? CATEGORIES[code] : undefined;
  return { code, category: category ?? "OTHER", retryable: decline?.may_retry ?? false, message: undefined };
}
