/** The `error` object of Stripe's envelope. */
export interface ErrorBody {
  readonly type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error" | "rate_limit_error";
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly charge?: string;
  /** JSON text of the intent, inserted when the response is written. */
  readonly payment_intent?: string;
}

/** An error response in Stripe's format. */
export class StripeError extends Error {
  override readonly name = "StripeError";
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: ErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** 400: the request is invalid, or not possible in this state. */
export function invalidRequest(message: string, more: { code?: string; param?: string } = {}): StripeError {
  return new StripeError(400, { ...more, message, type: "invalid_request_error" });
}

/** 403: the key is valid, but not allowed to do this. */
export function forbidden(message: string, code?: string): StripeError {
  return new StripeError(403, { message, type: "invalid_request_error", ...(code === undefined ? {} : { code }) });
}

/** 404 for an object that is identified by the path, 400 for one that is identified by a parameter. */
export function missing(type: string, id: string, param: string, status: 400 | 404 = 404): StripeError {
  const message = `No such ${type}: '${id}'`;
  return new StripeError(status, { code: "resource_missing", message, param, type: "invalid_request_error" });
}

/** The JSON text of an error's envelope. */
export function errorText(error: StripeError, requestId: string): string {
  const { payment_intent: intent, ...plain } = error.body;
  const doc = plain.code === undefined ? {} : { doc_url: `https://docs.stripe.com/error-codes/${plain.code}` };
  const log = `https://dashboard.stripe.com/acct_1SluiceSandbox00/test/logs/${requestId}`;
  const text = JSON.stringify({ ...plain, ...doc, request_log_url: log });
  return `{"error":${intent === undefined ? text : `${text.slice(0, -1)},"payment_intent":${intent}}`}}`;
}
