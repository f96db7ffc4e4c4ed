import { ServiceError } from "../src/domain/error.ts";

/** Returns the value. @throws ServiceError NOT_FOUND when there is none */
export function requireFound<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new ServiceError("NOT_FOUND", `there is no ${what} with this id`);
  return value;
}
