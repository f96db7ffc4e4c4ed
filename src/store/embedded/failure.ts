import { ServiceError } from "../../domain/error.ts";

/**
 * Creates a STORE_UNAVAILABLE error. @param sentence For the operator: one sentence that names the folder and the
 * remedy.
 */
export function storeUnavailable(sentence: string, cause?: unknown): ServiceError {
  return new ServiceError("STORE_UNAVAILABLE", "the store is not available", { detail: sentence, cause });
}

/** Returns the `code` of a system, PostgreSQL or SQLite error; undefined for everything else. */
export function errorCode(reason: unknown): string | undefined {
  if (typeof reason !== "object" || reason === null || !("code" in reason)) return undefined;
  return typeof reason.code === "string" ? reason.code : undefined;
}

/** Returns the text of any thrown value. */
export function errorText(reason: unknown): string {
  if (typeof reason !== "object" || reason === null || !("message" in reason)) return String(reason);
  return String(reason.message);
}

/** Returns the result of `pending`, or undefined if it fails with one of these codes. */
export async function unlessCode<T>(pending: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await pending;
  } catch (reason) {
    if (codes.includes(errorCode(reason) ?? "")) return undefined;
    throw reason;
  }
}
