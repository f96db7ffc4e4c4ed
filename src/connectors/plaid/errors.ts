import { type ErrorCode, ServiceError } from "../../domain/error.ts";
import { type ErrorWire, errorWire } from "./wire/error.ts";

interface Meaning {
  readonly code: ErrorCode;
  readonly words: string;
}

const LOG_IN: Meaning = {
  code: "UPSTREAM_UNAUTHORIZED",
  words: "the user must log in at the bank again: open Plaid Link in update mode for this Item",
};
const CONSENT: Meaning = {
  code: "UPSTREAM_UNAUTHORIZED",
  words:
    "the user has not given access to the accounts: open Plaid Link in update mode for this Item, or link it again",
};
const KEYS: Meaning = {
  code: "UPSTREAM_UNAUTHORIZED",
  words: "Plaid no longer accepts the client id, the secret or the access token",
};
const BANK_AWAY: Meaning = { code: "UPSTREAM_UNAVAILABLE", words: "the bank does not respond to Plaid" };
const NOT_READY: Meaning = { code: "UPSTREAM_UNAVAILABLE", words: "Plaid has not read the accounts yet" };
const PLAID_AWAY: Meaning = { code: "UPSTREAM_UNAVAILABLE", words: "Plaid failed, or is under maintenance" };
const TOO_OFTEN: Meaning = { code: "UPSTREAM_RATE_LIMITED", words: "Plaid or the bank limits the rate of requests" };

/** Plaid's status-400 responses that concern more than this one request. Source: Plaid docs, "Errors". */
const BY_CODE: Readonly<Record<string, Meaning>> = {
  ITEM_LOGIN_REQUIRED: LOG_IN,
  INVALID_CREDENTIALS: LOG_IN,
  INVALID_MFA: LOG_IN,
  INVALID_UPDATED_USERNAME: LOG_IN,
  INSUFFICIENT_CREDENTIALS: LOG_IN,
  ITEM_LOCKED: LOG_IN,
  USER_SETUP_REQUIRED: LOG_IN,
  PASSWORD_RESET_REQUIRED: LOG_IN,
  MANUAL_VERIFICATION_REQUIRED: LOG_IN,
  USER_INPUT_TIMEOUT: LOG_IN,
  ACCESS_NOT_GRANTED: CONSENT,
  USER_PERMISSION_REVOKED: CONSENT,
  ADDITIONAL_CONSENT_REQUIRED: CONSENT,
  NO_ACCOUNTS: CONSENT,
  ITEM_NOT_FOUND: KEYS,
  INVALID_ACCESS_TOKEN: KEYS,
  INVALID_API_KEYS: KEYS,
  UNAUTHORIZED_ENVIRONMENT: KEYS,
  INSTITUTION_DOWN: BANK_AWAY,
  INSTITUTION_NOT_AVAILABLE: BANK_AWAY,
  INSTITUTION_NOT_RESPONDING: BANK_AWAY,
  PRODUCT_NOT_READY: NOT_READY,
  INTERNAL_SERVER_ERROR: PLAID_AWAY,
  PLANNED_MAINTENANCE: PLAID_AWAY,
  INSTITUTION_RATE_LIMIT: TOO_OFTEN,
};

/** Codes of these types are too many to list, and some have no name of their own. */
const BY_TYPE: Readonly<Record<string, Meaning>> = { RATE_LIMIT_EXCEEDED: TOO_OFTEN, API_ERROR: PLAID_AWAY };

/** Parses the error in the body of a refusal; undefined if there is none. */
export function parseError(json: unknown): ErrorWire | undefined {
  const parsed = errorWire.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

/**
 * Converts a refusal to the corresponding error. Plaid's own messages are meant for users of its Link, and are not
 * passed on.
 * @param where the request: `POST /item/get`
 */
export function errorOf(error: ErrorWire | undefined, where: string): ServiceError {
  const meaning = (error && meaningOf(error)) ?? { code: "UPSTREAM_REJECTED", words: "Plaid rejected the request" };
  const name = plainWord(error?.error_code) ?? "no error code";
  const request = plainWord(error?.request_id ?? undefined);
  const detail = `${where}: ${name}, ${meaning.words}${request === undefined ? "" : ` (request ${request})`}`;
  return new ServiceError(meaning.code, meaning.words, { detail });
}

function meaningOf({ error_code: code, error_type: type }: ErrorWire): Meaning | undefined {
  if (Object.hasOwn(BY_CODE, code)) return BY_CODE[code];
  return type && Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;
}

/** Returns external text for a message only if it is the short identifier that it should be. */
function plainWord(value: string | undefined): string | undefined {
  return value !== undefined && /^\w{1,80}$/.test(value) ? value : undefined;
}
