import pg from "pg";
import { z } from "zod";
import { ServiceError, type ErrorCode } from "../../../domain/error.ts";

interface Rule {
  readonly code: ErrorCode;
  /** For API clients. */
  readonly meaning: string;
}

const UNAVAILABLE: Rule = { code: "UPSTREAM_UNAVAILABLE", meaning: "the database cannot be reached" };
const NO_TLS: Rule = { code: "UPSTREAM_UNAVAILABLE", meaning: "the database does not offer TLS" };
const UNVERIFIED: Rule = {
  code: "UPSTREAM_UNAVAILABLE",
  meaning:
    "the certificate of the database cannot be verified: ca must be the PEM of its authority, and host a name that it is valid for",
};
const UNAUTHORIZED: Rule = { code: "UPSTREAM_UNAUTHORIZED", meaning: "the database does not accept the credentials" };
const FORBIDDEN: Rule = { code: "UPSTREAM_UNAUTHORIZED", meaning: "the database does not permit it to this role" };
const REJECTED: Rule = { code: "UPSTREAM_REJECTED", meaning: "the database rejected a statement" };

/**
 * Rules by the beginning of SQLSTATE, the longest one that fits.
 * Source: PostgreSQL manual, "PostgreSQL Error Codes".
 */
const RULES: readonly (readonly [string, Rule])[] = [
  ["42501", FORBIDDEN],
  ["28", UNAUTHORIZED],
  ["08", UNAVAILABLE], // connection
  ["40", UNAVAILABLE], // serialization failure, deadlock
  ["53400", REJECTED], // a limit that was configured, such as max_replication_slots
  ["53", UNAVAILABLE], // resources
  ["55006", UNAVAILABLE], // in use, such as a slot
  ["57014", UNAVAILABLE], // canceled, also by a timeout
  ["57P", UNAVAILABLE], // shutdown, crash, start
  ["58", UNAVAILABLE], // a failure of its system
];

/** Returns the SQLSTATE of an error that a server sent; undefined for any other error. */
export function sqlStateOf(reason: unknown): string | undefined {
  return reason instanceof pg.DatabaseError ? reason.code : undefined;
}

/**
 * Returns the failure that an error of `pg` means. Its text may name objects of the database and is for the log; the
 * values that the server adds as `detail` are left out.
 */
export function classifyDatabaseError(reason: unknown): ServiceError {
  if (reason instanceof ServiceError) return reason;
  if (reason instanceof z.ZodError) return unreadable(reason);
  const state = sqlStateOf(reason);
  const { code, meaning } = state === undefined ? connectionRule(reason) : ruleOf(state);
  const text = reason instanceof Error ? reason.message : String(reason);
  return new ServiceError(code, meaning, {
    detail: state === undefined ? `${meaning}: ${text}` : `${meaning}: ${text} (SQLSTATE ${state})`,
    cause: state === undefined ? reason : { code: state },
  });
}

/** Codes of Node and OpenSSL for a certificate that is not accepted. */
const CERTIFICATE = /^(?:CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_PURPOSE)/;
/** The text of `pg`, which gives it no code. */
const DECLINED = "The server does not support SSL connections";

function connectionRule(reason: unknown): Rule {
  if (!(reason instanceof Error)) return UNAVAILABLE;
  if (reason.message === DECLINED) return NO_TLS;
  return "code" in reason && CERTIFICATE.test(String(reason.code)) ? UNVERIFIED : UNAVAILABLE;
}

function unreadable(reason: z.ZodError): ServiceError {
  const issues = reason.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return new ServiceError("UPSTREAM_MALFORMED", "the database described itself in a form that cannot be read", {
    detail: issues.join("; "),
  });
}

function ruleOf(state: string): Rule {
  return RULES.find(([start]) => state.startsWith(start))?.[1] ?? REJECTED;
}

/** SQLSTATE `internal_error`. */
const INTERNAL_ERROR = "XX000";

/**
 * Returns true for a failure inside the server, which it repeats at the same place of its log whenever that is decoded:
 * such as "could not open toast relation" after a table was rewritten.
 */
export function isDecodingFailure({ cause }: ServiceError): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === INTERNAL_ERROR;
}

/** SQLSTATE of a text that is no value of its type, and of a number or a time outside of its range. */
const UNFIT_VALUES = new Set(["22P02", "22003", "22007", "22008"]);

/** Returns true for a parameter that the type of its column cannot have. */
export function isUnfitValue({ cause }: ServiceError): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && UNFIT_VALUES.has(String(cause.code));
}
