import { ServiceError } from "../src/domain/error.ts";
import type { Principal, Scope } from "./principal.ts";

/** @throws ServiceError FORBIDDEN when the caller's token does not have the scope */
export function requireScope({ scopes }: Principal, scope: Scope): void {
  if (!scopes.has(scope)) throw new ServiceError("FORBIDDEN", `the scope "${scope}" is required`);
}
