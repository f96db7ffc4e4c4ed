import { createHash } from "node:crypto";
import { StripeError } from "../world/errors.ts";

/** The response saved under a key. */
export interface SavedAnswer {
  /** Hash over method, path and parameters. */
  readonly fingerprint: string;
  readonly status: number;
  readonly text: string;
  readonly requestId: string;
  /** Unix seconds. */
  readonly at: number;
}

/** Seconds after which a key expires. Source: Stripe docs, "Idempotent requests": at least 24 hours. */
const LIFETIME_S = 86_400;

/** Saved responses by `Idempotency-Key`. */
export interface IdempotencyKeys {
  /**
   * Claims a key. Returns the saved response when the same request was answered before.
   * @throws StripeError 400 for other parameters under the same key, 409 while the first request is running
   */
  claim(key: string, fingerprint: string): SavedAnswer | undefined;
  save(key: string, answer: SavedAnswer): void;
  /** Releases a key without a response: the request was rejected before it had any effect. */
  release(key: string): void;
  /** Removes every key, as if a day had passed. */
  forget(): void;
  saved(): Iterable<readonly [key: string, answer: SavedAnswer]>;
}

/** Creates an empty set of keys. `nowS` is in Unix seconds. */
export function createIdempotencyKeys(nowS: () => number): IdempotencyKeys {
  const answers = new Map<string, SavedAnswer>();
  const running = new Map<string, string>();
  return {
    claim(key, fingerprint) {
      const answer = answers.get(key);
      const known = answer?.fingerprint ?? running.get(key);
      if (answer !== undefined && answer.at < nowS() - LIFETIME_S) answers.delete(key);
      else if (known !== undefined && known !== fingerprint) throw otherParameters(key);
      else if (answer !== undefined) return answer;
      if (running.has(key)) throw keyInUse(key);
      running.set(key, fingerprint);
      return undefined;
    },
    save(key, answer) {
      running.delete(key);
      answers.set(key, answer);
    },
    release: (key) => void running.delete(key),
    forget: () => answers.clear(),
    saved: () => answers,
  };
}

/** Identifies a request: the same parameters give the same fingerprint. */
export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash("sha256").update(`${method} ${path}\n${body}`).digest("base64url");
}

function otherParameters(key: string): StripeError {
  const message =
    "Keys for idempotent requests can only be used with the same parameters they were first used with. " +
    `Try using a key other than '${key}' if you meant to execute a different request.`;
  return new StripeError(400, { message, type: "idempotency_error" });
}

/** 409 for a key whose first request is still running. */
export function keyInUse(key: string): StripeError {
  const message =
    "There is currently another in-progress request using this Idempotent Key (that probably means you submitted " +
    `twice, and the other request is still going through): ${key}. Please try again later.`;
  return new StripeError(
    409,
    { code: "idempotency_key_in_use", message, type: "invalid_request_error" },
    { "Stripe-Should-Retry": "true" },
  );
}
