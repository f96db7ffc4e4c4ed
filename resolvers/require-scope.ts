import { ServiceError } from "../src/domain/error.ts";
import type { Principal, Scope } from "./principal.ts";

/** @throws ServiceError FORBIDDEN when the caller's token does not have the scope */
export function requireScope(principal: Principal, scope: Scope): void {
  requireOneOf(principal, [[scope]]);
}

/** @throws ServiceError FORBIDDEN when the caller's token does not have all scopes of one of the lists */
export function requireOneOf({ scopes }: Principal, lists: readonly (readonly Scope[])[]): void {
  if (lists.some((list) => list.every((scope) => scopes.has(scope)))) return;
  const words = lists.map((list) => list.map((scope) => `"${scope}"`).join(" and ")).join(", or ");
  throw new ServiceError("FORBIDDEN", `the scope ${words} is required`);
}

/** True if the caller's token has the scope. Decides what a list contains; what a field answers is decided by the SDL. */
export function holdsScope({ scopes }: Principal, scope: Scope): boolean {
  return scopes.has(scope);
}
