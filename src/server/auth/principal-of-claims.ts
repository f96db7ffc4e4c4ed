import { z } from "zod";
import { grantedScopes, type Principal } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import type { ServedTenants } from "../../runtime/served-tenants.ts";

const CLAIMS = z.object({ sub: z.string().default(""), tenant: z.string(), scope: z.string(), exp: z.number() });

/**
 * Returns the principal of a verified token. Values in `scope` that are not ours are ignored: a token may also be for
 * other services.
 * @param toleranceMs time after its expiry for which a token is still accepted, because clocks differ
 * @throws ServiceError UNAUTHENTICATED | FORBIDDEN
 */
export function principalOfClaims(claims: object, tenants: Pick<ServedTenants, "has">, toleranceMs = 0): Principal {
  const parsed = CLAIMS.safeParse(Object.assign(Object.create(null) as object, claims)); // no inherited claim counts
  if (!parsed.success) {
    const claim = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new ServiceError("UNAUTHENTICATED", `the token's claim "${claim}" is missing or not valid`);
  }
  const { sub, tenant, scope, exp } = parsed.data;
  if (!tenants.has(tenant)) throw new ServiceError("FORBIDDEN", "the token's tenant is not configured here");
  return {
    tenantId: tenant,
    subject: sub,
    scopes: grantedScopes(scope.split(" ")),
    expiresAtMs: endOf(exp * 1_000, toleranceMs),
  };
}

/** A connection ends when its token expires; one that is opened after that, at the end of the tolerance. */
function endOf(expiresAtMs: number, toleranceMs: number): number {
  return expiresAtMs > Date.now() ? expiresAtMs : expiresAtMs + toleranceMs;
}
