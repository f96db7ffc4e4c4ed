/** Plaid's errors that the sandbox implements: their type, and their status where it is not 400. */
const KNOWN: Readonly<Record<string, readonly [type: string, message: string, status?: number]>> = {
  INVALID_API_KEYS: ["INVALID_INPUT", "invalid client_id or secret provided"],
  INVALID_ACCESS_TOKEN: ["INVALID_INPUT", "could not find matching access token"],
  INVALID_ACCOUNT_ID: ["INVALID_INPUT", "one or more account_id(s) missing or deleted"],
  INVALID_WEBHOOK_VERIFICATION_KEY_ID: ["INVALID_INPUT", "invalid key_id provided"],
  INVALID_FIELD: ["INVALID_REQUEST", "a field does not match the documentation"],
  LAST_UPDATED_DATETIME_OUT_OF_RANGE: ["INVALID_RESULT", "the latest balance is older than the requested one"],
  INVALID_BODY: ["INVALID_REQUEST", "body could not be parsed as JSON"],
  NOT_FOUND: ["INVALID_REQUEST", "there is no such path", 404],
  ITEM_LOGIN_REQUIRED: ["ITEM_ERROR", "the login details of this item have changed"],
  PRODUCT_NOT_READY: ["ITEM_ERROR", "the requested product is not yet ready"],
  USER_PERMISSION_REVOKED: ["ITEM_ERROR", "the holder of this account has revoked their permission"],
  INSTITUTION_DOWN: ["INSTITUTION_ERROR", "this institution is not currently responding to requests"],
  TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION: [
    "TRANSACTIONS_ERROR",
    "underlying transaction data changed since last page was fetched",
  ],
  TRANSACTIONS_SYNC_LIMIT: ["RATE_LIMIT_EXCEEDED", "rate limit exceeded for attempts to access this item", 429],
  INTERNAL_SERVER_ERROR: ["API_ERROR", "an unexpected error occurred", 500],
};

/** An error response in Plaid's format. */
export class PlaidError extends Error {
  override readonly name = "PlaidError";
  readonly code: string;
  readonly type: string;
  readonly status: number;

  /** @param status a status other than the one that Plaid uses for this error */
  constructor(code: string, message?: string, status?: number) {
    const [type, words, own = 400] = KNOWN[code] ?? ["API_ERROR", code];
    super(message ?? words);
    this.code = code;
    this.type = type;
    this.status = status ?? own;
  }

  /** Error without a request id, as it appears in an Item. */
  json(): Readonly<Record<string, unknown>> {
    return {
      display_message: null,
      error_code: this.code,
      error_message: this.message,
      error_type: this.type,
      suggested_action: null,
    };
  }
}
