import type { AuditFilter, AuditOutcomeInput } from "../../operations/__generated__/operations.ts";

/** Returns the filter of the audit trail that the address names. */
export function auditFilter(params: Readonly<Record<string, string | undefined>>): AuditFilter {
  const { who, action, outcome, from, to } = params;
  const time = (value: string | undefined): string | undefined =>
    value === undefined || Number.isNaN(Date.parse(value)) ? undefined : new Date(value).toISOString();
  return {
    ...(who !== undefined && { principal: who }),
    // `pauseSource` is enough: the name of a mutation has no point, the names of what the service does by itself do.
    ...(action !== undefined && { action: action.includes(".") ? action : `mutation.${action}` }),
    ...(outcome !== undefined && { outcome: outcome as AuditOutcomeInput }), // the server refuses others
    ...(time(from) !== undefined && { from: time(from) }),
    ...(time(to) !== undefined && { to: time(to) }),
  };
}
