import { ServiceError } from "../../domain/error.ts";
import { rootOf } from "./format-error.ts";

/**
 * Returns the error of an operation of which nothing could be read, because too much was waiting: it is answered as if it
 * had been refused as a whole, so that proxies and gateways know by the status when to send it again. Undefined for any
 * other result.
 */
export function overloadOf(data: unknown, errors: readonly Error[]): ServiceError | undefined {
  if (errors.length === 0 || (data ?? null) !== null) return undefined;
  const causes = errors.map(rootOf);
  const isOverload = causes.every((cause) => cause instanceof ServiceError && cause.code === "OVERLOADED");
  return isOverload ? ServiceError.from(causes[0]) : undefined;
}
