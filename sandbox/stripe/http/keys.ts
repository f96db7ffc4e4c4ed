import { StripeError } from "../world/errors.ts";

/** State of a secret key. Restricted keys get 403 for everything; revoked ones get 401, like unknown ones. */
export type KeyState = "active" | "restricted" | "revoked";

/** Origin of a request. */
export interface Caller {
  /** The key; `unknown` for every key that is not the account's. */
  readonly key: string;
  /** 401 or 403; undefined for an active key. */
  readonly refusal: StripeError | undefined;
}

/** The account's secret keys. */
export interface Keys {
  set(key: string, state: KeyState): void;
  list(): ReadonlyMap<string, KeyState>;
  identify(authorization: string | undefined): Caller;
}

/** Represents all keys that are not the account's, because their number is unlimited. */
const UNKNOWN = "unknown";

/** Creates a set of keys with one active key. */
export function createKeys(apiKey: string): Keys {
  const keys = new Map<string, KeyState>([[apiKey, "active"]]);
  return {
    set: (key, state) => void keys.set(key, state),
    list: () => keys,
    identify(authorization) {
      const key = keyFrom(authorization);
      if (key === undefined || key === "") return { key: UNKNOWN, refusal: unauthorized(MISSING_KEY) };
      const state = keys.get(key);
      if (state === undefined) return { key: UNKNOWN, refusal: invalidKey(key) };
      return { key, refusal: state === "active" ? undefined : REFUSALS[state](key) };
    },
  };
}

const REFUSALS = {
  revoked: (key: string) => unauthorized(`Expired API Key provided: ${redact(key)}`, "api_key_expired"),
  restricted: forbidden,
} as const;

/** 401 for a key that the account never had. */
export function invalidKey(key: string): StripeError {
  return unauthorized(`Invalid API Key provided: ${redact(key)}`);
}

const MISSING_KEY =
  "You did not provide an API key. You need to provide your API key in the Authorization header, " +
  "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication " +
  "for details, or we can help at https://support.stripe.com/.";

function keyFrom(authorization: string | undefined): string | undefined {
  const [scheme = "", value = ""] = (authorization ?? "").split(" ");
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return undefined;
  return Buffer.from(value, "base64").toString("utf8").split(":")[0];
}

const redact = (key: string): string => `${key.slice(0, 8)}${"*".repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`;

function unauthorized(message: string, code?: string): StripeError {
  const body = { message, type: "invalid_request_error", ...(code === undefined ? {} : { code }) } as const;
  return new StripeError(401, body, { "WWW-Authenticate": 'Basic realm="Stripe"' });
}

function forbidden(key: string): StripeError {
  const message = `The provided key '${redact(key)}' does not have the required permissions for this endpoint.`;
  return new StripeError(403, { message, type: "invalid_request_error" });
}
